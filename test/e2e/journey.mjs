// A picture and the news it belongs to, by two editors in a browser: brought in, described, agreed to, published, placed in an
// article, seen by everybody, and withdrawn: then it is nowhere any more. With scripts, and without in Arabic.
import { execFileSync } from 'node:child_process';
import { crc32, deflateSync } from 'node:zlib';
import { startChromium } from './browser.mjs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';
import { totp } from './totp.mjs';

const password = 'lamp violet oyster drum';
const browser = await startChromium();

const chunk = (name, body) => { const all = Buffer.concat([Buffer.from(name), body]), n = Buffer.alloc(4), sum = Buffer.alloc(4); n.writeUInt32BE(body.length); sum.writeUInt32BE(crc32(all)); return Buffer.concat([n, all, sum]); };
const photo = (() => { // 700 by 500 pixels, blue below and light above
  const rows = Buffer.alloc(500 * 2101), head = Buffer.alloc(13);
  for (let y = 0; y < 500; y++) for (let x = 0; x < 700; x++) rows.set(y < 250 ? [207, 230, 245] : [18, 99, 163], y * 2101 + 1 + x * 3);
  head.writeUInt32BE(700, 0); head.writeUInt32BE(500, 4); head[8] = 8; head[9] = 2;
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
})();

for (const [lang, scripts] of [['en', true], ['ar', false]]) {
  const say = `${lang}, ${scripts ? 'with' : 'without'} scripts`;
  const server = await startServer();
  const base = server.base.replace('127.0.0.1', 'localhost');
  const text = async (path) => (await fetch(`${base}${path}`)).text();
  const enter = async (name) => {
    const link = execFileSync('build/blueheart', ['user', 'add', name, `${name.toLowerCase()}@example.org`, 'editor', '--db', `sqlite:${server.folder}/b.db`,
      '--var', server.folder, '--listen', server.base.slice(7)], { stdio: ['ignore', 'pipe', 'pipe'] }).toString().trim().split('\n').pop();
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.goto(link.replace('127.0.0.1', 'localhost').replace('/en/', `/${lang}/`));
    for (const field of ['password', 'password_again']) await page.fill(`[name=${field}]`, password);
    await page.locator('main form button').first().click();
    await page.locator('form[action$="/account/app"] button').click();
    await page.fill('[name=code]', totp(await page.locator('main code').innerText()));
    await page.locator('main form button').first().click();
    return page;
  };
  const ben = await enter('Ben'), cleo = await enter('Cleo');

  // A picture of a person comes in.
  await ben.goto(`${base}/${lang}/desk/pictures`);
  await ben.setInputFiles('[name=file]', { name: 'IMG_0001.png', mimeType: 'image/png', buffer: photo });
  const bring = ben.locator('form:has([name=kind][value=picture])');
  await bring.locator('[name=credit]').fill('Ben Example');
  await bring.locator('[name=licence]').selectOption('own');
  await bring.locator('button').click();
  const item = ben.url().replace(/\?.*/, ''), name = /picture:([0-9a-z]{24})/.exec(await ben.content())?.[1];
  check(`${say}: a picture comes in`, !!name, ben.url());
  const facts = ben.locator('form[action$="/facts"]');
  if (await facts.locator('select[name=people]').count()) await facts.locator('[name=people]').selectOption('1');
  else if (await facts.locator('[name=people][type=radio]').count()) await facts.locator('[name=people][value="1"]').check();
  else await facts.locator('[name=people]').fill('1');
  await facts.locator('button').first().click();
  const words = ben.locator('form[action$="/words"]');
  await words.locator('[name=alt]').first().fill('A river at noon');
  await words.locator('button').first().click();
  await cleo.goto(item);
  check(`${say}: nobody shows a person who did not agree`, await cleo.locator('form[action$="/publish"]').count() === 0);
  await ben.goto(item);
  const agree = ben.locator('form[action$="/agreed"]');
  if (!(await agree.isVisible())) await ben.locator('details:has(form[action$="/agreed"]) summary').click();
  await agree.locator('[name=reference]').fill('P-1');
  if (await agree.locator('[name=count]').count()) await agree.locator('[name=count]').fill('1');
  await agree.locator('[name=scope][value=site]').check();
  await agree.locator('[name=given]').fill('2026-01-10');
  await agree.locator('[name=expires]').fill('2035-01-10');
  await agree.locator('button').first().click();
  await cleo.goto(item);
  await cleo.locator('form[action$="/publish"] button').click();
  check(`${say}: another person shows it once somebody agreed`, (await fetch(`${base}/pictures/${name}/320.webp`)).status === 200);

  // News with it.
  await ben.goto(`${base}/${lang}/desk/new-text`);
  await ben.fill('[name=title]', 'A river at noon');
  await ben.fill('[name=slug]', 'a-river-at-noon');
  await ben.selectOption('[name=language]', 'en');
  await ben.locator('main form .main').click();
  await ben.fill('.edit-form [name=summary]', 'What a river carries.');
  await ben.fill('.edit-form [name=body]', `Words before.\n\n![](picture:${name})\n\nWords after.`);
  await ben.locator('.edit-form [name=act][value=ask]').click();
  await cleo.goto(`${base}/${lang}/desk/texts/a-river-at-noon/en/review`);
  if (await cleo.locator('[name=is_read]').count()) await cleo.check('[name=is_read]');
  if (await cleo.locator('form[action$="/publish"] [name=reader]').count()) await cleo.fill('form[action$="/publish"] [name=reader]', 'Cleo Reader');
  await cleo.locator('form[action$="/publish"] .main').click();
  const article = () => text('/en/news/a-river-at-noon');
  check(`${say}: the article shows the picture with its words`, /<figure[\s\S]*A river at noon/.test(await article()) && (await article()).includes(`/pictures/${name}/320.webp`));
  check(`${say}: it is in the news, the feed, the search`, (await text('/en/news')).includes('a-river-at-noon') && (await text('/feed.atom?lang=en')).includes(name) &&
    (await text('/en/search?q=river+noon')).includes('a-river-at-noon'));

  // Withdrawn.
  await cleo.goto(item);
  const end = cleo.locator('form[action$="/withdraw"]');
  if (!(await end.isVisible())) await cleo.locator('details:has(form[action$="/withdraw"]) summary').click();
  await end.locator('[name=why]').selectOption('consent');
  await end.locator('button').click();
  const gone = await fetch(`${base}/pictures/${name}/320.webp`);
  check(`${say}: its address says that it was withdrawn`, gone.status === 410, gone.status);
  check(`${say}: the article shows nothing broken`, !(await article()).includes('<figure') && (await article()).includes('Words before.') && (await article()).includes('Words after.'));
  check(`${say}: no feed has it`, !(await text('/feed.atom?lang=en')).includes(name) && !(await text('/feed.rss?lang=en')).includes(name) && !(await text('/feed.json?lang=en')).includes(name));
  const said = execFileSync('build/blueheart', ['check', '--db', `sqlite:${server.folder}/b.db`, '--var', server.folder]).toString();
  check(`${say}: the trail of all that is whole`, /trail: the newest entry is \d+/.test(said), said.slice(-300));
  await server.stop();
}
await browser.close();
close();
