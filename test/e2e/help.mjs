// The page of help as somebody in danger meets it: one small answer, nothing sent when a country is chosen, at most one
// line of history, a way out, and a copy only if asked for. In Chromium, and in Firefox where it is installed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { startChromium } from './browser.mjs';
import { check, close, skip } from './count.mjs';
import { firefox, startFirefox } from './marionette.mjs';
import { startServer } from './server.mjs';

const languages = ['en', 'fr', 'es', 'ar', 'ru', 'zh'];
const most = 14 * 1024;
const server = await startServer();
const browser = await startChromium();
const wait = (ms) => new Promise((r) => setTimeout(r, ms));

const ask = (path, { method = 'GET', headers = {}, body } = {}) => new Promise((yes, no) => {
  const rq = request(`${server.base}${path}`, { method, headers }, (r) => {
    const parts = [];
    r.on('data', (d) => parts.push(d));
    r.on('end', () => yes({ status: r.statusCode, body: Buffer.concat(parts), head: r.rawHeaders.join(': ').length }));
  });
  rq.on('error', no);
  rq.end(body);
});

// Over the wire: head and body together, in every language, however the browser takes it.
for (const lang of languages) {
  for (const coding of ['gzip', 'br']) {
    const r = await ask(`/${lang}/help`, { headers: { 'Accept-Encoding': coding } });
    check(`/${lang}/help is at most 14 KB as ${coding}`, r.status === 200 && r.body.length + r.head <= most, `${r.body.length} + ${r.head} bytes`);
  }
  const plain = await ask(`/${lang}/help`);
  check(`/${lang}/help is at most 72 KB unpacked`, plain.body.length <= 72 * 1024, `${plain.body.length} bytes`);
}

const open_country = async (page) => {
  await page.locator('details[name=r] > summary').nth(1).click();
  await page.locator('details[open] details[name=c] > summary', { hasText: 'Mexico' }).click();
};

for (const scripts of [true, false]) {
  const with_scripts = scripts ? 'with scripts' : 'without scripts';
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 740 } });
  await context.route('https://www.wikipedia.org/', (r) => r.fulfill({ body: 'elsewhere' }));
  const page = await context.newPage(), cdp = await context.newCDPSession(page);
  const history = async () => (await cdp.send('Page.getNavigationHistory')).entries.map((e) => e.url.replace(server.base, ''));
  const asked = [], noise = [];
  page.on('request', (r) => asked.push(r.url().replace(server.base, '')));
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) noise.push(m.text()); });

  await page.goto(`${server.base}/en/help`);
  await wait(300);
  check(`Chromium ${with_scripts}: one request`, asked.length === 1, asked.join(' '));
  check(`Chromium ${with_scripts}: nothing is blocked or complained of`, noise.length === 0, noise.join('; '));

  await page.keyboard.press('Tab');
  check(`Chromium ${with_scripts}: the first key leads to the way out`, (await page.locator(':focus').innerText()) === 'Leave this page now');
  for (let i = 0; i < languages.length + 2; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // the second region
  for (let i = 0; i < 2; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // its second state
  check(`Chromium ${with_scripts}: a country is chosen by keyboard`, await page.locator('details[open] details[open] b').first().isVisible());
  await page.reload();
  await open_country(page);
  check(`Chromium ${with_scripts}: the number is there`, await page.locator('a[href="tel:8005533000"]').isVisible());
  await page.locator('details[name=r] > summary').nth(2).click();
  const fresh = await page.evaluate(() => 'open' in document.createElement('details')).catch(() => true);
  check(`Chromium ${with_scripts}: opening another closes the first`, fresh && (await page.locator('details[name=r][open]').count()) === 1);
  check(`Chromium ${with_scripts}: choosing asks nothing of the server`, asked.length === 2, asked.join(' '));
  check(`Chromium ${with_scripts}: the journey is one line of history`, (await history()).filter((u) => u !== 'about:blank').join(' ') === '/en/help', (await history()).join(' '));

  await page.locator('nav a', { hasText: 'Français' }).click();
  await page.waitForURL(/fr\/help/);
  const after = (await history()).filter((u) => u !== 'about:blank').join(' ');
  check(`Chromium ${with_scripts}: another language`, after === (scripts ? '/fr/help' : '/en/help /fr/help'), after);

  if (scripts) {
    for (let i = 0; i < 3; i++) await page.keyboard.press('Shift');
    await page.waitForURL('https://www.wikipedia.org/');
    check('Chromium with scripts: Shift three times leaves, and “back” does not return', !(await history()).some((u) => u.includes('help')), (await history()).join(' '));
    await page.goto(`${server.base}/en/help`);
  }
  await page.locator('.exit').click();
  await page.waitForURL('https://www.wikipedia.org/');
  check(`Chromium ${with_scripts}: the way out leads away`, page.url() === 'https://www.wikipedia.org/');
  check(`Chromium ${with_scripts}: nothing is kept in the browser`, (await context.cookies()).length === 0);
  await context.close();
}

// The copy: nobody keeps one unasked; one key keeps it, one removes it.
{
  const context = await browser.newContext();
  const page = await context.newPage();
  const kept = () => page.evaluate(async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length].join());
  await page.goto(`${server.base}/ar/help`);
  await wait(200);
  check('no copy is kept unasked', (await kept()) === '0,0', await kept());
  await page.locator('#copy button').nth(0).click();
  await page.locator('#copy span span').nth(0).waitFor();
  check('a copy is kept when asked for', (await kept()) === '1,1', await kept());
  await context.setOffline(true);
  await page.goto(`${server.base}/ar/help`);
  check('it opens without a network', (await page.locator('h1').count()) === 1 && (await page.title()) === 'أرقام هاتف مفيدة');
  const other = await context.newPage();
  check('it keeps only this page', (await other.goto(`${server.base}/ar/missing`).then(() => 'open', () => 'closed')) === 'closed');
  await other.close();
  await page.locator('#copy button').nth(1).click();
  await page.locator('#copy span span').nth(1).waitFor();
  await context.setOffline(false);
  check('one button removes it', (await kept()) === '0,0', await kept());
  for (const lang of ['en', 'ru']) {
    await page.goto(`${server.base}/${lang}/help`);
    await page.locator('#copy button').nth(0).click();
    await page.locator('#copy span span').nth(0).waitFor();
  }
  await page.goto(`${server.base}/fr/help`);
  check('copies in other languages are told of', await page.locator('#copy button').nth(1).isVisible() && (await kept()) === '2,2', await kept());
  check('and one in this language can be kept beside them', await page.locator('#copy button').nth(0).isVisible());
  await page.locator('#copy button').nth(1).click();
  await page.locator('#copy span span').nth(1).waitFor();
  check('one button removes those of every language', (await kept()) === '0,0', await kept());
  await context.close();
}

// Hostile forms: the page takes nothing. What is sent to it is written nowhere.
const canary = 'canary-country-7781';
const bodies = ['', `country=${canary}`, `country=${'%00'.repeat(99)}${canary}`, `${canary}=`.repeat(900), `a[]=${canary}&__proto__=1`, Buffer.from([0xff, 0xfe, 0, ...Buffer.from(canary)]), `${canary}`.repeat(6000)];
for (const [i, body] of bodies.entries()) {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
    const r = await ask('/en/help', { method: 'POST', body, headers: { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) } }).catch(() => ({ status: 0 }));
    check(`form ${i} as ${type} is refused`, [400, 405, 413, 0].includes(r.status), `${r.status}`);
  }
}
for (const odd of [`?country=${canary}`, `?${'a=1&'.repeat(40)}`, `?on=${canary}`, `/${canary}`])
  check(`/en/help${odd.slice(0, 20)} does no harm`, [200, 400, 404].includes((await ask(`/en/help${odd}`)).status));
check('the page is whole afterwards', (await ask('/en/help')).body.includes('tel:8005533000'));
const files = (folder) => readdirSync(folder).flatMap((n) => { const f = join(folder, n); return statSync(f).isDirectory() ? files(f) : statSync(f).isFile() ? [f] : []; });
const holding = files(server.folder).filter((f) => readFileSync(f).includes(canary));
check('no file of the server holds what was sent', holding.length === 0, holding.join(' '));
check('nor does its log', !server.log().includes(canary));

// Why nothing is sent by a form: answered with 200 under its own address, each one still adds a line of history.
const form = createServer((q, s) => { s.setHeader('Content-Type', 'text/html'); s.setHeader('Cache-Control', 'no-store');
  s.end('<!doctype html><html lang="en"><title>x</title><form method="post" action="/x"><button name="a" value="1">go</button></form>'); });
await new Promise((done) => form.listen(0, '127.0.0.1', done));
const form_base = `http://127.0.0.1:${form.address().port}`;
for (const scripts of [true, false]) {
  const context = await browser.newContext({ javaScriptEnabled: scripts });
  const page = await context.newPage(), cdp = await context.newCDPSession(page);
  await page.goto(`${form_base}/x`);
  for (let i = 0; i < 3; i++) { await page.click('button'); await page.waitForLoadState(); await wait(100); }
  const lines = (await cdp.send('Page.getNavigationHistory')).entries.filter((e) => e.url !== 'about:blank').length;
  check(`Chromium ${scripts ? 'with' : 'without'} scripts: a form to its own address adds a line each time`, lines === 4, `${lines} lines`);
  await context.close();
}
await browser.close();

for (const scripts of firefox ? [true, false] : []) {
  const with_scripts = scripts ? 'with scripts' : 'without scripts';
  const f = await startFirefox({ scripts });
  const history = async () => (await f.history()).map(([u]) => u.replace(server.base, '')).filter((u) => u !== 'about:blank').join(' ');
  await f.open(`${server.base}/en/help`);
  await f.click('details[name=r] > summary', 1);
  await f.click('details[open] details > summary', 2);
  await f.click('details[name=r] > summary', 2);
  check(`Firefox ${with_scripts}: the journey is one line of history`, (await history()) === '/en/help', await history());
  check(`Firefox ${with_scripts}: under a title that says nothing`, (await f.history()).some(([, t]) => t === 'Useful phone numbers'));
  await f.click('nav a', 1);
  await wait(800);
  check(`Firefox ${with_scripts}: another language`, (await history()) === (scripts ? '/fr/help' : '/en/help /fr/help'), await history());
  await f.click('.exit').catch(() => {}); // there may be no network
  await wait(1200);
  const after = await history();
  check(`Firefox ${with_scripts}: the way out leads away`, after.endsWith('https://www.wikipedia.org/') && (!scripts || !after.includes('help')), after);
  await f.open(`${form_base}/x`);
  const before = (await f.history()).length;
  for (let i = 0; i < 3; i++) { await f.click('button'); await wait(400); }
  check(`Firefox ${with_scripts}: a form to its own address adds a line each time`, (await f.history()).length === before + 3, `${(await f.history()).length - before} lines`);
  await f.close();
}
if (!firefox) for (const what of ['with scripts', 'without scripts']) skip(`Firefox ${what}: history of the page of help (firefox-esr is not installed)`);

form.close();
check('the server ends well', (await server.stop()) === 0, server.log());
close();
