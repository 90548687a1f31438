// The fediverse as other servers see it: each is 127.0.0.N at one port, played here, with node's own cryptography.
import { createServer } from 'node:http';
import { createHash, createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startServer } from './server.mjs';
import { check, close } from './count.mjs';

const port = await freePort();
const type = 'application/activity+json';
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const until = async (what, ms = 8000) => {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) if (await what()) return true;
  return false;
};
const sha = (body) => createHash('sha256').update(body).digest('base64');
const keys = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const strange = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

let base = '';
const actors = new Map(); // our actors' documents, fetched as a server would
const keyOf = async (keyId) => {
  const at = keyId.split('#')[0];
  const r = await (await fetch(at, { headers: { accept: type } })).json();
  actors.set(at, r);
  return r.publicKey.id === keyId && r.publicKey.owner === at ? r.publicKey.publicKeyPem : null;
};
const verify = (pem, text, signature) => createVerify('sha256').update(text).verify(pem, signature, 'base64');

// Checks a request of ours in the form it is signed in; the name of the form, or why not.
async function formOf(rq, body, host) {
  const h = rq.headers;
  if (h.host !== host) return 'host';
  if (h['signature-input']) {
    const input = h['signature-input'].replace(/^sig1=/, '');
    const keyId = /keyid="([^"]+)"/.exec(input)?.[1] ?? '';
    const names = /^\(([^)]*)\)/.exec(input)[1].split(' ').map((n) => n.slice(1, -1));
    if (!names.includes('@method') || !names.includes('@target-uri') || !/;created=\d+/.test(input)) return 'uncovered';
    if (body && h['content-digest'] !== `sha-256=:${sha(body)}:`) return 'digest';
    if (body && !names.includes('content-digest')) return 'uncovered';
    const value = (n) => ({ '@method': rq.method, '@target-uri': `http://${host}${rq.url}` })[n] ?? h[n];
    const text = names.map((n) => `"${n}": ${value(n)}\n`).join('') + `"@signature-params": ${input}`;
    return verify(await keyOf(keyId), text, /^sig1=:(.*):$/.exec(h.signature)[1]) ? 'rfc9421' : 'wrong';
  }
  const p = Object.fromEntries([...(h.signature ?? '').matchAll(/(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));
  if (!p.signature) return 'none';
  if (body && h.digest !== `SHA-256=${sha(body)}`) return 'digest';
  const wanted = ['(request-target)', 'host', 'date', ...(body ? ['digest'] : [])];
  if (wanted.some((n) => !p.headers.split(' ').includes(n))) return 'uncovered';
  if (Math.abs(Date.parse(h.date) - Date.now()) > 60000) return 'date';
  const text = p.headers.split(' ').map((n) => `${n}: ${n === '(request-target)' ? `${rq.method.toLowerCase()} ${rq.url}` : h[n]}`).join('\n');
  return verify(await keyOf(p.keyId), text, p.signature) ? 'draft' : 'wrong';
}

// One server elsewhere. `how`: speaks ('draft' or 'rfc9421'), hangs, gone, says (a status).
const servers = [];
async function server(n, how = {}) {
  const host = `127.0.0.${n}:${port}`, at = `http://${host}`;
  const s = { host, at, how, got: [], looked: [], asked: 0 };
  s.actor = `${at}/users/ana`;
  s.document = () => ({ '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'], id: s.actor, type: 'Person', preferredUsername: 'ana',
    inbox: `${s.actor}/inbox`, endpoints: { sharedInbox: `${at}/inbox` }, publicKey: { id: `${s.actor}#main-key`, owner: s.actor, publicKeyPem: keys.publicKey }, ...s.how.document });
  s.http = createServer((rq, re) => {
    let body = '';
    rq.on('data', (d) => { body += d; });
    rq.on('end', async () => {
      s.asked++;
      if (s.how.hangs && rq.method === 'POST') return; // never answers
      const form = await formOf(rq, body, host);
      if (rq.method === 'GET') {
        s.looked.push(form);
        const status = s.how.gone ? 410 : 200;
        re.writeHead(status, { 'content-type': type }).end(JSON.stringify(s.how.gone ? {} : s.document()));
        return;
      }
      const speaks = s.how.speaks ?? 'draft';
      if (s.how.gone) { re.writeHead(410).end(); return; }
      if (form !== speaks) { re.writeHead(401).end(form); return; }
      if (s.how.slow) await sleep(s.how.slow);
      s.got.push({ form, ...JSON.parse(body) });
      re.writeHead(s.how.says ?? 202).end();
    });
  });
  await new Promise((r) => s.http.listen(port, `127.0.0.${n}`, r));
  servers.push(s);
  return s;
}

// What a server sends to us, signed by it.
async function send(s, activity, { form = 'draft', to = '/fedi/en/inbox', key = keys.privateKey, keyId = `${s.actor}#main-key`, change = (h) => h, body = JSON.stringify(activity) } = {}) {
  const host = base.slice(7), date = new Date().toUTCString();
  const sign = (text) => createSign('sha256').update(text).sign(key, 'base64');
  let h = { date, 'content-type': type };
  if (form === 'draft') {
    h.digest = `SHA-256=${sha(body)}`;
    const text = `(request-target): post ${to}\nhost: ${host}\ndate: ${date}\ndigest: ${h.digest}`;
    h.signature = `keyId="${keyId}",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="${sign(text)}"`;
  } else {
    h['content-digest'] = `sha-256=:${sha(body)}:`;
    const input = `("@method" "@target-uri" "content-digest");created=${Math.floor(Date.now() / 1000)};keyid="${keyId}";alg="rsa-v1_5-sha256"`;
    h['signature-input'] = `sig1=${input}`;
    h.signature = `sig1=:${sign(`"@method": POST\n"@target-uri": ${base}${to}\n"content-digest": ${h['content-digest']}\n"@signature-params": ${input}`)}:`;
  }
  h = change(h);
  const r = await fetch(base + to, { method: 'POST', headers: h, body });
  return { status: r.status, type: r.headers.get('content-type'), text: await r.text(), headers: h, body };
}
const follow = (s, lang = 'en', n = 1) => ({ '@context': 'https://www.w3.org/ns/activitystreams', id: `${s.at}/follows/${n}`, type: 'Follow', actor: s.actor, object: `${base}/fedi/${lang}` });
const undo = (f) => ({ '@context': f['@context'], id: `${f.id}/undo`, type: 'Undo', actor: f.actor, object: f });


const site = await startServer('build/blueheart', ['--fedi', '--fedi-trial', String(port)]);
base = site.base;
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
  const gone = await server(11), three = await server(12), refuses = await server(13);
  const more = [...hangs, gone, three, refuses];
  for (const s of more) await send(s, follow(s));
  check('more follow', await until(() => more.every((s) => s.got.length === 1)), site.log());
  for (const s of hangs) s.how.hangs = true;
  gone.how.gone = true;
  refuses.how.says = 500;
  const began = Date.now();
  publish(['fedi-one', 'en', 'First canary']);
  const has = (s, kind, words) => s.got.some((a) => a.type === kind && JSON.stringify(a).includes(words));
  check('news arrive while others hang', await until(() => [one, two, three].every((s) => has(s, 'Create', 'First canary')), 6000), `${Date.now() - began} ms ${site.log()}`);
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
