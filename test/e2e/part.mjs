// Pledging and following, from the hub to the letter box and back: with scripts and without, in English and in Arabic, on a narrow phone.
import { startChromium } from './browser.mjs';
import { check, close } from './count.mjs';
import { link_in, startPost } from './letters.mjs';
import { startServer } from './server.mjs';

const post = await startPost();
const server = await startServer('build/blueheart', post.options);
const site = server.base.replace('127.0.0.1', 'localhost');
const browser = await startChromium();
process.on('exit', () => { post.end(); server.child.kill(); });
const wait = (ms) => new Promise((r) => setTimeout(r, ms));

async function phone(scripts) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: scripts });
  const page = await context.newPage();
  page.said = [];
  page.on('console', (m) => page.said.push(m.text()));
  page.on('pageerror', (e) => page.said.push(`${e}`));
  return page;
}
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth).catch(() => null);

async function pledge(lang, scripts, who) {
  const name = `${lang}${scripts ? '' : ', no scripts'}`, mail = `${who}@example.org`, page = await phone(scripts);
  await page.goto(`${site}/${lang}/take-part`);
  await page.click(`main a[href="/${lang}/pledge"]`);
  await page.click(`main a[href="/${lang}/pledge/pupil"]`);
  if (scripts) check(`${name}: the form fits 320 px`, await fits(page));
  await page.check('[value=p-signs]');
  await page.check('[value=p-offer]');
  await page.fill('[name=name]', 'Ana');
  await page.fill('[name=mail]', mail);
  const begun = Date.now();
  if (!scripts) await wait(3100); // who has no scripts pays by time
  await page.click('[name=deed][value=send]');
  await page.waitForURL('**/pledge/sent');
  check(`${name}: sent`, true);
  if (scripts) check(`${name}: the price was work, not waiting`, Date.now() - begun < 2500, `${Date.now() - begun} ms`);
  const letter = await post.next(mail);
  check(`${name}: the mail says neither pledge nor heart in its subject`, !/^Subject:.*(pledge|heart)/im.test(letter));
  await page.goto(`${site}${link_in(letter, '/pledge/confirm/')}`);
  await page.locator('main form button.main').click();
  check(`${name}: the card greets by name`, (await page.locator('.pledge-card').innerText()).includes('Ana'));
  check(`${name}: the reading runs as it should`, (await page.getAttribute('html', 'dir')) === (lang === 'ar' ? 'rtl' : 'ltr'));
  await page.goto(`${site}${link_in(letter, '/pledge/confirm/')}`);
  check(`${name}: and only once`, !(await page.locator('.pledge-card').innerText()).includes('Ana'));
  check(`${name}: no cookie`, (await page.context().cookies()).length === 0);
  check(`${name}: no complaint of the browser`, page.said.length === 0, page.said.join('\n'));
  await page.context().close();
}

async function follow(lang, scripts, who) {
  const name = `following, ${lang}${scripts ? '' : ', no scripts'}`, mail = `${who}@example.org`, page = await phone(scripts);
  await page.goto(`${site}/${lang}/follow`);
  await page.selectOption('[name=country]', 'MEX');
  await page.fill('[name=mail]', mail);
  if (!scripts) await wait(3100);
  await page.click('form.desk-form button.main');
  await page.waitForURL('**/follow/sent');
  const letter = await post.next(mail), own = link_in(letter, '/follow/own/');
  await page.goto(`${site}${own}`);
  await page.locator('[name=deed][value=on]').click();
  await page.locator('[name=deed][value=stop]').waitFor();
  const stop = await fetch(`${server.base}/follow/stop/${own.split('/').pop()}`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
  check(`${name}: one press in a mail program is taken`, stop.status === 200);
  check(`${name}: and nothing is left`, (await fetch(`${server.base}${own}`)).status === 404);
  check(`${name}: no complaint of the browser`, page.said.length === 0, page.said.join('\n'));
  await page.context().close();
}

// A form's price is paid once, for that form: work of another form, an old one and none at all are told apart from good.
async function prices() {
  const form = async (path) => {
    const text = await (await fetch(`${server.base}${path}`)).text();
    return Object.fromEntries([...text.matchAll(/name="(token|price)" value="([^"]+)"/g)].map((m) => [m[1], m[2]]));
  };
  const send = (path, fields) => fetch(`${server.base}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) }).then((r) => r.status);
  const { createHash } = await import('node:crypto');
  const work = ({ token, price }, right = true) => {
    for (let n = 0; ; n++) {
      const hash = createHash('sha256').update(`${token}.${price}.${n}`).digest();
      if ((Math.clz32(hash.readUInt32BE(0)) >= parseInt(price, 10)) === right) return `${n}`;
    }
  };
  const words = (n) => ({ will: 'p-signs', mail: `price${n}@example.org`, deed: 'send' });
  const a = await form('/en/pledge/pupil'), paid = work(a);
  check('work that is done is taken at once', (await send('/en/pledge/pupil', { ...words(1), ...a, paid })) === 303);
  check('but not twice for other words', (await send('/en/pledge/pupil', { ...words(2), ...a, paid })) === 422);
  const b = await form('/en/pledge/pupil');
  check('work that is not done is refused', (await send('/en/pledge/pupil', { ...words(3), ...b, paid: work(b, false) })) === 422);
  const cheap = { ...b, price: b.price.replace(/^\d+/, '12').replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')) };
  check('a price of one\'s own making is refused', (await send('/en/pledge/pupil', { ...words(4), ...cheap, paid: work(cheap) })) === 422);
  const c = await form('/en/follow');
  check('work for another form is refused', (await send('/en/pledge/pupil', { ...words(5), ...c, paid: work(c) })) === 422);
  check('no work and no patience is refused', (await send('/en/pledge/pupil', { ...words(6), token: b.token })) === 422);
}

await Promise.all([pledge('en', true, 'ana'), pledge('ar', false, 'rim'), prices()]);
await Promise.all([pledge('ar', true, 'lin'), follow('fr', true, 'luc'), follow('ar', false, 'sam')]);

await browser.close();
check('the server ends well', (await server.stop()) === 0, server.log());
post.end();
close();
