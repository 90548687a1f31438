// Estimates, as an analyst and a second person make them: a table, a run that survives a restart, exactly what the public
// will see, the public page, a withdrawal. With and without scripts, in English and in Arabic.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { password } from './account.mjs';
import { startChromium } from './browser.mjs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';
import { checkTwin } from './twin.mjs';
import { totp } from './totp.mjs';

const shots = process.env.SHOTS;
const browser = await startChromium();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const kosovo = readFileSync('test/measure/tables/mse_Kosovo.csv');
const two = Buffer.from('OSCE,HRW,count\n1,0,2407\n0,1,1493\n1,1,500\n'); // made at once; the longer one is for what happens meanwhile
const wait = (s) => new Promise((r) => setTimeout(r, s * 1000));

for (const [lang, scripts] of [['en', true], ['ar', false]]) {
  const say = `${lang}, ${scripts ? 'with' : 'without'} scripts`;
  const server = await startServer();
  const base = server.base.replace('127.0.0.1', 'localhost');
  const at = ['--db', `sqlite:${server.folder}/b.db`, '--var', server.folder];
  const run = (...words) => execFileSync('build/blueheart', [...words, ...at], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  let shot = 0;

  const visit = async (name) => {
    const link = run('user', 'add', name, `${name}@example.org`, 'analyst').trim().split('\n').pop();
    const context = await browser.newContext({ javaScriptEnabled: scripts, bypassCSP: true, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage(), noise = [];
    page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) noise.push(m.text()); });
    await page.goto(`${base}/${lang}${new URL(link).pathname.slice(3)}`);
    for (const field of ['password', 'password_again']) await page.fill(`[name=${field}]`, password);
    await page.locator('main form button').first().click();
    await page.locator('form[action$="/account/app"] button').click();
    await page.fill('[name=code]', totp(await page.locator('main code').innerText()));
    await page.locator('main form button').first().click();
    const go = (path) => page.goto(path.startsWith('http') ? path : `${base}/${lang}${path}`);
    const text = async () => (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    const look = async (what) => {
      if (!shots) return;
      mkdirSync(shots, { recursive: true });
      const name = `${shots}/${lang}-${String(++shot).padStart(2, '0')}-${what}`;
      await page.screenshot({ path: `${name}.png`, fullPage: true });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.screenshot({ path: `${name}-360.png`, fullPage: true });
      await page.setViewportSize({ width: 1280, height: 800 });
    };
    const fits = async (what) => {
      await page.setViewportSize({ width: 320, height: 640 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      check(`${say}: ${what} fits 320 px`, wide <= 320, `${wide} px`);
      if (scripts) {
        await page.evaluate(axe);
        const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'] }), tags);
        check(`${say}: ${what}: axe finds nothing`, found.violations.length === 0,
          found.violations.map((v) => `${v.id}: ${v.nodes.length} x ${v.nodes[0].html.slice(0, 160)}`).join('\n  '));
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    };
    return { context, page, noise, go, text, look, fits };
  };
  const lea = await visit('lea'), ben = await visit('ben');
  const until = async (who, address, holds, most) => {
    for (let i = 0; i < most * 2; i++) {
      await who.go(`${address}?still=1`);
      if (await holds()) return true;
      await wait(0.5);
    }
    return false;
  };

  // A table that cannot be read is refused where it goes wrong, and nothing typed is lost.
  await lea.go('/desk/studies');
  await lea.look('studies');
  await lea.page.locator('main a.button').first().click();
  await lea.page.fill('[name=title]', 'Deaths in Kosovo');
  await lea.page.selectOption('[name=iso3]', 'SRB');
  await lea.page.fill('[name=place]', 'Kosovo');
  await lea.page.fill('[name=first_day]', '1999-03-20');
  await lea.page.fill('[name=last_day]', '1999-06-22');
  await lea.page.fill('[name=counted]', 'People killed, as the four lists have them');
  await lea.page.fill('[name=words]', 'a,b,count\n1,0,12\n1,x,3\n');
  await lea.look('new');
  await lea.page.locator('main form button.main').click();
  check(`${say}: a bad cell is named by its line, and what was typed stays`, /[3٣]/.test(await lea.page.locator('[role=alert]').innerText())
    && await lea.page.inputValue('[name=place]') === 'Kosovo' && (await lea.page.inputValue('[name=words]')).includes('1,x,3'));
  await lea.look('refused');
  await lea.fits('the form');
  await lea.page.setInputFiles('[name=file]', { name: 'kosovo.csv', mimeType: 'text/csv', buffer: scripts ? kosovo : two });
  await lea.page.locator('main form button.main').click();
  const study = lea.page.url().split('?')[0];
  check(`${say}: before any number the table is shown`, (await lea.page.locator('table').first().innerText()).includes('OSCE')
    && await lea.page.locator('.report').count() === 0);
  await lea.look('before');
  await lea.fits('a study');

  // It survives a restart; another is cancelled.
  const ask = async (resamples) => {
    await lea.page.check(`[name=resamples][value="${resamples}"]`);
    await lea.page.locator('form[action$="/ask"] button.main').click();
  };
  if (scripts) {
    await ask(10000);
    check(`${say}: it waits or runs, and the page looks again by itself`, await lea.page.locator('form[action$="/cancel"]').count() === 1);
    check(`${say}: how far it is can be seen`, await until(lea, study, async () => await lea.page.locator('progress').count() === 1, 8));
    await lea.look('runs');
    await server.restart();
    check(`${say}: after a restart it is taken up again`, await until(lea, study, async () => await lea.page.locator('progress').count() === 1, 8));
    const measurer = () => readFileSync(`/proc/${server.child.pid}/task/${server.child.pid}/children`, 'utf8').trim().split(/\s+/)
      .find((pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[16] === '19');
    const killed = measurer();
    process.kill(Number(killed), 'SIGKILL');
    check(`${say}: killed, the process that makes it comes back and goes on`, await until(lea, study, async () =>
      await lea.page.locator('progress').count() === 1 && measurer() && measurer() !== killed, 10));
    await lea.page.locator('form[action$="/cancel"] button').click();
    check(`${say}: cancelled, it ends at once`, await until(lea, study, async () => await lea.page.locator('form[action$="/ask"]').count() === 1
      && await lea.page.locator('.report').count() === 0, 8));
  }
  await ask(1000);
  check(`${say}: the estimate comes to its end`, await until(lea, study, async () => await lea.page.locator('.report').count() === 1, 40));
  await lea.look('done');
  await lea.fits('a result');

  // What the public will see, put forward by one.
  await lea.go(`${study}/publish`);
  await lea.look('publish');
  await lea.fits('the preview');
  const preview = await lea.page.locator('.card').textContent();
  check(`${say}: the preview has no name of an agency and no exact overlap`, !/OSCE|HRW/.test(preview)
    && !/[1١],?[٬,]?(528|786|993|٥٢٨|٧٨٦|٩٩٣)|\b(403|478)\b|٤٠٣|٤٧٨/.test(preview), preview.slice(0, 300));
  await lea.page.fill('[name=title]', 'Killed in Kosovo, spring 1999');
  await lea.page.fill('[name=series]', 'kosovo-1999');
  await lea.page.fill('[name=remark]', 'Four lists, as published by their authors.');
  await lea.page.locator('button[value=look]').click();
  check(`${say}: looking again loses nothing`, await lea.page.inputValue('[name=series]') === 'kosovo-1999');
  await lea.page.locator('button[value=put]').click();
  const edition = lea.page.url().split('?')[0];
  check(`${say}: nobody agrees to their own`, edition.includes('/editions/') && await lea.page.locator('form[action$="/agree"]').count() === 0, edition);
  await lea.go('/numbers/estimates/kosovo-1999');
  check(`${say}: and nothing is public yet`, !(await lea.page.content()).includes('Killed in Kosovo'));

  // The second person sees the same and agrees.
  await ben.go('/desk');
  check(`${say}: it waits on the second person's first page`, await ben.page.locator('.waits a[href$="/desk/studies"]').count() === 1);
  await ben.go(edition);
  await ben.look('second');
  await ben.fits('the second person\'s page');
  await ben.page.locator('form[action$="/agree"] button').click();
  check(`${say}: the second person publishes it`, ben.page.url().includes('done=published'), ben.page.url());

  await ben.go('/numbers/estimates');
  await ben.look('estimates');
  await ben.page.locator('article a').click();
  await ben.look('public');
  await ben.fits('the public page');
  const shown = await ben.text();
  check(`${say}: the public page has the title, the picture and every edition`, shown.includes('Killed in Kosovo')
    && await ben.page.locator('figure svg').count() === 1 && await ben.page.locator('#editions').count() === 1);
  check(`${say}: observed comes before estimated`, shown.search(/4,?400|٤٬٤٠٠/) >= 0 && shown.search(/4,?400|٤٬٤٠٠/) < shown.search(/1[0-9],000|١[٠-٩]٬٠٠٠/), shown.slice(0, 400));
  const twin = await checkTwin(base, '/numbers/estimates/{estimate}', '/numbers/estimates/kosovo-1999');
  check(`${say}: neither the twin nor the file holds anything exact`, !/OSCE|1131|"403"/.test(twin)
    && !/1131|OSCE/.test(await (await fetch(`${base}/data/numbers/estimates.csv`)).text()));

  // Withdrawn by one, at once; its page stays.
  await ben.go(edition);
  await ben.page.locator('main details summary').last().click();
  await ben.page.selectOption('[name=why]', 'table');
  await ben.page.locator('form[action$="/withdraw"] button').click();
  await ben.go('/numbers/estimates/kosovo-1999');
  await ben.look('withdrawn');
  check(`${say}: withdrawn, the page says so and shows no number`, await ben.page.locator('.callout').count() >= 1 && await ben.page.locator('.report').count() === 0);

  const noise = [lea, ben].flatMap((v) => v.noise);
  check(`${say}: nothing is complained of`, noise.length === 0, noise.join('; '));
  check(`${say}: the trail is whole`, !/BAD|changed|missing/.test(run('check')));
  for (const v of [lea, ben]) await v.context.close();
  check(`${say}: the server ends well`, (await server.stop()) === 0, server.log());
}
await browser.close();
close();
