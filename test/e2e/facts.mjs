// Statements at the desk, as an editor, an analyst and a state's focal point do it: entered, corrected by two, a table
// brought in as it was shown, a reply released. With and without scripts, in English and in Arabic.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';
import { totp } from './totp.mjs';

const password = 'lamp violet oyster drum', shots = process.env.SHOTS;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'] });

for (const [lang, scripts] of [['en', true], ['ar', false]]) {
  const say = `${lang}, ${scripts ? 'with' : 'without'} scripts`;
  const server = await startServer();
  const base = server.base.replace('127.0.0.1', 'localhost');
  const at = ['--db', `sqlite:${server.folder}/b.db`, '--var', server.folder];
  const run = (...words) => execFileSync('build/blueheart', [...words, ...at], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  const link = run('init', '--once', '--listen', server.base.slice(7)).trim().split('\n').pop();
  let shot = 0;

  const visit = async (address, name, mail) => {
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage(), noise = [];
    page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) noise.push(m.text()); });
    await page.goto(address.replace('127.0.0.1', 'localhost').replace('/en/', `/${lang}/`));
    await page.fill('[name=name]', name);
    if (await page.locator('[name=mail]:not([readonly])').count()) await page.fill('[name=mail]', mail);
    await page.fill('[name=password]', password);
    await page.fill('[name=password_again]', password);
    await page.locator('main form button').first().click();
    await page.locator('form[action$="/account/app"] button').click();
    await page.fill('[name=code]', totp(await page.locator('main code').innerText()));
    await page.locator('main form button').first().click();
    const go = (path) => page.goto(path.startsWith('http') ? path : `${base}/${lang}${path}`);
    const text = async () => (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    const look = async (what) => {
      if (!shots) return;
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: `${shots}/${lang}-${String(++shot).padStart(2, '0')}-${what}.png` });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.screenshot({ path: `${shots}/${lang}-${String(shot).padStart(2, '0')}-${what}-360.png`, fullPage: true });
      await page.setViewportSize({ width: 1280, height: 800 });
    };
    return { context, page, noise, go, text, look, name };
  };
  const ana = await visit(link, 'Ana', 'ana@example.org');
  const invite = async (name, mail, role, organisation) => {
    await ana.go('/desk/people');
    await ana.page.fill('main [name=name]', name);
    await ana.page.fill('main [name=mail]', mail);
    await ana.page.selectOption('main [name=role]', role);
    if (organisation) await ana.page.selectOption('main [name=organisation]', { label: organisation });
    await ana.page.locator('form[action$="/people/invite"] button').click();
    return visit(await ana.page.locator('input.wide').inputValue(), name, mail);
  };
  await ana.go('/desk/organisations');
  await ana.page.fill('[name=name]', 'Ministry of Justice');
  await ana.page.selectOption('[name=kind]', 'state');
  await ana.page.selectOption('[name=state]', 'FJI');
  await ana.page.locator('main form button').first().click();
  const ben = await invite('Ben', 'ben@example.org', 'editor');
  const lea = await invite('Lea', 'lea@example.org', 'analyst');
  const paula = await invite('Paula', 'paula@example.org', 'focal', 'Ministry of Justice');

  // What waits, and the lists behind it.
  await ben.go('/desk');
  await ben.look('home');
  check(`${say}: the first page says what is old or in doubt`, await ben.page.locator('.waits a[href*="/desk/facts/old/"]').count() >= 4);
  await ben.page.locator('.waits a[href$="/old/helplines"]').click();
  await ben.look('helplines');
  check(`${say}: helplines nobody checked are listed`, await ben.page.locator('.rows li').count() > 0);
  await ben.page.locator('.rows a').first().click();
  await ben.look('helpline');
  await ben.page.locator('form[action$="/look"] button').click();
  check(`${say}: one button says that it was read again`, ben.page.url().includes('done=looked'), ben.page.url());

  // Entering a statement with a source that is not there yet.
  await ben.go('/desk/facts');
  await ben.look('facts');
  await ben.go('/desk/facts?kind=commitments&subject=Mexico');
  await ben.look('list');
  await ben.go('/desk/facts/commitments/new?c0=FJI');
  await ben.look('new');
  await ben.page.selectOption('[name=c1]', 'unit');
  await ben.page.fill('[name=c2]', 'A unit of the police');
  await ben.page.fill('[name=c3]', '2019-13');
  await ben.page.locator('details summary').first().click();
  await ben.page.fill('[name=s_name]', 'Gazette of Fiji');
  await ben.page.fill('[name=s_url]', 'https://gazette.example/2019');
  await ben.page.selectOption('[name=s_grade]', 'official');
  await ben.page.locator('form.desk-form button.main').click();
  await ben.look('wrong');
  check(`${say}: a wrong day is marked, and what was typed stays`, await ben.page.inputValue('[name=c2]') === 'A unit of the police'
    && await ben.page.inputValue('[name=s_name]') === 'Gazette of Fiji' && await ben.page.locator('.alert').count() > 0);
  await ben.page.fill('[name=c3]', '2019');
  await ben.page.locator('form.desk-form button.main').click();
  check(`${say}: it is published`, ben.page.url().includes('done=published'), ben.page.url());
  const claim = ben.page.url().split('?')[0];
  await ben.go('/countries/FJI');
  check(`${say}: and seen by everybody`, (await ben.page.content()).includes('A unit of the police'));

  // What an official source says is changed by two.
  await ben.go(claim);
  await ben.page.fill('[name=c2]', 'Another unit');
  await ben.page.locator('form.desk-form button.main').click();
  check(`${say}: a change of what an official source says waits`, ben.page.url().includes('done=waits'), ben.page.url());
  check(`${say}: nobody agrees to their own`, await ben.page.locator('form[action$="/agree"]').count() === 0);
  await lea.go('/desk/facts/second');
  await lea.look('second');
  await lea.page.locator('form[action$="/agree"] button').click();
  await lea.go('/countries/FJI');
  const profile = await lea.page.content();
  check(`${say}: the second person publishes it`, profile.includes('Another unit') && !profile.includes('A unit of the police'));

  // A table, as a file: shown first, then exactly that.
  await lea.go('/desk/facts/import');
  await lea.page.selectOption('[name=kind]', 'commitments');
  await lea.page.setInputFiles('[name=file]', { name: 'c.csv', mimeType: 'text/csv',
    buffer: Buffer.from('iso3,predicate,value,from,to,source,note\nTON,unit,A unit of Tonga,2020,,gazette-of-fiji,\n') });
  await lea.look('import');
  await lea.page.locator('main form button.main').click();
  await lea.look('preview');
  check(`${say}: an import is shown before it is done`, (await lea.page.content()).includes('A unit of Tonga'));
  await lea.page.locator('form[action$="/do"] button').click();
  check(`${say}: and then done`, lea.page.url().includes('done=imported'), lea.page.url());

  // The state replies; an editor releases it unchanged.
  await paula.go('/desk/replies?kind=commitments');
  await paula.look('replies');
  await paula.page.locator('a.button[href*="/replies/new"]').first().click();
  await paula.page.fill('[name=speaker]', 'Ministry of Justice');
  if (!await paula.page.locator('[name=t0]').isVisible()) await paula.page.locator('summary').first().click();
  await paula.page.fill('[name=t0]', 'The unit has a staff of twelve.\nIt works since 2018.');
  await paula.look('reply');
  await paula.page.locator('main form button.main').click();
  check(`${say}: a reply waits for somebody else`, paula.page.url().includes('done=handed')
    && await paula.page.locator('form[action$="/release"]').count() === 0, paula.page.url());
  await ben.go('/desk/facts/replies');
  await ben.look('release');
  await ben.page.locator('form[action$="/release"] button').click();
  await ben.go('/countries/FJI');
  await ben.page.locator('a.tag[href$="#replies"]').first().click();
  await ben.look('claim');
  check(`${say}: the reply stands beside the statement`, (await ben.page.locator('#replies').innerText()).includes('a staff of twelve'));
  check(`${say}: and is exported like the rest`, run('export', 'replies').includes('a staff of twelve'));

  for (const path of ['/desk/facts', '/desk/facts?kind=helplines', '/desk/facts/helplines/new', '/desk/facts/second', '/desk/facts/sources', '/desk/facts/import']) {
    await ben.page.setViewportSize({ width: 320, height: 640 });
    await ben.go(path);
    const wide = await ben.page.evaluate(() => document.documentElement.scrollWidth);
    check(`${say}: ${path} fits 320 px`, wide <= 320, `${wide} px`);
  }
  const noise = [ana, ben, lea, paula].flatMap((v) => v.noise);
  check(`${say}: nothing is complained of`, noise.length === 0, noise.join('; '));
  check(`${say}: the trail is whole`, !/BAD|changed|missing/.test(run('check')));
  for (const v of [ana, ben, lea, paula]) await v.context.close();
  await server.stop();
}
await browser.close();
close();
