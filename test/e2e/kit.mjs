// Kits as files: taken by readers in Arabic and Chinese, looked into byte by byte; two readers at once; made anew; a folder that
// cannot be written.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';

const server = await startServer();
const table = Array.from({ length: 256 }, (_, n) => { for (let i = 0; i < 8; i++) n = n >>> 1 ^ (n & 1 ? 0xedb88320 : 0); return n >>> 0; });
const crc = (b) => { let c = ~0; for (const x of b) c = c >>> 8 ^ table[(c ^ x) & 255]; return ~c >>> 0; };
// A ZIP by its list at the end, every entry against its own head.
const entries = (zip) => {
  const end = zip.length - 22, all = [];
  if (zip.readUInt32LE(end) !== 0x06054b50) throw new Error('no end');
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < zip.readUInt16LE(end + 10); i++) {
    const named = zip.readUInt16LE(at + 28), name = zip.subarray(at + 46, at + 46 + named), head = zip.readUInt32LE(at + 42), size = zip.readUInt32LE(at + 24);
    const body = zip.subarray(head + 30 + named, head + 30 + named + size);
    all.push({ name: name.toString('latin1'), body, is_good: zip.readUInt32LE(at) === 0x02014b50 && zip.readUInt32LE(head) === 0x04034b50
      && zip.subarray(head + 30, head + 30 + named).equals(name) && zip.readUInt32LE(at + 16) === crc(body) && zip.readUInt32LE(head + 14) === crc(body) });
    at += 46 + named;
  }
  if (at !== end) throw new Error('the list does not end where it says');
  return all;
};
const take = async (slug, lang, headers = {}) => {
  const answer = await fetch(`${server.base}/kits/${slug}.zip?lang=${lang}`, { headers });
  return { status: answer.status, etag: answer.headers.get('etag'), name: answer.headers.get('content-disposition'), body: Buffer.from(await answer.arrayBuffer()) };
};

const folder = `${server.folder}/tables`, kits = () => readdirSync(folder).filter((n) => n.startsWith('kit-'));
const [one, other] = await Promise.all([take('world-day', 'ar'), take('world-day', 'ar')]);
check('two readers at once get the same file', one.status === 200 && other.status === 200 && one.body.equals(other.body), `${one.status} ${other.status}`);
check('it was made once, and nothing half stands beside it', kits().length === 1 && kits()[0].endsWith('.zip'), kits().join(' '));
for (const [lang, kit, word] of [['ar', one, 'قبل أسبوع'], ['zh', await take('eu-day', 'zh'), '一周之前']]) {
  const all = entries(kit.body), named = (end) => all.filter((e) => e.name.endsWith(end));
  check(`${lang}: every entry is whole`, all.length >= 12 && all.every((e) => e.is_good), all.map((e) => e.name).join(' '));
  check(`${lang}: names are plain and say the language`, all.every((e) => new RegExp(`^[a-z-]+-${lang}/${lang}-[a-z0-9-]+\\.[a-z]+$`).test(e.name)) && new Set(all.map((e) => e.name)).size === all.length);
  check(`${lang}: posters are PDF, pictures PNG`, named('.pdf').length === 2 && named('.png').length === 3
    && named('.pdf').every((e) => e.body.subarray(0, 5).toString() === '%PDF-' && e.body.subarray(-8).toString().includes('%%EOF'))
    && named('.png').every((e) => e.body.subarray(1, 4).toString() === 'PNG'));
  check(`${lang}: a calendar, the list, rules and where help is`, named('calendar.ics')[0].body.toString().startsWith('BEGIN:VCALENDAR') && named('checklist.txt')[0].body.toString().includes(word)
    && named('rules-of-use.txt').length === 1 && named('posts.txt')[0].body.toString().includes(`/${lang}/help`) && named('read-me-first.txt')[0].body.toString().includes(`/${lang}/help`));
  check(`${lang}: it is saved under a plain name`, kit.name?.endsWith(`-${lang}.zip"`), kit.name);
}
const again = await fetch(`${server.base}/kits/world-day.zip?lang=ar`, { headers: { 'If-None-Match': one.etag } });
check('who has it is told so', again.status === 304, String(again.status));
for (const name of kits()) rmSync(`${folder}/${name}`);
check('made anew it is the same, byte by byte', (await take('world-day', 'ar')).body.equals(one.body));
await server.restart();
for (const name of kits()) rmSync(`${folder}/${name}`);
check('by another process, too', (await take('world-day', 'ar')).body.equals(one.body));

// As on a disk that takes nothing: where the file is written stands something else.
const french = await take('eu-day', 'fr'), path = `${folder}/${french.etag.replaceAll('"', '')}`;
rmSync(path);
mkdirSync(`${path}.part`);
const refused = await take('eu-day', 'fr');
check('a file that cannot be written is told in words', refused.status === 503 && refused.body.toString().includes('minute'), String(refused.status));
check('and the page still gives its parts', (await fetch(`${server.base}/fr/kits/eu-day`)).status === 200);
rmSync(`${path}.part`, { recursive: true });
check('later it is there', (await take('eu-day', 'fr')).body.equals(french.body));
await server.stop();
close();
