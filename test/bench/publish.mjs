// How long it takes from the button that publishes until everybody reads it: median, least, most of 20, in ms.
//   node publish.mjs PORT BINARY DB VAR
import { client } from '../e2e/editors.mjs';

const [port, binary, db, folder] = process.argv.slice(2);
const c = client(Number(port), ['--db', db, '--var', folder, '--listen', `127.0.0.1:${port}`], binary);
const ben = await c.account('ben'), cleo = await c.account('cleo');
await c.begin(ben);
const words = (n) => Array.from({ length: 600 }, (_, i) => `word${(i * 31 + n * 7) % 997}`).join(' ');
const token = (text) => /name="token" value="([^"]+)"/.exec(text)?.[1];
const took = [], saves = [];
for (let n = 0; n < 21; n++) {
  const mark = `Published${n}for everybody`, seen = await c.look(ben);
  const saving = performance.now();
  if ((await c.save(ben, seen, `${words(n)}\n\n${mark}`, 'ask')).status !== 303) throw new Error('not saved');
  saves.push(performance.now() - saving);
  const { text } = await c.ask(`${c.at}/review`, { cookie: cleo });
  const number = /name="number" value="(\d+)"/.exec(text)?.[1], begun = performance.now();
  const answer = await c.ask(`${c.at}/publish`, { cookie: cleo, form: { token: token(text), number } });
  if (answer.status !== 303) throw new Error(`not published: ${answer.status}`);
  while (!(await c.ask('/en/news/hard-text')).text.includes(mark)) { /* asked again at once */ }
  const found = (await c.ask(`/en/search?q=Published${n}for`)).text.includes('hard-text');
  if (!found) throw new Error('search does not find it');
  took.push(performance.now() - begun);
}
const spread = (all) => { const s = all.slice(1).sort((a, b) => a - b); return [s[10], s[0], s[19]].map((x) => x.toFixed(1)).join(' '); };
console.log(`${spread(took)} ${spread(saves)}`);
