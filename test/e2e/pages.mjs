// Every page in a real browser: nothing overflows, axe finds nothing, nothing leaves this host, little is sent.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { startChromium } from './browser.mjs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const languages = ['en', 'fr', 'es', 'ar', 'ru', 'zh'];
const pages = readFileSync(new URL('addresses.txt', import.meta.url), 'utf8').trim().split('\n');

const server = await startServer();
const browser = await startChromium();

const claim = (await (await fetch(`${server.base}/en/countries/MEX`)).text()).match(/\/en(\/claims\/[a-z0-9]+)/)[1];

async function walk(context, url, width) {
  const page = await context.newPage();
  const requests = [], noise = [];
  page.on('request', (r) => requests.push(r.url()));
  page.on('console', (m) => { if (m.type() === 'error' && !m.text().includes('404')) noise.push(m.text()); });
  page.on('pageerror', (e) => noise.push(String(e)));
  const sizes = [];
  page.on('requestfinished', async (r) => { const s = await r.sizes().catch(() => null); if (s) sizes.push(s.responseBodySize + s.responseHeadersSize); });
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(20);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return { page, requests, noise, sizes, wide, width };
}

// What is looked at follows the day, so that a week sees all of it: every page in English, and in Arabic or in one of the other
// languages. FULL=1: every page in every language.
const isFull = Boolean(process.env.FULL);
const day = Math.floor(Date.now() / 86400000);
const turn = (lang, i) => isFull || lang === 'en' || (lang === 'ar' ? (i + day) % 2 === 0 : languages.indexOf(lang) % 4 === i % 4 && (i + day) % 2 === 1);
const all = [...pages, claim];

const fits = (r, where) => check(`${where} fits ${r.width} px`, r.wide <= 0, `${r.wide} px too wide`);

// On a narrow phone: nothing is cut off, nothing is fetched from elsewhere. Arabic is looked at below.
{
  const context = await browser.newContext({ viewport: { width: 320, height: 800 } });
  for (const lang of languages.filter((l) => l !== 'ar')) {
    for (const path of all.filter((_, i) => turn(lang, i))) {
      const r = await walk(context, `${server.base}/${lang}${path}`, 320);
      fits(r, `/${lang}${path}`);
      check(`/${lang}${path} says nothing bad to the console`, r.noise.length === 0, r.noise.join('; '));
      check(`/${lang}${path} asks only this host`, r.requests.every((u) => u.startsWith(server.base)), r.requests.join(' '));
      await r.page.close();
    }
  }
  await context.close();
}

// A first visit: a fresh browser each time, at most 60 KB in at most 6 requests, and nothing kept.
for (const path of all.filter((_, i) => turn('ar', i))) {
  const context = await browser.newContext({ viewport: { width: 320, height: 800 } });
  const r = await walk(context, `${server.base}/ar${path}`, 320);
  const bytes = r.sizes.reduce((a, b) => a + b, 0);
  fits(r, `/ar${path}`);
  check(`first visit to ${path}: nothing bad to the console`, r.noise.length === 0, r.noise.join('; '));
  check(`first visit to ${path}: only this host`, r.requests.every((u) => u.startsWith(server.base)), r.requests.join(' '));
  check(`first visit to ${path}: at most 6 requests`, r.requests.length <= 6, `${r.requests.length}`);
  check(`first visit to ${path}: at most 60 KB`, bytes <= 60 * 1024, `${bytes} bytes`);
  check(`first visit to ${path}: no cookie`, (await context.cookies()).length === 0);
  await context.close();
}

// axe, light and dark: a third of the pages in English and of the half in Arabic a day, and one of the other languages, in turn.
const looks = [['en', 1280, 'light'], ['ar', 360, 'dark'], ['zh', 1280, 'dark'], ['fr', 360, 'light'], ['es', 1280, 'light'], ['ru', 360, 'dark']];
for (const [lang, width, scheme] of looks.filter((_, i) => isFull || i < 2 || i % 4 === day % 4)) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme, bypassCSP: true });
  const share = { en: 3, ar: 3 }[lang] ?? 1;
  for (const path of all.filter((_, i) => turn(lang, i) && (isFull || Math.floor(i / 2 + day) % share === 0))) {
    const r = await walk(context, `${server.base}/${lang}${path}`, width), { page } = r;
    fits(r, `/${lang}${path} (${scheme})`);
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    const words = found.violations.map((v) => `${v.id}: ${v.nodes.length} x ${v.nodes[0].html.slice(0, 160)}`);
    check(`axe finds nothing on /${lang}${path} (${scheme})`, words.length === 0, words.join('\n  '));
    await page.close();
  }
  await context.close();
}

// By keyboard, without JavaScript: the way out is first, the content is one key away, the filters work.
{
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${server.base}/en/countries`);
  const focused = async () => (await page.locator(':focus').first().innerText()).trim();
  await page.keyboard.press('Tab');
  check('the first key leads to the way out', (await focused()) === 'Leave this page now', await focused());
  await page.keyboard.press('Tab');
  check('the second leads to the content', (await focused()) === 'To the content', await focused());
  await page.selectOption('select[name=region]', '019');
  await page.locator('button', { hasText: 'Show' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/region=019/);
  check('filters work by keyboard without scripts', (await page.locator('table.states tbody tr').count()) === 35,
    `${await page.locator('table.states tbody tr').count()} states of the Americas`);
  await page.goto(`${server.base}/en/countries`);
  await page.locator('a[href="/en/countries/TUV"]').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/TUV/);
  check('a small state on the map is reached by keyboard', page.url().endsWith('/en/countries/TUV'));
  await context.close();
}

await browser.close();
check('the server ends well', (await server.stop()) === 0, server.log());
close();
