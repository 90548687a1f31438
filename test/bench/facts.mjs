// What facts cost at the desk: node test/bench/facts.mjs BINARY ROUNDS [DB]
// Prints lines "what value low high". The data are those shipped: 68,000 statements.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../e2e/server.mjs';
import { openAccount, token } from '../e2e/account.mjs';

const [binary, rounds, url] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const folder = mkdtempSync(join(tmpdir(), 'blueheart-facts-'));
const data = ['--db', url ?? `sqlite:${folder}/b.db`, '--var', folder];
if (!url) execFileSync(binary, ['init', '--quiet', ...data], { stdio: 'ignore' });
const port = await freePort();
const child = spawn(binary, ['serve', '--quiet', ...data, '--listen', `127.0.0.1:${port}`, '--workers', '2'], { stdio: 'ignore' });
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
for (let i = 0; i < 200; i++) { try { if ((await fetch(`http://127.0.0.1:${port}/healthz`)).ok) break; } catch { await wait(50); } }

const ask = (agent, path, { cookie, form, files } = {}) => new Promise((yes, no) => {
  let body, type = 'application/x-www-form-urlencoded';
  if (files) {
    const parts = Object.entries(form).map(([k, v]) => `--x\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`);
    parts.push(`--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n${files}\r\n--x--\r\n`);
    body = parts.join('');
    type = 'multipart/form-data; boundary=x';
  } else if (form) body = new URLSearchParams(form).toString();
  const rq = request({ port, host: '127.0.0.1', path, agent, method: body ? 'POST' : 'GET',
    headers: { ...(cookie ? { Cookie: cookie } : {}), ...(body ? { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) } : {}) } }, (r) => {
    let text = '';
    r.setEncoding('utf8');
    r.on('data', (d) => { text += d; });
    r.on('end', () => yes({ status: r.statusCode, text, to: r.headers.location, cookie: r.headers['set-cookie']?.[0].split(';')[0] }));
  });
  rq.on('error', no);
  rq.end(body);
});
const one = new Agent({ keepAlive: true, maxSockets: 1 });
const account = async (name) => {
  const link = execFileSync(binary, ['user', 'add', name, `${name}@example.org`, 'editor', ...data]).toString().trim();
  return (await openAccount((path, what) => ask(one, path, what), link, name)).cookie;
};
const ben = await account(`ben${process.pid}`), gina = await account(`gina${process.pid}`);
const timed = async (what) => { const begun = performance.now(); const r = await what(); return [performance.now() - begun, r]; };
const must = (r, status) => { if (r.status !== status) throw new Error(`${r.status} ${r.to ?? r.text.slice(0, 400)}`); return r; };
const page = async (path, cookie = ben) => must(await ask(one, path, { cookie }), 200).text;
const post = async (path, form, cookie = ben, agent = one, from = '/en/desk/facts/import') =>
  ask(agent, path, { cookie, form: { token: token(await page(from, cookie)), ...form } });
const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];

const found = { 'home-p99': [], 'home-changed': [], 'lists-p99': [], 'list-large': [], staged: [], preview: [], done: [], 'done-most': [], 'others-wait': [] };
const detail = readFileSync('data/statistics_detail.csv', 'utf8').trimEnd().split('\n');
const timed_page = async (path) => (await timed(() => page(path)))[0];

for (let round = 0; round < rounds; round++) {
  const times = [];
  for (let i = 0; i < 300; i++) { // every 20th after a change somebody made
    if (i % 20 === 0) {
      await post('/en/desk/facts/commitments/new', { c0: 'FJI', c1: 'unit', c2: `Unit ${round} ${i}`, c3: '2019', c5: 'ilo-ec-2009-tabulated' });
      found['home-changed'].push(await timed_page('/en/desk'));
    }
    times.push(await timed_page('/en/desk'));
  }
  found['home-p99'].push(at(times, 0.99));
  const lists = [];
  for (const list of ['helplines', 'emergency', 'tiers', 'offices', 'statistics', 'sources', 'weak', 'conflicts', 'observances'])
    for (let i = 0; i < 4; i++) lists.push(await timed_page(`/en/desk/facts/old/${list}`));
  found['lists-p99'].push(at(lists, 0.99));
  found['list-large'].push(await timed_page('/en/desk/facts?kind=statistics&only=weak'));

  // The largest table: 46,301 rows, of which 100, and then as many as may be, change.
  for (const [n, key] of [[100, 'done'], [2400, 'done-most']]) {
    const changed = detail.map((l, i) => (i > 0 && i % 19 === round % 19 && Math.floor(i / 19) < n && /,persons,/.test(l) ? l.replace(',persons,', `,persons of ${key} ${round},`) : l)).join('\n') + '\n';
    const [staged, r] = await timed(async () => ask(one, '/en/desk/facts/import', { cookie: ben, files: changed,
      form: { token: token(await page('/en/desk/facts/import')), kind: 'statistics_detail', whole: 'yes' } }));
    must(r, 303);
    found.staged.push(staged);
    const [preview, text] = await timed(() => page(r.to));
    found.preview.push(preview);
    const hash = (t) => /name="hash" value="([^"]+)"/.exec(t)[1];
    must(await post(`${r.to}/do`, { hash: hash(text) }), 303); // handed to a second person
    const two = new Agent({ keepAlive: true, maxSockets: 1 });
    const form = { token: token(await page('/en/desk/facts/import')), c0: 'TON', c1: 'unit', c2: `Unit ${key} ${round}`, c3: '2019', c5: 'ilo-ec-2009-tabulated' };
    const second = hash(await page(r.to, gina));
    const doing = timed(() => post(`${r.to}/do`, { hash: second }, gina));
    await wait(20);
    const [waited, w] = await timed(() => ask(two, '/en/desk/facts/commitments/new', { cookie: ben, form }));
    must(w, 303);
    const [took, d] = await doing;
    must(d, 303);
    found[key].push(took);
    found['others-wait'].push(waited);
    two.destroy();
  }
  if (!url) { execFileSync(binary, ['init', '--quiet', ...data], { stdio: 'ignore' }); }
}
for (const [what, list] of Object.entries(found)) console.log(what, at(list, 0.5).toFixed(1), Math.min(...list).toFixed(1), Math.max(...list).toFixed(1));
one.destroy();
child.on('exit', () => rmSync(folder, { recursive: true, force: true }));
child.kill('SIGTERM');
