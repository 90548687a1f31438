// Wearing the heart, as a visitor does: a photo is framed and saved and nothing of it leaves; files that lie; material made
// and fetched; all of it without scripts, in Arabic, on 320 px; a snippet under a strict policy.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { startChromium } from './browser.mjs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';

const server = await startServer(), browser = await startChromium();
const crc = (b) => { let c = ~0; for (const x of b) { c ^= x; for (let i = 0; i < 8; i++) c = c >>> 1 ^ (c & 1 ? 0xedb88320 : 0); } return ~c >>> 0; };
const chunk = (kind, data) => {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length); out.write(kind, 4); data.copy(out, 8);
  out.writeUInt32BE(crc(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
};
// A photo: red at the left, green at the right; "bomb" says another size than it has.
const png = (wide, high, said = [wide, high]) => {
  const rows = Buffer.alloc(high * (wide * 3 + 1));
  for (let y = 0; y < high; y++) for (let x = 0; x < wide; x++) rows[y * (wide * 3 + 1) + 1 + x * 3 + (x < wide / 2 ? 0 : 1)] = 220;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(said[0]); head.writeUInt32BE(said[1], 4); head[8] = 8; head[9] = 2;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
};

const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
const page = await context.newPage(), asked = [], noise = [];
page.on('request', (r) => asked.push(r));
page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) noise.push(m.text()); });
await page.goto(`${server.base}/en/wear/picture`, { waitUntil: 'networkidle' });
check('the page asks for six things at most', asked.filter((r) => !r.url().startsWith('blob:')).length <= 6, asked.map((r) => r.url()).join(' '));
const bytes = (await Promise.all(asked.map((r) => r.sizes().catch(() => null)))).reduce((n, s) => n + (s ? s.responseBodySize + s.responseHeadersSize : 0), 0);
check('and for at most 60 KB', bytes <= 60 * 1024, `${bytes} bytes`);
const before = asked.length;
const choose = (name, buffer, mimeType = 'image/jpeg') => page.setInputFiles('#wear-file', { name, mimeType, buffer });
const until = async (holds) => { for (let i = 0; i < 100 && !await holds(); i++) await new Promise((r) => setTimeout(r, 50)); };
const said = async () => { await until(() => page.locator('#wear-said').innerText()); return page.locator('#wear-said').innerText(); };
const refused = async (what, buffer, words) => {
  await page.evaluate(() => { document.querySelector('#wear-said').textContent = ''; });
  await choose(`${what}.jpg`, buffer);
  const heard = await said();
  check(`${what} is refused in words`, heard.includes(words) && await page.isDisabled('#wear-save'), heard);
};
await refused('a page that calls itself a photo', Buffer.from('<!doctype html><img src=x onerror=alert(1)>'), 'not a photo');
await refused('a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'not a photo');
await refused('an empty file', Buffer.alloc(0), 'not a photo');
await refused('a picture of 4,000 million pixels', png(4, 4, [65000, 65000]), 'too many pixels');
await refused('a torn picture', png(400, 300).subarray(0, 60), 'cannot be read');

await choose('me.png', png(800, 400), 'image/png');
await until(() => page.isEnabled('#wear-save'));
await page.waitForLoadState('networkidle');
const at = (x, y) => page.evaluate(([x, y]) => [...document.querySelector('#wear-canvas').getContext('2d').getImageData(x, y, 1, 1).data], [x, y]);
const is = (p, r, g, b) => Math.abs(p[0] - r) < 12 && Math.abs(p[1] - g) < 12 && Math.abs(p[2] - b) < 12;
check('the photo stands in its frame', is(await at(400, 400), 220, 0, 0) && is(await at(620, 400), 0, 220, 0) && is(await at(20, 20), 0x12, 0x63, 0xa3), String(await at(20, 20)));
await page.focus('#wear-canvas');
for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
check('it moves by keyboard', is(await at(580, 400), 220, 0, 0));
const box = await page.locator('#wear-canvas').boundingBox();
await page.mouse.move(box.x + 150, box.y + 150);
await page.mouse.down();
await page.mouse.move(box.x + 90, box.y + 150, { steps: 4 });
await page.mouse.up();
check('it moves by dragging', is(await at(500, 400), 0, 220, 0), String(await at(500, 400)));
await page.locator('#wear-turn').fill('180');
check('it turns', is(await at(300, 400), 0, 220, 0) || is(await at(800, 400), 220, 0, 0));
await page.locator('[name=frame][value=band]').check();
await page.waitForTimeout(400);
check('another frame is laid over it', is(await at(30, 1000), 0x12, 0x63, 0xa3) && !is(await at(30, 30), 0x12, 0x63, 0xa3));
const [download] = await Promise.all([page.waitForEvent('download'), page.click('#wear-save')]);
const saved = readFileSync(await download.path());
check('a PNG of 1024 by 1024 is saved', saved.subarray(1, 4).toString() === 'PNG' && saved.readUInt32BE(16) === 1024 && saved.readUInt32BE(20) === 1024);
check('nothing is said in it of where it came from', !saved.includes('me.png') && !saved.includes('eXIf') && !saved.includes('tEXt'));
// A page that tries: the photo's field is outside every form, and a form around it has no name to send.
const tried = await page.evaluate(() => {
  const form = document.createElement('form');
  form.method = 'post'; form.enctype = 'multipart/form-data'; form.action = '/en/wear/picture';
  document.querySelector('#wear-editor').before(form); form.append(document.querySelector('#wear-editor'));
  return [...new FormData(form).values()].some((v) => v instanceof File);
});
check('even a form around it holds no photo', !tried);
const far = await page.evaluate(() => fetch('https://example.org/', { method: 'POST', body: 'x' }).then(() => 'sent', () => 'refused'));
check('the page may talk to nobody else', far === 'refused');
const left = asked.slice(before).filter((r) => r.method() !== 'GET' || r.postData() || !(r.url().startsWith(`${server.base}/wear/frames/`) || r.url().startsWith('blob:') || r.url().startsWith('https://example.org/')));
check('no request carried anything', left.length === 0, left.map((r) => `${r.method()} ${r.url()}`).join(' '));
noise.splice(0, noise.length, ...noise.filter((n) => !n.includes('example.org')));
check('no error in the console', noise.length === 0, noise.join('\n'));

// Without scripts, in Arabic, on a narrow screen: ready-made frames, and material with words of one's own.
const still = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 }, acceptDownloads: true });
const plain = await still.newPage();
await plain.goto(`${server.base}/ar/wear/picture`);
check('without scripts the editor is not shown, the frames are', !(await plain.locator('#wear-editor').isVisible()) && await plain.locator('.wear-ready a').count() === 16);
const frame = await fetch(server.base + await plain.locator('.wear-ready a[href$="band-ar.png"]').getAttribute('href'));
check('a frame is a PNG', frame.status === 200 && frame.headers.get('content-type') === 'image/png');
await plain.goto(`${server.base}/ar/wear/make`);
await plain.selectOption('[name=kind]', 'square');
await plain.fill('[name=words]', 'معًا من أجل من لم يُعثر عليهم');
await plain.fill('[name=city]', 'مكسيكو');
await plain.locator('main form button').click();
const wide = await plain.evaluate(() => document.documentElement.scrollWidth).catch(() => 0);
const look = await plain.locator('.wear-look').getAttribute('src');
const picture = await fetch(server.base + look);
check('own words in Arabic are drawn', picture.status === 200 && picture.headers.get('content-type') === 'image/png' && wide <= 320, `${picture.status}, ${wide} px`);
check('and cannot be shown elsewhere or found', picture.headers.get('cross-origin-resource-policy') === 'same-origin' && picture.headers.get('x-robots-tag') === 'noindex');
check('the page with them is kept by nobody', (await fetch(plain.url())).headers.get('cache-control') === 'no-store');
check('another word under the same mark is refused', (await fetch(server.base + look.replace(/city=[^&]*/, 'city=x'))).status === 403);
for (const [kind, begins] of [['png', '\x89PNG'], ['svg', '<svg'], ['pdf', '%PDF']]) {
  const file = await fetch(server.base + await plain.locator(`.wear-files a[href*=".${kind}?"]`).first().getAttribute('href'));
  const body = Buffer.from(await file.arrayBuffer()).toString('latin1');
  check(`a ${kind} is fetched as a file`, body.startsWith(begins) && /^attachment; filename="blue-heart-square-lines-ar\./.test(file.headers.get('content-disposition')), file.headers.get('content-disposition'));
}
await plain.fill('[name=words]', 'اتصل 0123456');
await plain.locator('main form button').click();
check('a telephone is refused, what was typed stays', await plain.locator('[role=alert]').count() === 1 && (await plain.inputValue('[name=words]')).includes('0123456'));
await plain.fill('[name=words]', 'مرحبا 😀');
await plain.locator('main form button').click();
check('a letter nobody can draw is named', (await plain.locator('[role=alert]').innerText()).includes('😀'));

// Somebody else's page, with a policy that lets in nothing but pictures from here.
await plain.goto(`${server.base}/en/wear/embed`);
const snippets = await plain.locator('.wear-snippet textarea').evaluateAll((all) => all.map((t) => t.value));
const other = createServer((q, r) => {
  r.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': `default-src 'none'; img-src ${server.base}`, 'cross-origin-embedder-policy': 'require-corp' });
  r.end(`<!doctype html><title>x</title>${snippets[0]}${snippets[2].replace(/src="[^"]*\/heart.svg"/, `src="${server.base}/heart.svg"`)}`);
});
await new Promise((done) => other.listen(0, 'localhost', done));
const guest = await context.newPage(), complaints = [];
guest.on('console', (m) => complaints.push(m.text()));
const sent = [];
guest.on('request', (r) => sent.push(r));
await guest.goto(`http://localhost:${other.address().port}/`, { waitUntil: 'networkidle' });
const seen = await guest.evaluate(() => ({ svg: document.querySelector('svg').getBoundingClientRect().width, img: document.querySelector('img').naturalWidth, label: document.querySelector('svg').getAttribute('aria-label'), alt: document.querySelector('img').alt }));
check('the heart stands on another site under a strict policy', seen.svg === 48 && seen.img > 0 && seen.label === seen.alt && seen.alt.length > 5, JSON.stringify(seen));
const heart = sent.find((r) => r.url().endsWith('/heart.svg'));
check('and tells us nothing of that site', heart && !(await heart.allHeaders()).referer && !(await heart.allHeaders()).cookie);
check('and complains of nothing', complaints.filter((c) => !c.includes('favicon')).length === 0, complaints.join('\n'));

other.close();
await browser.close();
check('the log has no bad line', !/ bad /.test(server.log()), server.log());
await server.stop();
close();
