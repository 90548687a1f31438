// Pictures over real sockets, with the process that looks into them behind its walls: who may send how much, what comes
// of hostile files, that a withdrawn picture disappears everywhere at once, and that nothing of a file but its pixels is kept.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';
import { openAccount, token } from './account.mjs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';

const binary = 'build/blueheart', canary = 'CANARY-48.2082-16.3738';
const server = await startServer(binary);
const data = ['--db', `sqlite:${server.folder}/b.db`, '--var', server.folder];
const port = Number(new URL(server.base).port);

const ask = (path, { cookie, form, body, type, method, headers = {} } = {}) => new Promise((yes, no) => {
  const bytes = body ?? (form && Buffer.from(new URLSearchParams(form).toString()));
  const rq = request({ port, host: '127.0.0.1', path, agent: false, method: method ?? (bytes ? 'POST' : 'GET'),
    headers: { ...headers, ...(cookie ? { Cookie: cookie } : {}), ...(bytes ? { 'Content-Type': type ?? 'application/x-www-form-urlencoded', 'Content-Length': bytes.length } : {}) } }, (r) => {
    const parts = [];
    r.on('data', (d) => parts.push(d));
    r.on('end', () => { const all = Buffer.concat(parts); yes({ status: r.statusCode, bytes: all, text: all.toString('latin1'), to: r.headers.location?.replace(/\?.*/, '') ?? '', headers: r.headers, cookie: r.headers['set-cookie']?.[0].split(';')[0] }); });
    r.on('error', no);
  });
  rq.on('error', () => yes({ status: 0, bytes: Buffer.alloc(0), text: '', to: '', headers: {} }));
  rq.end(bytes);
});

async function person(name, role) {
  const link = execFileSync(binary, ['user', 'add', name, `${name}@example.org`, role, ...data]).toString().trim();
  const { cookie } = await openAccount(ask, link, name);
  const get = (where) => ask(where, { cookie });
  const act = async (where, form, at) => ask(where, { cookie, form: { token: token((await get(at)).text), ...form } });
  return { get, act, cookie: () => cookie };
}

// A form with a file.
const fence = 'x'.repeat(20);
const multipart = (fields, file) => Buffer.concat([
  ...Object.entries(fields).map(([k, v]) => Buffer.from(`--${fence}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`)),
  Buffer.from(`--${fence}\r\nContent-Disposition: form-data; name="file"; filename="../../etc/${canary}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`), file, Buffer.from(`\r\n--${fence}--\r\n`)]);
const list = '/en/desk/pictures';
async function bring(who, file, fields = {}) {
  const page = await who.get(list);
  return ask(list, { cookie: who.cookie(), type: `multipart/form-data; boundary=${fence}`,
    body: multipart({ token: token(page.text), kind: 'picture', credit: 'Ana Example', licence: 'own', ...fields }, file) });
}

// Pictures made here: a PNG needs no library.
const chunk = (name, body) => { const all = Buffer.concat([Buffer.from(name), body]), n = Buffer.alloc(4), sum = Buffer.alloc(4); n.writeUInt32BE(body.length); sum.writeUInt32BE(crc32(all)); return Buffer.concat([n, all, sum]); };
const ihdr = (w, h) => { const b = Buffer.alloc(13); b.writeUInt32BE(w, 0); b.writeUInt32BE(h, 4); b[8] = 8; b[9] = 2; return chunk('IHDR', b); };
const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
let seed = 1;
const png = (w, h, { noise = false, extra = [] } = {}) => {
  const rows = Buffer.alloc(h * (w * 3 + 1));
  for (let y = 0; y < h; y++) for (let x = 0; x < w * 3; x++) rows[y * (w * 3 + 1) + 1 + x] = noise ? (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16 : (x + y * 2 + seed) & 255;
  return Buffer.concat([mark, ihdr(w, h), ...extra, chunk('IDAT', deflateSync(rows, { level: noise ? 0 : 6 })), chunk('IEND', Buffer.alloc(0))]);
};

const ana = await person('ana', 'editor'), ben = await person('ben', 'editor');
check('an editor sees the desk of pictures', (await ana.get(list)).status === 200);

// One comes in, and nothing of it but the pixels.
seed = 2;
const said = Buffer.from(`Comment\0${canary} <script>alert(1)</script>`);
const good = png(700, 500, { extra: [chunk('tEXt', said), chunk('eXIf', Buffer.concat([Buffer.from('MM\0*\0\0\0\x08\0\0'), Buffer.from(canary)]))] });
const came = await bring(ana, Buffer.concat([good, Buffer.from(`PK\x03\x04${canary}`)]));
check('a picture comes in', came.status === 303 && came.to.startsWith(`${list}/`), `${came.status}`);
const item = came.to;
const name = /picture:([0-9a-z]{24})/.exec((await ana.get(item)).text)?.[1];
check('a draft has no public address', (await ask(`/pictures/${name}/320.webp`)).status === 404);
check('but those at the desk see it', (await ana.get(`${item}/320.webp`)).headers['content-type'] === 'image/webp');
check('and nobody else', (await ask(`${item}/320.webp`)).status === 303);

// Hostile files.
const refused = async (what, file, words) => { const r = await bring(ana, file); check(`${what} is refused in words`, r.status === 422 && r.text.includes(words), `${r.status}`); };
await refused('an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'neither JPEG nor PNG nor WebP');
await refused('a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;'), 'neither JPEG nor PNG nor WebP');
await refused('a bomb of 50,000 by 50,000', Buffer.concat([mark, ihdr(50000, 50000), chunk('IDAT', deflateSync(Buffer.alloc(1 << 20))), chunk('IEND', Buffer.alloc(0))]), 'more than 60 million pixels');
await refused('a head that lies', Buffer.concat([mark, ihdr(5000, 5000), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND', Buffer.alloc(0))]), 'ends too early');
seed = 3;
const whole = png(300, 200, { noise: true });
let survived = 0;
for (let part = 1; part < 20; part++) survived += (await bring(ana, whole.subarray(0, Math.floor(whole.length * part / 20)))).status === 422;
check('cut off at every twentieth it is refused', survived === 19, `${survived}`);
const zeros = await bring(ana, Buffer.concat([mark, ihdr(7000, 8000), chunk('IDAT', deflateSync(Buffer.alloc(8000 * 21001), { level: 9 })), chunk('IEND', Buffer.alloc(0))]));
check('56 million black pixels are a picture', zeros.status === 303, `${zeros.status}`);
check('and the process that looked lives on', (await bring(ana, png(400, 300))).status === 303);

// How much, and from whom.
const large = Buffer.alloc(13 << 20, 'a');
check('more than 12 MB is refused', [0, 413].includes((await bring(ana, large)).status));
const strangers = await ask(list, { type: `multipart/form-data; boundary=${fence}`, body: multipart({ kind: 'picture' }, Buffer.alloc(200000)) });
check('a stranger sends no more than a form holds', strangers.status === 413, `${strangers.status}`);
const forged = await ask(list, { cookie: 'bh=' + 'A'.repeat(43), type: `multipart/form-data; boundary=${fence}`, body: multipart({ kind: 'picture' }, Buffer.alloc(600000)) });
check('who made up a cookie sends no more than a long text', forged.status === 413, `${forged.status}`);
const elsewhere = await ask('/en/desk/account', { cookie: ana.cookie(), type: `multipart/form-data; boundary=${fence}`, body: multipart({}, Buffer.alloc(600000)) });
check('nor anybody elsewhere', elsewhere.status === 413, `${elsewhere.status}`);
const untold = await ask(list, { cookie: ana.cookie(), type: `multipart/form-data; boundary=${fence}`, body: multipart({ kind: 'picture', token: 'AAAA' }, good) });
check('a form without our token does nothing', untold.status === 409, `${untold.status}`);
seed = 5;
const many = await Promise.all([...Array(10).keys()].map((i) => { seed = 100 + i; return bring(ana, png(500, 400 + i, { noise: true })); }));
check('ten at once are taken or asked to come again', many.every((r) => [303, 503].includes(r.status)) && many.filter((r) => r.status === 303).length >= 4, many.map((r) => r.status).join(' '));
const before = Date.now();
await ask('/en/countries');
check('and pages are served meanwhile', Date.now() - before < 2000);

// Published by two, used in a text, withdrawn: gone everywhere at once.
const words = (who, path, form) => who.act(`${item}${path}`, form, item);
await words(ana, '/facts', { people: '1', credit: 'Ana Example', licence: 'own' });
await words(ana, '/words', { lang: 'en', alt: 'A hall', caption: 'The hall' });
await words(ana, '/agreed', { reference: 'P-1', count: '1', scope: 'site', given: '2026-01-10', expires: '2035-01-10' });
check('who brought it does not publish it', (await words(ana, '/publish', {})).status === 422);
check('another person does', (await words(ben, '/publish', {})).status === 303);
const texts = execFileSync(binary, ['export', 'texts', ...data], { encoding: 'utf8', maxBuffer: 1 << 26 });
writeFileSync(join(server.folder, 'texts.csv'), `${texts.trimEnd()}\nzz-hall,en,news,The hall opens,Summary,Words before. ![](picture:${name}) Words after.,,,2026-11-01,,\n`);
execFileSync(binary, ['import', '--quiet', 'texts', join(server.folder, 'texts.csv'), ...data], { stdio: 'ignore' });
const article = () => ask('/en/news/zz-hall');
const updated = async () => /zz-hall[\s\S]*?<updated>([^<]+)/.exec((await ask('/feed.atom?lang=en')).text)?.[1];
const shown = await ask(`/pictures/${name}/320.webp`);
check('its address gives it', shown.status === 200 && shown.headers['content-type'] === 'image/webp' && shown.headers['content-security-policy'] === "default-src 'none'; sandbox" && shown.headers['cache-control'] === 'no-cache');
check('and says when nothing changed', (await ask(`/pictures/${name}/320.webp`, { headers: { 'If-None-Match': shown.headers.etag } })).status === 304);
check('the article shows it', (await article()).text.includes(`/pictures/${name}/320.webp 320w`));
check('and feeds do', (await ask('/feed.json?lang=en')).text.includes(`${name}/700.jpg`));
const was = await updated();
await new Promise((r) => setTimeout(r, 1100));
const t = Date.now();
const end = /action="([^"]*\/agreed\/[^"]+\/end)"/.exec((await ana.get(item)).text)?.[1];
check('somebody agrees no more', (await ana.act(new URL(end, server.base).pathname, {}, item)).status === 303);
const gone = await ask(`/pictures/${name}/320.webp`, { headers: { 'If-None-Match': shown.headers.etag } });
check('its address says at once that it was withdrawn', gone.status === 410 && gone.text.includes('This picture was withdrawn') && gone.headers['cache-control'] === 'no-store', `${gone.status}`);
const after = await article();
check('the article shows nothing broken', !after.text.includes('<figure') && after.text.includes('Words before.') && after.text.includes('Words after.'));
check('feeds neither', !(await ask('/feed.atom?lang=en')).text.includes(name));
check('and say that the article changed', (await updated()) > was, `${was} ${await updated()}`);
console.log(`withdrawn everywhere ${Date.now() - t} ms after the button`);

// Nothing of the file's own words is in anything that was written.
const code = await new Promise((done) => { server.child.on('exit', done); server.child.kill('SIGTERM'); });
check('the server ends in order', code === 0, `${code}`);
const found = [];
const look = (folder) => { for (const f of readdirSync(folder)) { const p = join(folder, f); if (statSync(p).isDirectory()) look(p); else if (!f.endsWith('.csv') && readFileSync(p).includes(canary)) found.push(f); } };
look(server.folder);
check('what the file said is in nothing that was written', found.length === 0, found.join(' '));
check('nor in the log', !server.log().includes(canary) && !server.log().includes('BAD'), server.log());
rmSync(server.folder, { recursive: true, force: true });
close();
