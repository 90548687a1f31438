// Other servers of the fediverse, played on loopback: each is an address of 127/8 at one port, with an actor called ana. Signs and
// checks with node's own cryptography.
import { createServer } from 'node:http';
import { createHash, createSign, createVerify, generateKeyPairSync } from 'node:crypto';

export const type = 'application/activity+json';
export const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
export const until = async (what, ms = 8000) => {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) if (await what()) return true;
  return false;
};
export const sha = (body) => createHash('sha256').update(body).digest('base64');
export const keys = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
export const strange = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

let base = '', port = 0;
export const world = (ours, at) => { base = ours; port = at; };
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

// One server elsewhere. `how`: speaks ('draft' or 'rfc9421'), hangs, talks (without end), gone, says (a status).
export const servers = [];
export async function server(n, how = {}) {
  const name = typeof n === 'number' ? `127.0.0.${n}` : n;
  const host = `${name}:${port}`, at = `http://${host}`;
  const s = { host, at, how, got: [], looked: [], asked: 0, poured: 0 };
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
      re.writeHead(s.how.says ?? 202);
      const pour = () => { do s.poured += 65536; while (!re.destroyed && re.write(' '.repeat(65536))); };
      if (s.how.talks) { re.on('drain', pour); pour(); } else re.end();
    });
  });
  await new Promise((r) => s.http.listen(port, name, r));
  servers.push(s);
  return s;
}

// What a server sends to us, signed by it.
export async function send(s, activity, { form = 'draft', to = '/fedi/en/inbox', key = keys.privateKey, keyId = `${s.actor}#main-key`, change = (h) => h, body = JSON.stringify(activity) } = {}) {
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
export const follow = (s, lang = 'en', n = 1) => ({ '@context': 'https://www.w3.org/ns/activitystreams', id: `${s.at}/follows/${n}`, type: 'Follow', actor: s.actor, object: `${base}/fedi/${lang}` });
export const undo = (f) => ({ '@context': f['@context'], id: `${f.id}/undo`, type: 'Undo', actor: f.actor, object: f });
