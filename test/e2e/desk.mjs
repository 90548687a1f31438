// The first hour of whoever runs a campaign: from the link that init prints to an invited editor with a passkey. With and
// without scripts, in English and in Arabic.
import { execFileSync } from 'node:child_process';
import { startChromium } from './browser.mjs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';
import { totp } from './totp.mjs';

const password = 'lamp violet oyster drum';
const browser = await startChromium();

const phrases = { en: { rtl: false }, ar: { rtl: true } };

for (const [lang, scripts] of [['en', true], ['ar', false]]) {
  const say = `${lang}, ${scripts ? 'with' : 'without'} scripts`;
  const server = await startServer();
  const base = server.base.replace('127.0.0.1', 'localhost'); // browsers know no passkey for a number
  const link = execFileSync('build/blueheart', ['init', '--once', '--db', `sqlite:${server.folder}/b.db`, '--var', server.folder,
    '--listen', server.base.slice(7)], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim().split('\n').pop();
  check(`${say}: init prints a link for the first administrator`, /\/en\/desk\/link\/[\w-]{43}$/.test(link), link);

  const visit = async () => {
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage(), noise = [];
    page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) noise.push(m.text()); });
    return { context, page, noise, go: (path) => page.goto(`${base}/${lang}${path}`),
      send: (within = 'main form') => page.locator(`${within} button`).first().click(),
      at: () => page.url().replace(base, '').replace(/\?.*/, '') };
  };
  const open = async (v, address, name, mail) => {
    await v.page.goto(address.replace('127.0.0.1', 'localhost').replace('/en/', `/${lang}/`));
    await v.page.fill('[name=name]', name);
    if (await v.page.locator('[name=mail]:not([readonly])').count()) await v.page.fill('[name=mail]', mail);
    await v.page.fill('[name=password]', password);
    await v.page.fill('[name=password_again]', password);
    await v.send();
  };

  // The first administrator.
  const ana = await visit();
  await open(ana, link, 'Ana', 'ana@example.org');
  check(`${say}: without a second factor only the account is open`, ana.at() === `/${lang}/desk/account`, ana.at());
  await ana.go('/desk/people');
  check(`${say}: and nothing else`, ana.at() === `/${lang}/desk/account`, ana.at());
  await ana.page.locator('form[action$="/account/app"] button').click();
  const secret = await ana.page.locator('main code').innerText();
  await ana.page.fill('[name=code]', '000000');
  await ana.send();
  check(`${say}: wrong digits are not taken`, await ana.page.locator('[role=alert]').count() === 1);
  const used = totp(secret);
  await ana.page.fill('[name=code]', used);
  await ana.send();
  await ana.page.locator('form[action$="/account/codes"] button').click();
  const codes = await ana.page.locator('.codes code').allInnerTexts();
  check(`${say}: ten recovery codes`, codes.length === 10 && new Set(codes).size === 10, codes.join(' '));
  await ana.go('/desk');
  check(`${say}: the desk asks who operates this`, await ana.page.locator('a[href$="/desk/operator"].main').count() === 1);

  // Who operates this.
  const demo = async () => (await (await fetch(`${base}/${lang}/countries`)).text()).includes('class="demo"');
  check(`${say}: until then every page is a demonstration`, await demo());
  await ana.go('/desk/operator');
  await ana.page.fill('[name=name]', 'Example Foundation');
  await ana.page.selectOption('[name=state]', 'MEX');
  await ana.page.fill('[name=contact]', 'no contact at all');
  await ana.page.check('[name=mark][value=asked]');
  await ana.send('main');
  check(`${say}: a contact must be one, and what was typed stays`, await ana.page.inputValue('[name=name]') === 'Example Foundation' && await ana.page.locator('[role=alert]').count() === 1);
  await ana.page.fill('[name=contact]', 'office@example.org');
  await ana.send('main');
  check(`${say}: then no page is`, !(await demo()));

  // An editor is invited, and comes in with a passkey where there are scripts.
  await ana.go('/desk/people');
  await ana.page.fill('main [name=name]', 'Ben');
  await ana.page.fill('main [name=mail]', 'ben@example.org');
  await ana.page.selectOption('main [name=role]', 'editor');
  await ana.page.locator('form[action$="/people/invite"] button').click();
  const invitation = await ana.page.locator('input.wide').inputValue();
  const ben = await visit();
  if (scripts) {
    const cdp = await ben.context.newCDPSession(ben.page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
      hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  }
  await open(ben, invitation, 'Ben', '');
  check(`${say}: the invited editor has an account`, ben.at() === `/${lang}/desk/account`, ben.at());
  if (scripts) {
    await ben.page.fill('[name=label]', 'my telephone');
    await Promise.all([ben.page.waitForURL(/done=added/), ben.page.locator('form[data-passkey=create] button').click()]);
    await ben.page.locator('form[action$="/sign-out"] button').click();
    await ben.go('/desk/rights');
    await Promise.all([ben.page.waitForURL(/desk\/rights/), ben.page.locator('form[data-passkey=get] button').click()]);
    check(`${say}: a passkey alone lets in, and leads back to where one wanted`, ben.at() === `/${lang}/desk/rights`, ben.at());
  } else {
    check(`${say}: passkeys are not offered`, await ben.page.locator('form[data-passkey=create]').isHidden());
    await ben.page.locator('form[action$="/account/app"] button').click();
    await ben.page.fill('[name=code]', totp(await ben.page.locator('main code').innerText()));
    await ben.send();
    await ben.go('/desk/rights');
  }
  await ben.go('/desk/people');
  check(`${say}: an editor may not see who there is`, await ben.page.locator('h1').count() === 1 && !(await ben.page.content()).includes('ana@example.org'));

  // Out and in again: password, then a code; each code once; a recovery code when the telephone is lost.
  await ana.page.locator('form[action$="/sign-out"] button').click();
  await ana.page.fill('[name=mail]', 'Ana@Example.org');
  await ana.page.fill('[name=password]', password);
  await ana.page.locator('form[action$="/desk/sign-in"] button').click();
  check(`${say}: the password is not enough`, ana.at() === `/${lang}/desk/second`, ana.at());
  await ana.go('/desk/people');
  check(`${say}: nor is it elsewhere`, ana.at() === `/${lang}/desk/second`, ana.at());
  await ana.page.fill('[name=code]', used);
  await ana.page.locator('form[action$="/desk/second"] button').click();
  check(`${say}: digits that were used are used up`, await ana.page.locator('[role=alert]').count() === 1);
  await ana.page.fill('[name=code]', codes[3].toUpperCase().replace(/-/g, ' '));
  await ana.page.locator('form[action$="/desk/second"] button').click();
  check(`${say}: a recovery code lets in`, ana.at() === `/${lang}/desk`, ana.at());

  // The way back in a session that ended meanwhile: what was typed is still there.
  await ana.go('/desk/organisations');
  await ana.page.fill('[name=name]', 'Words that must not be lost');
  await ana.context.clearCookies();
  await ana.page.locator('main form button').first().click();
  check(`${say}: a session that ended loses no words`, (await ana.page.content()).includes('Words that must not be lost'));

  for (const path of ['/desk/account', '/desk/rights']) {
    await ben.page.setViewportSize({ width: 320, height: 640 });
    await ben.go(path);
    const wide = await ben.page.evaluate(() => document.documentElement.scrollWidth);
    check(`${say}: ${path} fits 320 px`, wide <= 320, `${wide} px`);
  }
  check(`${say}: right to left where it must be`, (await ben.page.getAttribute('html', 'dir') === 'rtl') === phrases[lang].rtl);
  check(`${say}: nothing is complained of`, ana.noise.length + ben.noise.length === 0, [...ana.noise, ...ben.noise].join('; '));
  const said = execFileSync('build/blueheart', ['check', '--db', `sqlite:${server.folder}/b.db`, '--var', server.folder]).toString();
  check(`${say}: the trail is whole`, /trail: .*\d+ [0-9a-f]{64}/.test(said) && !/BAD|changed|missing/.test(said), said.split('\n').slice(-4).join(' '));
  await ana.context.close();
  await ben.context.close();
  await server.stop();
}
await browser.close();
close();
