// News in two languages by two editors, with and without scripts, also in Arabic: written, given away for review, published,
// behind its original, and two people at the same text. And what must not be lost: a dead session, a killed worker.
import { execFileSync } from 'node:child_process';
import { password } from './account.mjs';
import { startChromium } from './browser.mjs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';
import { totp } from './totp.mjs';

const shots = process.env.SHOTS;
const browser = await startChromium();
const wait = (ms) => new Promise((r) => setTimeout(r, ms));

for (const [lang, scripts, width] of [['en', true, 1280], ['ar', false, 1280], ['en', false, 360]]) {
  const say = `${lang}, ${width}, ${scripts ? 'with' : 'without'} scripts`;
  const server = await startServer();
  const base = server.base.replace('127.0.0.1', 'localhost');
  const user = (...words) => execFileSync('build/blueheart', ['user', ...words, '--db', `sqlite:${server.folder}/b.db`, '--var', server.folder,
    '--listen', server.base.slice(7)], { stdio: ['ignore', 'pipe', 'pipe'] }).toString().trim().split('\n').pop();

  const enter = async (name, role) => {
    const link = user('add', name, `${name.toLowerCase()}@example.org`, role);
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width, height: 800 } });
    const page = await context.newPage(), noise = [];
    page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) noise.push(m.text()); });
    page.on('pageerror', (e) => noise.push(String(e)));
    page.on('dialog', (d) => d.accept());
    const v = { context, page, noise, go: (path) => page.goto(`${base}/${lang}${path}`),
      act: (value) => page.locator(`form.edit-form [name=act][value=${value}]`).click(),
      at: () => page.url().replace(base, '').replace(/\?.*/, ''),
      wide: () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      shot: async (n) => { if (shots) await page.screenshot({ path: `${shots}/${lang}-${width}-${n}.png`, fullPage: width < 500 }); } };
    await page.goto(link.replace('127.0.0.1', 'localhost').replace('/en/', `/${lang}/`));
    for (const field of ['password', 'password_again']) await page.fill(`[name=${field}]`, password);
    if (await page.locator('[name=name]').inputValue() === '') await page.fill('[name=name]', name);
    await page.locator('main form button').first().click();
    await page.locator('form[action$="/account/app"] button').click();
    await page.fill('[name=code]', totp(await page.locator('main code').innerText()));
    await page.locator('main form button').first().click();
    return v;
  };
  const ben = await enter('Ben', 'editor'), cleo = await enter('Cleo', 'editor');
  const fill = async (v, words) => { for (const [name, value] of Object.entries(words)) await v.page.fill(`.edit-form [name=${name}]`, value); };

  // A draft.
  await ben.go('/desk/texts');
  await ben.shot('1-list');
  check(`${say}: the list fits`, await ben.wide());
  await ben.page.locator('a.button.main').click();
  await ben.page.fill('[name=title]', 'Boats on the river');
  await ben.page.fill('[name=slug]', 'boats-on-the-river');
  await ben.page.selectOption('[name=language]', 'en');
  await ben.shot('2-new');
  await ben.page.locator('main form .main').click();
  check(`${say}: a new text opens in the editor`, ben.at() === `/${lang}/desk/texts/boats-on-the-river/en`, ben.at());
  const body = 'The first passage.\n\nThe second passage, [about](/about).\n\nThe third passage.';
  await fill(ben, { summary: 'What boats carry.', body: `# Too high\n\n[x](/nowhere-at-all)\n\n${body}` });
  if (scripts) {
    let seen = '';
    for (let i = 0; i < 40 && !seen.includes('third passage'); i++) { await wait(100); seen = await ben.page.locator('#preview').innerText(); }
    check(`${say}: the preview follows what is typed`, seen.includes('third passage'), seen);
  } else {
    await ben.act('preview');
    check(`${say}: the button shows the preview, with everything typed`, (await ben.page.locator('#preview').innerText()).includes('third passage') &&
      (await ben.page.inputValue('[name=body]')).includes('third passage'));
  }
  check(`${say}: a link that leads nowhere is told`, (await ben.page.locator('#preview .warnings').innerText()).includes('/nowhere-at-all'));
  await ben.shot('3-editor');
  check(`${say}: the editor fits`, await ben.wide());
  await fill(ben, { body });
  await ben.act('ask');
  check(`${say}: asked for review`, await ben.page.locator('.done').count() === 1);
  await ben.go('/desk/texts/boats-on-the-river/en/review');
  check(`${say}: whoever wrote it is not offered to publish`, await ben.page.locator('form[action$="/publish"]').count() === 0);

  // The second person.
  await cleo.go('/desk');
  check(`${say}: it waits for the second person`, await cleo.page.locator('a[href*="state=asked"]').count() === 1);
  await cleo.go('/desk/texts/boats-on-the-river/en/review');
  await cleo.shot('4-review');
  check(`${say}: the review fits`, await cleo.wide());
  await cleo.page.check('[name=is_read]');
  await cleo.page.fill('form[action$="/publish"] [name=reader]', 'Cleo Reader');
  await cleo.page.locator('form[action$="/publish"] .main').click();
  const shown = async (code) => (await fetch(`${base}/${code}/news/boats-on-the-river`)).text();
  check(`${say}: published, seen, and read by somebody`, (await shown('en')).includes('third passage') && (await shown('en')).includes('Cleo Reader'));
  check(`${say}: the feed has it`, (await (await fetch(`${base}/feed.rss?lang=en`)).text()).includes('Boats on the river'));

  // A second language.
  await cleo.go('/desk/texts/boats-on-the-river/ar');
  check(`${say}: the original stands beside`, (await cleo.page.locator('.original').innerText()).includes('The third passage.'));
  check(`${say}: Arabic is written from the right`, await cleo.page.locator('.edit-form [name=body]').getAttribute('dir') === 'rtl');
  await fill(cleo, { title: 'قوارب في النهر', summary: 'ما تحمله القوارب.', body: 'الفقرة الأولى.\n\nالفقرة الثانية.\n\nالفقرة الثالثة.' });
  await cleo.act('ask');
  await ben.go('/desk/texts/boats-on-the-river/ar/review');
  await ben.page.locator('form[action$="/publish"] .main').click();
  check(`${say}: the second language is seen`, (await shown('ar')).includes('الفقرة الثالثة'));

  // Two editors at the same text: passages that do not touch, then one that does.
  await ben.go('/desk/texts/boats-on-the-river/en');
  await cleo.go('/desk/texts/boats-on-the-river/en');
  await fill(cleo, { body: body.replace('first passage', 'first passage, by Cleo') });
  await cleo.act('save');
  await fill(ben, { body: body.replace('third passage', 'third passage, by Ben') });
  await ben.act('save');
  check(`${say}: the later save sees both`, (await ben.page.locator('.diff').allInnerTexts()).some((t) => t.includes('by Cleo')) && await ben.page.locator('[value=merge]').count() === 1);
  await ben.shot('5-conflict');
  check(`${say}: the conflict fits`, await ben.wide());
  await ben.page.locator('[value=merge]').click();
  const both = await ben.page.inputValue('[name=body]');
  check(`${say}: both changes fit together`, both.includes('by Cleo') && both.includes('by Ben'));
  await cleo.go('/desk/texts/boats-on-the-river/en');
  await ben.act('save');
  await fill(cleo, { title: 'Boats, said Cleo', body: both.replace('The second passage', 'Second, said Cleo') });
  await ben.go('/desk/texts/boats-on-the-river/en');
  await fill(ben, { body: both.replace('The second passage', 'Second, said Ben') });
  await ben.act('save');
  await cleo.act('save');
  check(`${say}: one passage changed by both asks for a choice`, await cleo.page.locator('[name=c0]').count() === 3);
  await cleo.shot('6-choose');
  await cleo.page.locator('[name=c0][value=theirs]').check();
  await cleo.page.locator('[value=merge]').click();
  check(`${say}: what was chosen stands there, and the rest of hers`, (await cleo.page.inputValue('[name=body]')).includes('said Ben') && await cleo.page.inputValue('[name=title]') === 'Boats, said Cleo');
  await cleo.act('ask');
  await ben.go('/desk/texts/boats-on-the-river/en/review');
  await ben.shot('7-review-changes');
  await ben.page.locator('form[action$="/publish"] .main').click();
  check(`${say}: the change is seen`, (await shown('en')).includes('said Ben'));

  // The translation is behind, at the changed passages.
  await ben.go('/desk/texts?state=behind');
  check(`${say}: the list says what is behind`, await ben.page.locator('a[href$="/boats-on-the-river/ar"] ~ .behind').count() === 1);
  await ben.shot('8-behind-list');
  await ben.go('/desk/texts/boats-on-the-river/ar');
  const marked = await ben.page.locator('.original ins').allInnerTexts();
  check(`${say}: the changed passages are marked`, marked.join(' ').includes('by Cleo') && marked.join(' ').includes('by Ben'), marked.join('|'));
  await ben.shot('9-behind');
  await ben.go('/desk/texts/boats-on-the-river/en/history');
  await ben.shot('10-history');
  check(`${say}: every version is there`, await ben.page.locator('.rows li').count() >= 5);
  check(`${say}: the history fits`, await ben.wide());

  // Fifty kilobytes of Arabic, typed for an hour, and then the session is gone.
  const long = 'قلب أزرق في النهر. '.repeat(1700).trim();
  check(`${say}: that is more than 50 KB`, Buffer.byteLength(long) > 50 * 1024);
  await ben.go('/desk/texts/boats-on-the-river/ar');
  await ben.page.locator('.edit-form [name=body]').evaluate((e, t) => { e.value = t; }, long);
  const cookies = await ben.context.cookies();
  await ben.context.addCookies(cookies.map((c) => ({ ...c, value: `${c.value.slice(0, -4)}aaaa` })));
  await ben.act('save');
  check(`${say}: a dead session gives the text back whole`, (await ben.page.locator('textarea[name=body]').inputValue()) === long);
  await ben.context.addCookies(cookies);
  await ben.page.locator('main form .main').click();
  if (await ben.page.locator('main form .main').count() && !ben.page.url().includes('done=')) await ben.page.locator('main form .main').click();
  check(`${say}: and after signing in again it is saved`, ben.page.url().includes('done=saved') && (await ben.page.inputValue('[name=body]')) === long, ben.page.url());

  if (scripts) { // what is typed is kept while one types, and offered after a crash of the browser
    await cleo.go('/desk/texts/boats-on-the-river/en');
    await cleo.page.evaluate(() => { document.querySelector('form.edit-form').dataset.every = '300'; });
    await cleo.page.fill('.edit-form [name=body]', 'Typed and never saved.');
    await cleo.page.evaluate(() => { Object.defineProperty(document, 'hidden', { value: true }); document.dispatchEvent(new Event('visibilitychange')); });
    await wait(600);
    check(`${say}: what is typed is kept`, (await cleo.page.locator('#kept').innerText()).length > 3);
    await cleo.page.close({ runBeforeUnload: false });
    cleo.page = await cleo.context.newPage();
    await cleo.page.goto(`${base}/${lang}/desk/texts/boats-on-the-river/en`);
    await cleo.page.locator('a[href$="mine=1"]').click();
    check(`${say}: and offered again`, (await cleo.page.inputValue('[name=body]')) === 'Typed and never saved.');
  }

  // Taken back at once.
  await ben.go('/desk/texts/boats-on-the-river/en/review');
  await ben.page.locator('[name=how][value=once]').click();
  check(`${say}: taken back, it is nowhere`, (await fetch(`${base}/en/news/boats-on-the-river`)).status === 404 && (await fetch(`${base}/ar/news/boats-on-the-river`)).status === 404 &&
    !(await (await fetch(`${base}/sitemap.xml`)).text()).includes('boats-on-the-river'));
  check(`${say}: no page complains`, ben.noise.length + cleo.noise.length === 0, [...ben.noise, ...cleo.noise].join('; '));
  await server.stop();
}
await browser.close();
close();
