// The desk under attack, over real sockets: forms replayed and stolen, cookies bent, floods of tries, kill -9, and a search
// of every byte that was written for what must not be there.
import { execFileSync, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { openAccount, password, token } from './account.mjs';
import { check, close } from './count.mjs';
import { freePort, startServer } from './server.mjs';

const binary = 'build/blueheart';
const server = await startServer(binary);
const data = ['--db', `sqlite:${server.folder}/b.db`, '--var', server.folder];
let port = Number(new URL(server.base).port), child = server.child;

const ask = (path, { cookie, form, method, agent = false, headers = {} } = {}) => new Promise((yes, no) => {
  const body = form && new URLSearchParams(form).toString();
  const rq = request({ port, host: '127.0.0.1', path, agent, method: method ?? (form ? 'POST' : 'GET'),
    headers: { ...headers, ...(cookie ? { Cookie: cookie } : {}),
      ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) } : {}) } }, (r) => {
    let text = '';
    r.setEncoding('utf8');
    r.on('data', (d) => { text += d; });
    r.on('end', () => yes({ status: r.statusCode, text, to: r.headers.location ?? '', cookie: r.headers['set-cookie']?.[0].split(';')[0] }));
    r.on('error', no);
  });
  rq.on('error', no);
  rq.end(body);
});
const user = (...words) => execFileSync(binary, ['user', ...words, ...data]).toString().trim();

const account = (name, role) => openAccount(ask, user('add', name, `${name}.canary@example.org`, role), name);
const ana = await account('ana', 'administrator'), ben = await account('ben', 'editor'), eve = await account('eve', 'administrator');
const page = async (path, who) => (await ask(path, who)).text;
const organisations = async () => (await page('/en/desk/organisations', ana)).match(/<small>Organisation<\/small>|<small>Organisation /g)?.length ?? 0;

// From a terminal.
const listed = user('list');
check('the terminal lists who there is', /ana\.canary@example\.org\tana\topen\tadministrator/.test(listed), listed);
const fails = (...w) => { try { execFileSync(binary, ['user', ...w, ...data], { stdio: ['ignore', 'ignore', 'pipe'] }); return 0; } catch (e) { return e.status; } };
check('it refuses in words and numbers what it cannot do', fails('add', 'X', 'no address', 'editor') === 1 && fails('add', 'Xenia', 'x@example.org', 'king') === 1 &&
  fails('role', 'nobody@example.org', 'editor') === 1 && fails('frobnicate') === 2 && fails('add', 'Ann', 'ana.canary@example.org', 'editor') === 1);
user('role', 'ben.canary@example.org', 'moderator');
check('it gives and takes roles', /moderator/.test(user('list')) && (user('role', 'ben.canary@example.org', 'moderator', 'off'), !/moderator/.test(user('list'))));

// One form, one deed.
const form = { token: token(await page('/en/desk/organisations', ana)), name: 'Once only', kind: 'organisation', state: '', member: '' };
const many = await Promise.all(Array.from({ length: 20 }, () => ask('/en/desk/organisations', { ...ana, form })));
check('a form sent twenty times at once is done once', await organisations() === 1 && many.every((r) => r.status === 303), `${await organisations()}, ${many.map((r) => r.status)}`);
check('and every sender is led to the same place', new Set(many.map((r) => r.to)).size === 1);

// A passkey made of nothing but arithmetic, which signs whatever it is asked to: what it said once is good once.
const b64 = (bytes) => Buffer.from(bytes).toString('base64url'), sha = (bytes) => createHash('sha256').update(bytes).digest();
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' }), jwk = keys.publicKey.export({ format: 'jwk' });
const credential = Buffer.alloc(16, 7), bytes32 = (x) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(x, 'base64url')]);
const cose = Buffer.concat([Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]), bytes32(jwk.x), Buffer.from([0x22]), bytes32(jwk.y)]);
const origin = `http://localhost:${port}`, siteHash = sha('localhost');
const client = (type, challenge) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
const made = Buffer.concat([siteHash, Buffer.from([0x45, 0, 0, 0, 0]), Buffer.alloc(16), Buffer.from([0, 16]), credential, cose]);
const attestation = Buffer.concat([Buffer.from([0xa3, 0x63]), Buffer.from('fmt'), Buffer.from([0x64]), Buffer.from('none'), Buffer.from([0x67]), Buffer.from('attStmt'),
  Buffer.from([0xa0, 0x68]), Buffer.from('authData'), Buffer.from([0x58, made.length]), made]);
const register = (t, challenge) => ask('/en/desk/account/passkey', { ...ben, form: { token: t, label: 'soft', client_data: b64(client('webauthn.create', challenge)), attestation: b64(attestation) } });
const mine = token(await page('/en/desk/account', ben));
let added = await register(mine, token(await page('/en/desk/account', eve)));
check('a passkey that answers the challenge of another session is not added', added.status === 422, added.status);
added = await register(mine, mine);
check('one that answers its own is', added.status === 303, added.status);
const assertion = (challenge, type = 'webauthn.get') => {
  const said = Buffer.concat([siteHash, Buffer.from([0x05, 0, 0, 0, 0])]), words = client(type, challenge);
  return { credential: b64(credential), client_data: b64(words), authenticator_data: b64(said), signature: b64(sign('sha256', Buffer.concat([said, sha(words)]), keys.privateKey)) };
};
const asked = token(await page('/en/desk/sign-in')), given = assertion(asked);
const enter = (form, cookie) => ask('/en/desk/passkey', { cookie, form });
let in1 = await enter({ token: asked, next: '/en/desk', ...given });
check('a passkey lets in', in1.status === 303 && Boolean(in1.cookie), `${in1.status}`);
for (const again of [{ next: '/en/desk' }, { next: '/en/desk/account' }, { next: '/fr/desk', more: '1' }, {}]) {
  in1 = await enter({ token: asked, ...given, ...again });
  check('what it signed lets nobody in a second time, whatever stands beside it', !in1.cookie, JSON.stringify(again));
}
const other = token(await page('/en/desk/sign-in'));
check('nor with the challenge of another form', !(await enter({ token: other, ...given })).cookie);
check('nor does what was signed to make a passkey', !(await enter({ token: other, ...assertion(other, 'webauthn.create') })).cookie);
const within = token(await page('/en/desk/account', ben));
check('nor what was signed within a session', !(await enter({ token: within, ...assertion(within) })).cookie);

// Nobody fills the disk with forms that do nothing.
const once = () => Number(execFileSync('sqlite3', [`${server.folder}/b.db`, 'SELECT COUNT(*) FROM web_once']).toString());
const before = once();
for (let i = 0; i < 30; i++) await ask('/en/desk/second', { form: { token: token(await page('/en/desk/sign-in')), code: '1' } });
check('forms that did nothing leave nothing behind', once() === before, `${before} -> ${once()}`);

// Tokens.
const stolen = token(await page('/en/desk/organisations', ana));
let r = await ask('/en/desk/people/invite', { ...eve, form: { token: stolen, name: 'Mallory', mail: 'm@example.org', role: 'editor' } });
check('the token of another session does nothing', r.status === 409, r.status);
const bent = stolen.slice(0, 5) + (stolen[5] === 'A' ? 'B' : 'A') + stolen.slice(6);
r = await ask('/en/desk/people/invite', { ...ana, form: { token: bent, name: 'Mallory', mail: 'm@example.org', role: 'editor' } });
check('nor does a bent one', r.status === 409, r.status);
r = await ask('/en/desk/people/invite', { ...ana, form: { token: stolen, name: 'Mallory', mail: 'm@example.org', role: 'editor' }, headers: { 'Sec-Fetch-Site': 'same-site' } });
check('nor a good one sent from a neighbouring site', r.status === 403, r.status);
check('nobody was invited by any of it', !(await page('/en/desk/people', ana)).includes('Mallory'));
check('reading changes nothing: a deed by GET is refused', (await ask('/en/desk/people/invite?name=Mallory&mail=m@example.org&role=editor', ana)).status >= 400);

// While the data cannot be written, what was typed comes back; what another site wrote does not, there neither.
const writer = spawn('sqlite3', [`${server.folder}/b.db`], { stdio: ['pipe', 'pipe', 'ignore'] });
writer.stdin.write('BEGIN IMMEDIATE; SELECT 1;\n');
await new Promise((done) => writer.stdout.once('data', done));
const typed = { token: stolen, name: 'Mallory', mail: 'm@example.org', role: 'editor' };
const [own, others] = await Promise.all([ask('/en/desk/people/invite', { ...ana, form: typed, headers: { 'Sec-Fetch-Site': 'same-origin' } }),
  ask('/en/desk/people/invite', { form: typed, headers: { 'Sec-Fetch-Site': 'cross-site' } })]);
writer.stdin.end('ROLLBACK;\n');
await new Promise((done) => writer.on('exit', done));
check('while the data cannot be written, what was typed comes back', own.status === 503 && own.text.includes('value="Mallory"'), own.status);
check('but not what another site wrote', others.status >= 400 && !others.text.includes('Mallory'), others.status);

// Cookies.
const name = ana.cookie.split('=')[0], words = ana.cookie.split('=')[1];
for (const wrong of [words.slice(1), `${words}A`, words.toLowerCase(), words.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), '', 'A'.repeat(43), '%00'.repeat(14)])
  check('a cookie that is not whole is nobody\'s', (await ask('/en/desk/people', { cookie: `${name}=${wrong}` })).status === 303, wrong);
check('a cookie among others is still found', (await ask('/en/desk/people', { cookie: `a=b; ${ana.cookie}; c=d` })).status === 200);

// The public site does not look at cookies, and never sets one.
const bare = await ask('/en/countries'), signed = await ask('/en/countries', ana);
check('signed in or not, a public page is the same', bare.text === signed.text && !signed.cookie && !bare.cookie);

// Ending.
const ids = [...(await page('/en/desk/people', ana)).matchAll(/\/en\/desk\/people\/([0-9a-z]{13})"/g)].map((m) => m[1]);
const eve_id = await (async () => { for (const id of ids) if ((await page(`/en/desk/people/${id}`, ana)).includes('eve.canary')) return id; return ''; })();
check('ids of people share no beginning', new Set(ids.map((i) => i.slice(0, 4))).size === ids.length || ids.length > 30, ids.join(' '));
await ask(`/en/desk/people/${eve_id}/end`, { ...ana, form: { token: token(await page(`/en/desk/people/${eve_id}`, ana)) } });
check('whose account was ended is out at once', (await ask('/en/desk/people', eve)).status === 303);

const ana_id = await (async () => { for (const id of ids) if ((await page(`/en/desk/people/${id}`, ana)).includes('ana.canary')) return id; return ''; })();
for (const [deed, more] of [['take', { role: 'administrator', organisation: '' }], ['end', {}], ['forget', { sure: 'yes' }]]) {
  const s = await ask(`/en/desk/people/${ana_id}/${deed}`, { ...ana, form: { token: token(await page(`/en/desk/people/${ana_id}`, ana)), ...more } });
  check(`the last administrator stays (${deed})`, s.status === 422 && /last administrator/.test(s.text), s.status);
}

// Tries by the hundred; who has a passkey or waits a moment still comes in.
const first = await ask('/en/desk/sign-in');
const statuses = {};
await Promise.all(Array.from({ length: 120 }, async (_, i) => {
  const s = await ask('/en/desk/sign-in', { form: { token: token(first.text), mail: `nobody${i % 12}@example.org`, password: 'wrong words every time' } });
  statuses[s.status] = (statuses[s.status] ?? 0) + 1;
}));
check('a flood of wrong passwords is answered, each in words', Object.keys(statuses).join() === '422', JSON.stringify(statuses));
for (let i = 0; i < 2; i++) r = await ask('/en/desk/sign-in', { form: { token: token(first.text), mail: 'nobody3@example.org', password: 'wrong words every time' } });
check('an address that was tried often has to wait', /Please wait/.test(r.text));
const keepAlive = new Agent({ keepAlive: true, maxSockets: 1 }), slowed = { 'nobody3@example.org': [], 'eve.canary@example.org': [] };
for (let i = 0; i < 6; i++) await ask('/en/desk/sign-in', { form: { token: token(first.text), mail: 'eve.canary@example.org', password: 'wrong words every time' } });
for (let i = 0; i < 1200; i++) {
  const mail = Object.keys(slowed)[(i + (i >> 1)) % 2], from = process.hrtime.bigint();
  await ask('/en/desk/sign-in', { agent: keepAlive, form: { token: token(first.text), mail, password: 'x' } });
  slowed[mail].push(Number(process.hrtime.bigint() - from) / 1000);
}
keepAlive.destroy();
const [strange, known] = Object.values(slowed).map((all) => all.sort((x, y) => x - y)[all.length >> 2]);
check('how long a slowed answer takes does not tell whether there is an account', Math.abs(known - strange) / strange < 0.06, `${known} and ${strange} us`);
r = await ask('/en/desk/sign-in', { form: { token: token(first.text), mail: 'BEN.canary@EXAMPLE.org', password } });
check('another does not', r.status === 303 && /desk\/second/.test(r.to), `${r.status} ${r.to}`);
const half = r.cookie;
check('half signed in is nothing but that', (await ask('/en/desk', { cookie: half })).to.includes('/desk/second'));
const guess = token(await page('/en/desk/second', { cookie: half }));
const guesses = [];
for (let i = 0; i < 8; i++) guesses.push((await ask('/en/desk/second', { cookie: half, form: { token: guess, code: String(100000 + i) } })).text);
check('codes cannot be guessed through', /Please wait/.test(guesses.at(-1)) && !/Please wait/.test(guesses[0]));

// kill -9 right after an answer: what was acknowledged is there.
const restart = async () => {
  child.kill('SIGKILL');
  await new Promise((done) => child.on('exit', done));
  port = await freePort();
  const start = () => spawn(binary, ['serve', ...data, '--listen', `127.0.0.1:${port}`, '--workers', '2'], { stdio: 'ignore' });
  child = start();
  for (let i = 0; i < 400; i++) {
    try { if ((await ask('/healthz')).status === 200) return; } catch { /* not yet */ }
    if (child.exitCode !== null) child = start(); // the one before was still ending and held the data
    await new Promise((d) => setTimeout(d, 25));
  }
};
let lost = 0;
for (let i = 0; i < 5; i++) {
  const t = token(await page('/en/desk/organisations', ana));
  const s = await ask('/en/desk/organisations', { ...ana, form: { token: t, name: `Kept ${i}`, kind: 'organisation', state: '', member: '' } });
  await restart();
  if (s.status !== 303 || !(await page('/en/desk/organisations', ana)).includes(`Kept ${i}`)) lost++;
}
check('what was acknowledged before kill -9 is there after it, and so is the session', lost === 0, `${lost} lost`);

// A door of its own.
child.kill('SIGTERM');
await new Promise((done) => child.on('exit', done));
const [inside, outside] = [await freePort(), await freePort()];
child = spawn(binary, ['serve', ...data, '--listen', `127.0.0.1:${outside}`, '--desk-listen', `127.0.0.1:${inside}`, '--workers', '1'], { stdio: 'ignore' });
port = inside;
for (let i = 0; i < 200; i++) {
  try { if ((await ask('/healthz')).status === 200) break; } catch { /* not yet */ }
  await new Promise((d) => setTimeout(d, 25));
}
check('with a door of its own the desk is there', (await ask('/en/desk/people', ana)).status === 200);
port = outside;
check('and not at the public one', (await ask('/en/desk/people', ana)).status === 404 && (await ask('/en/desk/sign-in')).status === 404);
check('nor does it say what would be there', (await ask('/en/desk/people', { form: { name: 'x' } })).status === 404 && (await ask('/en/desk/people', { method: 'HEAD' })).status === 404);
check('which serves the site', (await ask('/en/countries')).status === 200);
child.kill('SIGTERM');
await new Promise((done) => child.on('exit', done));

// Nothing of it can be read from what lies on the disk.
const files = (folder) => readdirSync(folder).flatMap((f) => (statSync(join(folder, f)).isDirectory() ? files(join(folder, f)) : [join(folder, f)]));
for (const secret of ['ana.canary', 'ben.canary', 'BEN.canary', password, ana.secret, words, stolen, 'nobody3@example.org'])
  check('no address, password, secret or cookie lies readable in any file', files(server.folder).every((f) => !readFileSync(f).includes(secret)), secret);
const said = execFileSync(binary, ['check', ...data]).toString();
check('the trail is whole after all of it', /trail: the newest entry is \d+/.test(said), said.slice(-200));
check('a backup holds none of the keys', (() => {
  execFileSync(binary, ['backup', join(server.folder, 'b.tar'), '--quiet', ...data]);
  const tar = readFileSync(join(server.folder, 'b.tar'));
  return files(join(server.folder, 'keys')).every((k) => !tar.includes(readFileSync(k).subarray(0, 16)) && !tar.includes(k.split('/').pop()));
})());
execFileSync('rm', ['-rf', server.folder]);
close();
