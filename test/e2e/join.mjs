// Joining, end to end over real mail: a state applies, confirms, is asked, answers, is accepted by two people and stands on
// the map, in the feed and on its page; with scripts and without, in English and in Arabic.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { password } from './account.mjs';
import { startChromium } from './browser.mjs';
import { check, close } from './count.mjs';
import { link_in, startPost } from './letters.mjs';
import { startServer } from './server.mjs';
import { totp } from './totp.mjs';

const shots = process.env.SHOTS; // a folder: pictures of the pages on the way
if (shots) mkdirSync(shots, { recursive: true });
const post = await startPost();
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const server = await startServer('build/blueheart', post.options);
const site = server.base.replace('127.0.0.1', 'localhost');
const browser = await startChromium();

let pictures = 0;
async function shot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${String(++pictures).padStart(2, '0')}-${name}.png`), fullPage: !name.startsWith('desk') });
}

async function enter(path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${site}${path}`);
  await page.fill('[name=password]', password);
  await page.fill('[name=password_again]', password);
  await page.click('main button');
  await page.goto(`${site}/en/desk/account`);
  await page.click('text=Set up an authenticator app');
  await page.fill('[name=code]', totp(await page.locator('code').innerText()));
  await page.click('main button');
  return page;
}

async function staff(name, role) {
  const said = execFileSync('build/blueheart', ['user', 'add', name, `${name.toLowerCase()}@example.org`, role, '--db', `sqlite:${server.folder}/b.db`, '--var', server.folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return enter(/\/en\/desk\/link\/[A-Za-z0-9_-]+/.exec(said)[0]);
}

const olga = await staff('Olga', 'officer'), otto = await staff('Otto', 'officer');

async function journey({ lang, scripts, iso3, entity, mail }) {
  const how = `${lang}, ${scripts ? 'with' : 'without'} scripts`;
  const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 360, height: 740 } });
  const page = await context.newPage(), noise = [];
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !m.text().includes('404')) noise.push(m.text()); });

  await page.goto(`${server.base}/${lang}/join`);
  check(`${how}: help comes first`, (await page.locator('main a').first().getAttribute('href')) === `/${lang}/help`);
  await shot(page, `join-${lang}`);
  await page.click(`main a[href="/${lang}/join/state"]`);
  await page.selectOption('[name=state]', iso3);
  await page.click('main form button');
  await shot(page, `state-${lang}`);
  await page.fill('[name=name]', 'Ministry of Justice');
  await page.fill('[name=contact]', 'Ata Example');
  await page.fill('[name=function]', 'Focal point');
  await page.fill('[name=mail]', mail);
  await page.check('[name=want][value=inform]');
  await page.fill('[name=line]', 'Schools and ports');
  await page.fill('[name=steps]', 'https://example.org/steps');
  await page.check('[name=committed]');
  await wait(3100); // as long as nobody fills it in faster
  await page.click('main form button');
  check(`${how}: it is sent`, page.url() === `${server.base}/${lang}/join/sent`, page.url());

  const first = await post.next(mail);
  check(`${how}: the mail names no matter`, !/traffick|Blue Heart|Ministry|join the/i.test(first.replace(/https?:\S+/g, '').replace(/^(From|Message-ID|List-|Return-).*$/gim, '').replace(/blueheart[.]example[.]org/g, '')), first.slice(0, 900));
  await page.goto(`${server.base}${link_in(first, '/join/confirm/')}`);
  await shot(page, `confirm-${lang}`);
  await page.click('main form button');
  await page.click('main a.button');
  const own = page.url();
  check(`${how}: the applicant has a page`, own.includes(`/${lang}/join/application/`), own);

  await olga.goto(`${site}/en/desk/applications`);
  await shot(olga, `desk-list-${lang}`);
  await olga.click('main table a >> nth=0');
  await shot(olga, `desk-one-${lang}`);
  const height = await olga.evaluate(() => document.querySelector('main').getBoundingClientRect().bottom);
  check(`${how}: one application stands on one screen`, height <= 805, `${height}`);
  await olga.fill('[name=question]', 'Which ministry answers?');
  await olga.click('form.ask button');
  const asked = await post.next(mail);
  check(`${how}: the mail does not hold the question`, !asked.includes('Which ministry'));
  await page.goto(`${server.base}${link_in(asked, '/join/application/')}`);
  await page.fill('[name=answer]', 'That of justice.');
  await shot(page, `asked-${lang}`);
  await page.click('form:has([name=answer]) button');
  check(`${how}: the answer is there`, (await page.locator('main').innerText()).includes('That of justice.'));

  await olga.reload();
  const one = olga.url().replace(/\?.*/, '');
  if (await olga.locator('[name=read]').count()) await olga.check('[name=read]');
  await olga.click('button[value=accept]');
  check(`${how}: one officer is not enough`, (await olga.locator('main').innerText()).includes('Someone else must agree'));
  await otto.goto(one);
  await shot(otto, `desk-second-${lang}`);
  await otto.click('button[value=yes]');
  const told = await post.next(mail), invited = await post.next(mail);
  check(`${how}: the decision is told neutrally`, !/accept|قبول/i.test(told.replace(/https?:\S+/g, '').replace(/^Accept.*$/gim, '')));
  check(`${how}: the focal point gets a link`, !!link_in(invited, '/desk/link/') || !!link_in(told, '/desk/link/'));
  await page.goto(own);
  await shot(page, `accepted-${lang}`);
  const slug = await page.locator('main a[href*="/members/"]').first().getAttribute('href');

  const text = async (path) => (await fetch(`${server.base}${path}`)).text();
  check(`${how}: it has a member's page`, (await text(slug.replace(/^\/[a-z]+/, '/en'))).includes(entity), slug);
  check(`${how}: it is on the map`, (await text(`/${lang}/members`)).includes(`href="${slug}"`));
  check(`${how}: it is in the feed`, (await text('/feed.atom')).includes(`${entity}: Joined`));
  const country = await text(`/en/countries/${iso3}`);
  check(`${how}: it is on the page of the state`, country.includes('Joined the Blue Heart Campaign'));
  if (lang === 'en' && scripts) await as_member(link_in(invited, '/desk/link/') ?? link_in(told, '/desk/link/'), slug);
  check(`${how}: the browser had nothing to complain of`, noise.length === 0, noise.join('; '));
  await context.close();
}

// The focal point follows the link, tells of something, an editor agrees, and it stands on the member's page.
async function as_member(path, slug) {
  const focal = await enter(path);
  await focal.goto(`${site}/en/desk/member`);
  await shot(focal, 'desk-member');
  await focal.fill('[name=day]', '2026-07-30');
  await focal.fill('[name=detail]', 'The harbour in blue light');
  await focal.fill('[name=read_at]', 'https://example.org/harbour');
  await focal.fill('[name=read_name]', 'Harbour in blue');
  await focal.locator('form.tell button').click();
  check('what a member tells waits for a second person', (await focal.locator('main').innerText()).includes('The harbour in blue light'));
  const ed = await staff('Edith', 'editor');
  await ed.goto(`${site}/en/desk/events`);
  await shot(ed, 'desk-events');
  await ed.click('button[value=yes]');
  check('an editor agreed: it is on the page', (await (await fetch(`${server.base}${slug}`)).text()).includes('The harbour in blue light'));
}

process.on('exit', () => { post.end(); server.child.kill(); });

await journey({ lang: 'en', scripts: true, iso3: 'TUV', entity: 'Tuvalu', mail: 'focal@tuv.example.org' });
await journey({ lang: 'ar', scripts: false, iso3: 'NRU', entity: 'Nauru', mail: 'focal@nru.example.org' });
await journey({ lang: 'en', scripts: false, iso3: 'KIR', entity: 'Kiribati', mail: 'focal@kir.example.org' });
await journey({ lang: 'ar', scripts: true, iso3: 'WSM', entity: 'Samoa', mail: 'focal@wsm.example.org' });

await browser.close();
check('the server ends well', (await server.stop()) === 0, server.log());
post.end();
close();
