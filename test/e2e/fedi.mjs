// The fediverse as other servers see it: found, followed, forged, hung on, killed, unfollowed.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { close, check } from './count.mjs';
import { follow, send, server, servers, sha, sleep, strange, type, undo, until, world } from './fediverse.mjs';
import { freePort, startServer } from './server.mjs';

const port = await freePort();
const site = await startServer('build/blueheart', ['--fedi', '--fedi-trial', String(port)]);
const base = site.base;
world(base, port);
const get = (path, accept = type, more = {}) => fetch(base + path, { headers: { accept }, redirect: 'manual', ...more });
const data = ['--db', `sqlite:${site.folder}/b.db`, '--var', site.folder];
const texts = execFileSync('build/blueheart', ['export', 'texts', ...data], { encoding: 'utf8' });
const today = new Date().toISOString().slice(0, 10);
// Publishes, changes or takes back texts of ours: the whole table anew, with these in it.
function publish(...rows) {
  const file = join(site.folder, 'texts.csv');
  const lines = rows.map(([slug, lang, title]) => `${slug},${lang},news,${title},A short text.,Words.,,,${today},,`);
  writeFileSync(file, texts + lines.join('\n') + (lines.length ? '\n' : ''));
  execFileSync('build/blueheart', ['import', '--quiet', 'texts', file, ...data], { stdio: ['ignore', 'ignore', 'pipe'] });
}
const processes = () => readdirSync('/proc').filter((p) => /^\d+$/.test(p)).filter((p) => {
  try { return readFileSync(`/proc/${p}/stat`, 'utf8').split(') ')[1].split(' ')[1] === String(site.child.pid); } catch { return false; }
});
// The one that has the deliverers' folder of keys open.
const deliverer = () => processes().find((p) => { try { return readdirSync(`/proc/${p}/fd`).some((f) => { try { return readlinkSync(`/proc/${p}/fd/${f}`).endsWith('keys-fedi'); } catch { return false; } }); } catch { return false; } });

try {
  // Who we are.
  const host = base.slice(7);
  check('the actors have their keys soon after the start', await until(async () => (await get('/fedi/zh')).status === 200));
  const jrd = await get(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:en@${host}`)}`, 'application/jrd+json');
  const found = await jrd.json();
  check('WebFinger leads to the actor', jrd.headers.get('content-type') === 'application/jrd+json' && found.subject === `acct:en@${host}` &&
    found.links.find((l) => l.rel === 'self' && l.type === type)?.href === `${base}/fedi/en`);
  const en = await (await get('/fedi/en')).json();
  check('the actor names itself, its key and what it is not', en.id === `${base}/fedi/en` && en.publicKey.owner === en.id && /2048|MII/.test(en.publicKey.publicKeyPem) && en.summary.includes('/en/help'));
  check('its heart is a picture', (await fetch(en.icon.url.replace(/^https?:\/\/[^/]+/, base))).headers.get('content-type') === 'image/png');
  check('a browser is led to the news', (await get('/fedi/en', 'text/html,application/xhtml+xml,*/*;q=0.8')).headers.get('location') === '/en/news');

  // Follows, in both forms of signature.
  const one = await server(2), two = await server(3, { speaks: 'rfc9421' });
  const f1 = follow(one), f2 = follow(two);
  check('a follow is taken', (await send(one, f1)).status === 202 && (await send(two, f2, { form: 'rfc9421', to: '/fedi/inbox' })).status === 202);
  check('and accepted, signed as the other side reads it', await until(() => one.got.length && two.got.length) && one.got[0].type === 'Accept' && one.got[0].object.id === f1.id &&
    one.got[0].form === 'draft' && two.got[0].form === 'rfc9421' && two.got[0].object.actor === two.actor, JSON.stringify([one.got, two.got, site.log()]));
  check('who asks is asked with a signature', one.looked[0] === 'draft');

  // What must not get in.
  const bad = await server(4);
  const f3 = follow(bad);
  check('a body that was changed is refused', (await send(bad, f3, { change: (h) => ({ ...h, digest: `SHA-256=${sha('other')}` }) })).status === 401);
  const old = new Date(Date.now() - 13 * 3600000).toUTCString();
  check('an old date is refused', (await send(bad, f3, { change: (h) => ({ ...h, date: old }) })).status === 401);
  const none = await send(bad, f3, { change: ({ signature, ...h }) => h });
  check('no signature is refused, in words', none.status === 401 && none.type === 'application/problem+json' && none.text.includes('no signature'));
  check('a key of another server is refused', (await send(bad, f3, { keyId: `${one.actor}#main-key` })).status === 401);
  check('what is no JSON is refused', (await send(bad, null, { body: '{"type":' })).status === 400);
  check('another type of media is refused', (await send(bad, f3, { change: (h) => ({ ...h, 'content-type': 'text/plain' }) })).status === 415);
  check('a wrong key is found out', (await send(bad, f3, { key: strange.privateKey })).status === 202 && await until(() => bad.looked.length));
  bad.how.document = { inbox: 'http://127.0.0.2:' + port + '/inbox', endpoints: {} };
  check('an inbox elsewhere is not delivered to', (await send(bad, { ...f3, id: `${bad.at}/follows/2` })).status === 202 && await until(() => bad.looked.length > 1));
  const asked = bad.asked;
  const words = { '@context': 'https://www.w3.org/ns/activitystreams', id: `${bad.at}/c/1`, type: 'Create', actor: bad.actor, object: { type: 'Note', content: 'canary-of-a-stranger' } };
  check('what somebody writes is thanked for and dropped', (await send(bad, words)).status === 202);
  await sleep(600);
  check('nobody of these was accepted, and of words nothing is asked', bad.got.length === 0 && bad.asked === asked);
  const again = await send(one, f1);
  await fetch(base + '/fedi/en/inbox', { method: 'POST', headers: again.headers, body: again.body });
  await until(() => one.got.length > 1);
  check('asked once more it is accepted once more; the very same request is not', await until(() => one.got.length === 2, 1500) && (await sleep(700), one.got.length === 2));

  // News, with servers that hang, are gone, or do not know us.
  const hangs = await Promise.all([5, 6, 7, 8, 9, 10].map((n) => server(n)));
  const gone = await server(11), three = await server(12), refuses = await server(13), talks = await server(15);
  const more = [...hangs, gone, three, refuses, talks];
  for (const s of more) await send(s, follow(s));
  check('more follow', await until(() => more.every((s) => s.got.length === 1)), site.log());
  for (const s of hangs) s.how.hangs = true;
  gone.how.gone = talks.how.talks = true;
  refuses.how.says = 500;
  const began = Date.now();
  publish(['fedi-one', 'en', 'First canary']);
  const has = (s, kind, words) => s.got.some((a) => a.type === kind && JSON.stringify(a).includes(words));
  check('news arrive while others hang', await until(() => [one, two, three].every((s) => has(s, 'Create', 'First canary')), 6000), `${Date.now() - began} ms ${site.log()}`);
  check('one that answers without end has answered', await until(() => talks.poured > 0) && (await sleep(300), talks.poured < 3e7), `${talks.poured} bytes`);
  const create = one.got.find((a) => a.type === 'Create');
  check('as a note that leads to the page', create.object.type === 'Note' && create.object.url === `${base}/en/news/fedi-one` && create.object.contentMap.en === create.object.content);
  check('the form that was understood is remembered', two.got.at(-1).form === 'rfc9421' && two.asked === two.got.length + two.looked.length + 1);
  check('the note can be read at its address, and its activity', (await (await get(new URL(create.object.id).pathname)).json()).content === create.object.content &&
    (await (await get(new URL(create.id).pathname)).json()).id === create.id);
  check('the note is a page for a browser', (await get(new URL(create.object.id).pathname, 'text/html')).headers.get('location') === '/en/news/fedi-one');
  const box = await (await get('/fedi/en/outbox?page=1')).json();
  check('the outbox has it', box.orderedItems.some((a) => a.id === create.id));
  check('a server that answers badly is tried again', await until(() => refuses.got.filter((a) => a.type === 'Create').length > 1, 5000));
  refuses.how.says = 202;

  // Killed in the middle.
  const slow = await server(14, { slow: 1500 });
  await send(slow, follow(slow));
  check('a slow server is waited for', await until(() => slow.got.length === 1));
  publish(['fedi-one', 'en', 'First canary'], ['fedi-two', 'en', 'Second canary']);
  await until(() => one.got.some((a) => JSON.stringify(a).includes('Second canary')), 6000);
  process.kill(Number(deliverer()), 'SIGKILL');
  check('a kill loses nothing', await until(() => has(slow, 'Create', 'Second canary') && has(three, 'Create', 'Second canary') && has(refuses, 'Create', 'Second canary'), 8000), site.log());
  const ids = (s) => s.got.filter((a) => JSON.stringify(a).includes('Second canary')).map((a) => a.id);
  check('and what arrives twice is the same thing', new Set(ids(slow)).size === 1 && ids(one).length === 1);

  // Corrected, taken back, and no longer followed.
  const f3u = undo(follow(three));
  check('an unfollow is taken', (await send(three, f3u)).status === 202);
  await until(() => three.looked.length > 1);
  await sleep(300);
  publish(['fedi-one', 'en', 'First canary corrected']);
  check('a correction and a withdrawal are told', await until(() => has(one, 'Update', 'canary corrected') && has(one, 'Delete', 'Tombstone'), 6000));
  check('a withdrawn note is gone', (await get('/fedi/en/news/fedi-two/1')).status === 410);
  await sleep(300);
  check('nobody is told who unfollowed', !has(three, 'Update', 'canary'));
  one.how.gone = true;
  await send(one, { '@context': f1['@context'], id: `${one.at}/gone`, type: 'Delete', actor: one.actor, object: one.actor });
  await until(() => one.looked.length > 2);
  const count = one.asked;
  publish();
  check('everything can be taken back', await until(() => two.got.filter((a) => a.type === 'Delete').length === 2, 6000));
  check('an account that ended is told nothing more', one.asked === count);

  // Nothing of a stranger's stays readable.
  const all = readdirSync(site.folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => readFileSync(join(f.parentPath ?? f.path, f.name)));
  const holds = (words) => all.some((b) => b.includes(words)) || site.log().includes(words);
  check('no words of a stranger and no name of who follows is in any file', !holds('canary-of-a-stranger') && !holds('/users/ana') && !holds('/inbox"'));
  check('nor in the log', !site.log().includes('127.0.0.2'), site.log());
} catch (e) {
  check('no surprise', false, `${e.stack}\n${site.log()}`);
}
check('the server ends well', (await site.stop()) === 0, site.log());
for (const s of servers) { s.http.closeAllConnections(); s.http.close(); }
close();
