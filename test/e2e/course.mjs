// A pupil on a small phone, in Arabic, without scripts: five lessons, wrong first, then a certificate on paper. The file holds
// the name and the address; the address holds no name, and no request but the one for the file carried it.
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { startChromium } from './browser.mjs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';
import { checkTwin } from './twin.mjs';

const server = await startServer('build/blueheart');
const site = server.base.replace('127.0.0.1', 'localhost');
const browser = await startChromium();
const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 }, acceptDownloads: true });
const page = await context.newPage();
const name = 'Żaneta ليلى', asked = [];
page.on('request', (r) => asked.push(`${r.method()} ${r.url()} ${r.postData() ?? ''} ${JSON.stringify(r.headers().referer ?? '')}`));
const fits = async (what) => check(`${what} fits 320 px`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));

const right = [['q1=a', 'q2b', 'q2c'], ['q1=a', 'q2a', 'q2b', 'q2d'], ['q1=a', 'q2a', 'q2c'], ['q1a', 'q1c', 'q1d', 'q2=b'], ['q1=b', 'q2=b', 'q3=a']];
await page.goto(`${site}/ar/learn/courses`);
await fits('the overview');
await page.locator('.cards a').first().click();
await page.locator('main a.button.main').click();
for (const [i, answers] of right.entries()) {
  await page.locator('.quiz button').click();
  check(`lesson ${i + 1} without an answer is not passed`, (await page.locator('#result a').count()) === 0);
  for (const a of answers) {
    const [field, value] = a.split('=');
    await page.check(value ? `input[name=${field}][value=${value}]` : `input[name=${field}]`);
  }
  await page.locator('.quiz button').click();
  check(`lesson ${i + 1} is passed`, (await page.locator('#result a.button').count()) === 1, await page.locator('#result').innerText());
  await fits(`lesson ${i + 1}`);
  await page.locator('#result a.button').click();
}
await fits('the passed course');
check('the page runs from right to left', (await page.locator('html').getAttribute('dir')) === 'rtl');
await page.locator('#passed button').click();
const address = page.url();
check('the certificate has an address of its own', /\/ar\/learn\/certificates\/pupils-\d{4}w\d\d-[0-9a-z]{16}-[0-9a-z]{16}$/.test(address), address);
await checkTwin(server.base, '/learn/certificates/{code}', new URL(address).pathname.slice(3));
await fits('the certificate');
await page.fill('#name', name);
const [file] = await Promise.all([page.waitForEvent('download'), page.locator('form[action$="/paper"] button').click()]);
const pdf = readFileSync(await file.path(), 'latin1');
check('it is a PDF', pdf.startsWith('%PDF-') && file.suggestedFilename() === 'course-pupils.pdf', file.suggestedFilename());

// The words of the file: every stream unpacked; letters stand as numbers of a font, which a table turns back.
const streams = [...pdf.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map((m) => { try { return inflateSync(Buffer.from(m[1], 'latin1')).toString('latin1'); } catch { return ''; } });
const letters = (s) => s.match(/.{4}/g).map((h) => String.fromCharCode(parseInt(h, 16))).join('');
const known = streams.filter((s) => s.includes('begincmap')).flatMap((s) => [...s.matchAll(/<([0-9a-fA-F]{2,4})> <([0-9a-fA-F]{4,})>/g)].map((m) => letters(m[2]))).join('').normalize('NFKC');
check('it holds the letters of the address', [...'learn/certificates'].every((c) => known.includes(c)), known);
check('it holds letters that only the name has', [...'Żnt'].every((c) => known.includes(c)), known);
check('it is small', pdf.length < 200000, `${pdf.length}`);

const with_name = asked.filter((a) => a.includes(name) || a.includes(encodeURIComponent(name).replace(/%20/g, '+')));
check('one request carried the name, in its body', with_name.length === 1 && /^POST .*\/paper /.test(with_name[0]), with_name.join('\n'));
check('no request told where it came from', asked.every((a) => a.endsWith('""')));
check('nobody set a cookie', (await context.cookies()).length === 0);
check('the log does not know the name', !server.log().includes(name));
const other = await (await browser.newContext()).newPage();
const seen = await other.goto(address.replace('/ar/', '/en/'));
check('whoever has the address sees a course and a week, and no name', seen.status() === 200 && !(await other.content()).includes(name));
check('one letter changed is no certificate', (await other.goto(address.replace(/.$/, (c) => (c === '0' ? '1' : '0')))).status() === 404);
check('another course is no certificate', (await other.goto(address.replace('pupils', 'families'))).status() === 404);
await browser.close();
await server.stop();
close();
