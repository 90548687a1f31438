// Brings pictures in for some seconds, two at a time, as an editor at the desk does: node pictures.mjs BASE BINARY DB VAR SECONDS READY
// Makes the file READY when it begins. Prints how many came in, in how many ms, and the middle and longest time of one.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { deflateSync, crc32 } from 'node:zlib';
import { totp } from '../e2e/totp.mjs';

const [base, binary, db, dir, seconds, ready] = process.argv.slice(2);
const list = '/en/desk/pictures', password = 'lamp violet oyster drum';
const token = (text) => /name="token" value="([^"]+)"/.exec(text)[1];
let cookie = '';
const ask = async (path, body) => {
  const r = await fetch(base + path, { redirect: 'manual', method: body ? 'POST' : 'GET', body, headers: cookie ? { cookie } : {} });
  cookie = r.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  return { status: r.status, text: await r.text() };
};
const form = (fields) => new URLSearchParams(fields);
const act = async (path, at, fields) => ask(path, form({ token: token((await ask(at)).text), ...fields }));
const link = new URL(execFileSync(binary, ['user', 'add', 'Ana', 'ana@example.org', 'editor', '--db', db, '--var', dir]).toString().trim()).pathname;
await act(link, link, { name: 'Ana', password, password_again: password });
await act('/en/desk/account/app', '/en/desk/account', {});
const secret = /<code[^>]*>([A-Z2-7]{32})</.exec((await ask('/en/desk/account/app')).text)[1];
await act('/en/desk/account/app/prove', '/en/desk/account/app', { code: totp(secret) });

// Twelve megapixels: hills of colour with some grain, about as hard as a photograph.
const chunk = (name, body) => { const all = Buffer.concat([Buffer.from(name), body]), n = Buffer.alloc(4), sum = Buffer.alloc(4); n.writeUInt32BE(body.length); sum.writeUInt32BE(crc32(all)); return Buffer.concat([n, all, sum]); };
const wide = 4000, high = 3000, rows = Buffer.alloc(high * (wide * 3 + 1));
let grain = 1;
for (let y = 0; y < high; y++) {
  const at = y * (wide * 3 + 1), before = [0, 0, 0];
  rows[at] = 1; // each byte is stored as its difference to the one left of it
  for (let x = 0; x < wide; x++) {
    grain = (grain * 1103515245 + 12345) & 0x7fffffff;
    const hill = 100 + 60 * Math.sin(x / 90) * Math.cos(y / 70) + 40 * Math.sin((x + y) / 23) + (grain >> 16) % 2;
    for (let k = 0; k < 3; k++) {
      const light = (hill + k * 20) & 255;
      rows[at + 1 + x * 3 + k] = light - before[k];
      before[k] = light;
    }
  }
}
const head = Buffer.alloc(13);
head.writeUInt32BE(wide, 0); head.writeUInt32BE(high, 4); head[8] = 8; head[9] = 2;
const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), packed = deflateSync(rows, { level: 6 });
const picture = (n) => Buffer.concat([mark, chunk('IHDR', head), chunk('tEXt', Buffer.from(`n\0${n}`)), chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))]);
if (picture(0).length > 11.5e6) throw new Error(`the picture has ${picture(0).length} bytes`);

writeFileSync(ready, '');
const begun = Date.now(), took = [];
let n = 0, bad = 0;
const one = async () => {
  while (Date.now() - begun < seconds * 1000) {
    const f = new FormData(), t = Date.now();
    for (const [k, v] of Object.entries({ token: token((await ask(list)).text), kind: 'picture', credit: 'Ana', licence: 'own' })) f.set(k, v);
    f.set('file', new Blob([picture(n++)], { type: 'image/png' }), 'a.png');
    if ((await ask(list, f)).status === 303) took.push(Date.now() - t); else bad++;
  }
};
await Promise.all([one(), one()]);
took.sort((a, b) => a - b);
console.log(took.length, Date.now() - begun, took[took.length >> 1] ?? 0, took.at(-1) ?? 0, bad, picture(0).length);
