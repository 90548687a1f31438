// Every page of the desk as one person sees it who holds every role: in two scripts, narrow and wide, light and dark. Nothing
// is cut off, axe finds nothing, the browser has nothing to complain of. The addresses are those the program names itself.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';
import { totp } from './totp.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const password = 'lamp violet oyster drum', shots = process.env.SHOTS; // SHOTS: a folder for pictures of every page
if (shots) mkdirSync(shots, { recursive: true });
const server = await startServer(), base = server.base.replace('127.0.0.1', 'localhost');
const run = (...words) => execFileSync('build/blueheart', [...words, '--db', `sqlite:${server.folder}/b.db`, '--var', server.folder],
  { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'] });
const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
let noise = [];
page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) noise.push(m.text()); });
page.on('pageerror', (e) => noise.push(String(e)));

// One person, every role; something of each kind lies on the desk.
const enter = async (on, link) => {
  await on.goto(base + new URL(link.trim().split('\n').pop()).pathname);
  for (const field of ['password', 'password_again']) await on.fill(`[name=${field}]`, password);
  await on.locator('main form button').first().click();
  await on.locator('form[action$="/account/app"] button').click();
  await on.fill('[name=code]', totp(await on.locator('main code').innerText()));
  await on.locator('main form button').first().click();
};
await enter(page, run('user', 'add', 'Ana Example', 'ana@example.org', 'administrator'));
const ana_roles = ['editor', 'translator', 'moderator', 'officer', 'analyst', 'auditor'];
await page.goto(`${base}/en/desk/organisations`);
await page.fill('[name=name]', 'Ministry of Justice');
await page.selectOption('[name=kind]', 'state');
await page.selectOption('[name=state]', 'MEX');
await page.locator('main form button').first().click();
for (const role of ana_roles) run('user', 'role', 'ana@example.org', role);
const other = await browser.newContext(), ben = await other.newPage(); // nobody gives roles to themselves
await enter(ben, run('user', 'add', 'Ben Example', 'ben@example.org', 'administrator'));
await ben.goto(`${base}/en/desk/people`);
await ben.locator('main a', { hasText: 'Ana Example' }).first().click();
await ben.selectOption('form[action$="/give"] [name=role]', 'focal');
await ben.selectOption('form[action$="/give"] [name=organisation]', { label: 'Ministry of Justice' });
await ben.locator('form[action$="/give"] button').click();
await ben.goto(`${base}/en/desk/people`);
await ben.fill('main [name=name]', 'Cleo Example');
await ben.fill('main [name=mail]', 'cleo.with.a.rather.long.address@ministry.example.org');
await ben.selectOption('main [name=role]', 'translator');
await ben.locator('form[action$="/people/invite"] button').click();
await other.close();
await page.goto(`${base}/en/desk/new-text`);
await page.fill('[name=title]', 'A river at noon and what its boats carry on an ordinary day');
await page.fill('[name=slug]', 'a-river-at-noon');
await page.selectOption('[name=language]', 'en');
await page.locator('main form .main').click();
await page.fill('.edit-form [name=summary]', 'What a river carries.');
await page.fill('.edit-form [name=body]', 'Words before.\n\n- one\n- two');
await page.locator('.edit-form [name=act][value=ask]').click();
await page.goto(`${base}/en/desk/facts/import`);
await page.selectOption('[name=kind]', 'commitments');
await page.setInputFiles('[name=file]', { name: 'c.csv', mimeType: 'text/csv',
  buffer: Buffer.from('iso3,predicate,value,from,to,source,note\nTON,unit,A unit of Tonga,2020,,protocol,\nTON,unit,,20x0,,nowhere,\n') });
await page.locator('main form button.main').click();
const preview = new URL(page.url()).pathname.replace('/en', '');
await page.goto(`${base}/en/desk/replies?kind=parties`);
const reply = await page.locator('a[href*="/replies/new?"]').first().getAttribute('href').catch(() => null);

await page.goto(`${base}/en/desk/studies/new`);
for (const [field, value] of [['title', 'A port'], ['place', 'A town'], ['first_day', '2024-01-01'], ['last_day', '2024-12-31'], ['counted', 'Adults'],
  ['words', 'Police,Shelter,Labour inspectorate,count\n1,0,0,230\n0,1,0,120\n1,1,0,31\n0,1,1,3\n']]) await page.fill(`[name=${field}]`, value);
await page.locator('main form .main').click();
const study = new URL(page.url()).pathname.replace('/en', '');

const named = run('house').split('\n').map((l) => /^ +GET +\/LANG(\/desk\S*)/.exec(l)?.[1]).filter((p) => p && !p.includes(':'));
check('the program names its pages', named.length >= 25, named.join(' '));
const deep = ['/desk/facts?kind=helplines', '/desk/facts/helplines/new', '/desk/facts/old/helplines', preview, '/desk/texts/a-river-at-noon/en',
  '/desk/texts/a-river-at-noon/ar', '/desk/texts/a-river-at-noon/en/review', '/desk/texts/a-river-at-noon/en/history', '/desk/replies?kind=parties', study, `${study}/words`, `${study}/publish`,
  ...(reply ? [reply.replace(/^\/[a-z]+/, '')] : [])];
const refuses = { '/desk/replies/new': 422 }; // says that a reply needs a statement
// axe looks at every page twice; FULL=1: in every look.
const looks = [['en', 1280, 'light', true], ['ar', 1280, 'dark', false], ['ar', 320, 'dark', true], ['en', 320, 'light', false]];
const day = Math.floor(Date.now() / 86400000);
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const [lang, width, scheme, is_axed] of looks) {
  await page.setViewportSize({ width, height: width < 600 ? 740 : 800 });
  await page.emulateMedia({ colorScheme: scheme });
  for (const [i, path] of [...named, ...deep].entries()) {
    if (!is_axed && !process.env.FULL && (i + day) % 2) continue; // the other half tomorrow
    const say = `/${lang}${path} at ${width} px, ${scheme}`;
    noise = [];
    const answer = await page.goto(`${base}/${lang}${path}`);
    check(`${say} is there`, answer.status() < 400 || answer.status() === refuses[path], `${answer.status()}`);
    const seen = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth - innerWidth, tall: document.documentElement.scrollHeight,
      small: [...document.querySelectorAll('main :is(button, input:not([type=hidden]), select, summary)')].map((e) => [e.getBoundingClientRect(), e])
        .filter(([r, e]) => r.width && r.height && (r.height < 24 || r.width < 24) && !(e.matches('[type=checkbox], [type=radio]') && e.closest('label')))
        .map(([r, e]) => `${e.outerHTML.slice(0, 80)} ${Math.round(r.width)}x${Math.round(r.height)}`) }));
    check(`${say}: nothing is cut off`, seen.wide <= 0, `${seen.wide} px too wide`);
    check(`${say}: nothing is too small to hit`, seen.small.length === 0, seen.small.slice(0, 3).join('\n  '));
    if (is_axed || process.env.FULL) {
      await page.evaluate(axe);
      const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'] }), tags);
      check(`${say}: axe finds nothing`, found.violations.length === 0,
        found.violations.map((v) => `${v.id}: ${v.nodes.length} x ${v.nodes[0].html.slice(0, 160)}`).join('\n  '));
    }
    check(`${say}: the browser has nothing to complain of`, noise.length === 0, noise.join('; '));
    if (shots) {
      await page.screenshot({ path: `${shots}/${lang}-${width}-${scheme}${path.replace(/[^a-z0-9-]+/gi, '_')}.png`, fullPage: width < 600 });
      if (width > 600 && seen.tall > 810) console.error(`scrolls: ${path} ${seen.tall}`);
    }
  }
}

await browser.close();
check('the server ends well', (await server.stop()) === 0, server.log());
close();
