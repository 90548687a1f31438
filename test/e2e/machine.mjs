// What machines read: feeds, sitemap, robots, manifest, problems, the description, data inside pages, pictures.
// The schemas of the standards are read from ../shared/standards beside the repository, where that folder is.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, inflateSync } from 'node:zlib';
import SwaggerParser from '@apidevtools/swagger-parser';
import Ajv from 'ajv';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import ICAL from 'ical.js';
import robotsParser from 'robots-parser';
import RssParser from 'rss-parser';
import { check, close, skip } from './count.mjs';
import { LANGUAGES } from './crawler.mjs';
import { startServer } from './server.mjs';

const standards = process.env.STANDARDS ?? '../shared/standards';
const origin = 'https://campaign.example';
const server = await startServer('build/blueheart', ['--origin', origin, '--fedi']);
const folder = mkdtempSync(join(tmpdir(), 'blueheart-machine-'));
const get = (path, headers = {}) => fetch(server.base + path, { redirect: 'manual', headers });
const text = async (path) => (await get(path)).text();
const took = {};
let begun = performance.now();
const lap = (what) => { took[what] = Math.round(performance.now() - begun) / 1000; begun = performance.now(); };

function keep(name, content) {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}
function xmllint(title, file, ...how) {
  const r = spawnSync('xmllint', ['--noout', '--nonet', ...how, file], { encoding: 'utf8' });
  return check(title, r.status === 0, (r.stderr ?? String(r.error)).slice(0, 600));
}
const standard = (title, path, run) => {
  const at = join(standards, path);
  if (existsSync(at)) run(at);
  else skip(`${title}: ${at} is not here`);
};
function fits(ajv, schema, title, thing) {
  const holds = ajv.validate(schema, thing);
  check(title, holds, ajv.errorsText(ajv.errors).slice(0, 600));
}
const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

// Feeds: by their grammars, and by programs that read them.
const feeds = [];
for (const query of [...LANGUAGES.map((l) => `?lang=${l}`), '?lang=ar&country=MEX', '?theme=nothing']) {
  const name = query.replaceAll(/\W/g, '_');
  feeds.push({ query, atom: keep(`${name}.atom`, await text(`/feed.atom${query}`)), rss: keep(`${name}.rss`, await text(`/feed.rss${query}`)),
    json: JSON.parse(await text(`/feed.json${query}`)) });
}
for (const f of feeds) {
  xmllint(`the Atom feed ${f.query} is XML`, f.atom);
  xmllint(`the RSS feed ${f.query} is XML`, f.rss);
  for (const kind of ['atom', 'rss']) {
    const read = await new RssParser().parseString(readFileSync(f[kind], 'utf8')).catch((e) => ({ items: [], title: '', why: String(e) }));
    const same = read.items.length === f.json.items.length && read.items.every((item, i) => item.title === f.json.items[i].title && item.link === f.json.items[i].url);
    check(`a reader of feeds finds the same in ${kind} as in JSON (${f.query})`, same && read.title.length > 3, read.why ?? `${read.items.length} items`);
  }
  check(`every address in the feeds is whole (${f.query})`, f.json.items.every((i) => i.url.startsWith(`${origin}/`)) && f.json.feed_url.startsWith(origin));
}
standard('Atom (RFC 4287)', 'feeds/atom/atom_rfc4287.rng', (schema) => feeds.forEach((f) => xmllint(`Atom ${f.query} fits RFC 4287`, f.atom, '--relaxng', schema)));
standard('RSS 2.0', 'feeds/rss/rss-2_0.xsd', (schema) => feeds.filter((f) => f.json.items.length).forEach((f) => xmllint(`RSS ${f.query} fits its schema`, f.rss, '--schema', schema))); // it wants an item, RSS does not
standard('JSON Feed 1.1', 'feeds/jsonfeed/feed.json', (schema) => {
  const ajv = new Ajv04({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  ajv.addSchema(json(join(standards, 'feeds/jsonfeed/feed-1.json')), 'feed-1.json');
  const whole = json(schema);
  feeds.forEach((f) => fits(ajv, whole, `JSON Feed ${f.query} fits its schema`, f.json));
});
lap('feeds');

// Sitemap and robots.
const sitemap = keep('sitemap.xml', await text('/sitemap.xml'));
xmllint('the sitemap is XML', sitemap);
standard('Sitemap 0.9', 'sitemap/sitemap.xsd', (schema) => {
  // Its wildcard is strict: what stands beside its own elements must be declared somewhere.
  keep('link.xsd', `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml" elementFormDefault="qualified">
<xsd:element name="link"><xsd:complexType><xsd:attribute name="rel" fixed="alternate" use="required"/><xsd:attribute name="hreflang" type="xsd:language" use="required"/>
<xsd:attribute name="href" type="xsd:anyURI" use="required"/></xsd:complexType></xsd:element></xsd:schema>`);
  const both = keep('both.xsd', `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="${process.cwd()}/${schema}"/>
<xsd:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="link.xsd"/></xsd:schema>`.replace(`${process.cwd()}//`, '/'));
  xmllint('the sitemap fits its schema', sitemap, '--schema', both);
});
const pages = [...readFileSync(sitemap, 'utf8').matchAll(/<loc>([^<]*)<\/loc>/g)].map((m) => m[1]);
check('the sitemap holds every page in every language once', pages.length > 1000 && new Set(pages).size === pages.length && pages.length % LANGUAGES.length === 0, `${pages.length}`);
check('the sitemap names this site only, and little enough', pages.every((p) => p.startsWith(`${origin}/`)) && pages.length < 50000 && readFileSync(sitemap).length < 50 * 1024 * 1024);
const robots = robotsParser(`${origin}/robots.txt`, await text('/robots.txt'));
check('a robot may read pages', robots.isAllowed(`${origin}/en/countries/MEX`, 'anything') === true);
check('a robot need not walk through every question', robots.isAllowed(`${origin}/en/search?q=a`, 'anything') === false);
check('a robot finds the sitemap', robots.getSitemaps().join() === `${origin}/sitemap.xml`, robots.getSitemaps().join());

// RFC 9116 has no validator: its rules are few.
const security = await text('/.well-known/security.txt');
const field = (name) => [...security.matchAll(new RegExp(`^${name}: (.*)$`, 'gm'))].map((m) => m[1]);
const days = (new Date(field('Expires')[0]) - new Date()) / 86400000;
check('security.txt says whom to tell, once until when, less than a year', field('Contact').length >= 1 && field('Expires').length === 1 && days > 30 && days < 365, security);
check('security.txt says where it stands', field('Canonical').join() === `${origin}/.well-known/security.txt`);

// Manifest and problems.
const manifest = JSON.parse(await text('/manifest.webmanifest'));
check('the manifest leads to an icon that is there', (await get(manifest.icons[0].src)).status === 200);
standard('Web app manifest', 'webmanifest/web-manifest-combined.json', (schema) => {
  const ajv = new Ajv04({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  for (const other of ['web-manifest', 'web-manifest-app-info', 'web-manifest-share-target']) ajv.addSchema(json(join(standards, 'webmanifest', `${other}.json`)), `${other}.json`);
  fits(ajv, json(schema), 'the manifest fits its schema', manifest);
});
standard('Problem details (RFC 9457)', 'problem-details/problem-object-rfc9457.json', (schema) => { took.problems = schema; });
for (const address of ['/api/v1/nothing', '/api/v1/countries/QQQ', '/api/v1/countries?on=tomorrow', '/api/v1/tiers/1850?lang=ar', '/api/v1/claims/x']) {
  const answer = await get(address);
  const body = await answer.json();
  check(`${address} is a problem in words`, answer.headers.get('content-type') === 'application/problem+json' && body.status === answer.status && body.detail.length > 10, JSON.stringify(body));
  if (took.problems) {
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    addFormats(ajv);
    fits(ajv, json(took.problems), `${address} fits RFC 9457`, body);
  }
}
delete took.problems;
lap('sitemap, robots, manifest, problems');

// The description: valid, whole, and true.
const api = JSON.parse(await text('/openapi.json'));
await SwaggerParser.validate(structuredClone(api)).then(() => check('the description is valid OpenAPI', true), (e) => check('the description is valid OpenAPI', false, String(e).slice(0, 600)));
const names = Object.values(api.paths).map((p) => p.get.operationId);
check('every operation has a name of its own', new Set(names).size === names.length);
const described = new Set(Object.keys(api.paths));
for (const path of ['/feed.atom', '/feed.rss', '/feed.json', '/sitemap.xml', '/data/{file}', '/openapi.json', '/healthz', '/robots.txt', '/.well-known/security.txt', '/{lang}/countries/{iso3}', '/api/v1/countries/{iso3}', '/share/{file}'])
  check(`${path} is described`, described.has(path));
const told = execFileSync('build/blueheart', ['house'], { encoding: 'utf8' });
const named = (m) => m[1].replaceAll(/:(\w+)/g, '{$1}');
const posted = new Set([...told.matchAll(/^\s*POST\s+(\/[^\s]*)/gm)].map(named)); // a form's deed; its page is described
const read = new Set([...told.matchAll(/^\s*GET\s+(\/[^\s]*)/gm)].map(named));
const routes = new Set([...told.matchAll(/(?:^|\s)(\/[^\s]*)/gm)].map(named).filter((r) => read.has(r) || !posted.has(r)));
for (const route of routes) {
  if (/^\/LANG\/desk(\/|$)|\/\{key\}/.test(route)) { // no program is meant to work there
    check(`${route} is not described`, ![...described].some((d) => d.includes(route.slice(5))), route);
    continue;
  }
  const bare = route.replace(/^\/LANG(?=\/)/, '').replace(/^\/\{lang\}(?=\/)/, '');
  check(`${route} of the house is described`, described.has(route) || described.has(bare) || described.has(`/{lang}${bare}`), route);
}
const sample = { '{lang}': 'en' };
const closed = { '/.well-known/webfinger': 400, '/fedi/inbox': 404, '/fedi/en/inbox': 404 }; // asks for whom; is only written to
for (const [path, { get: operation }] of Object.entries(api.paths)) {
  const places = operation.parameters.filter((p) => p.in === 'path');
  const needed = places.filter((p) => p.example === undefined && !sample[`{${p.name}}`]);
  if (needed.length) {
    check(`${path} has an example, or leads to one by its own kind`, path.startsWith('/assets/') || /\/claims\/|\{/.test(path), needed.map((p) => p.name).join());
    continue;
  }
  if (/\/ask(\/write)?$/.test(path)) continue; // without a text to ask about they lead to the answers
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name) => places.find((p) => p.name === name).example ?? sample[`{${name}}`]);
  const answer = await get(address);
  const type = (answer.headers.get('content-type') ?? '').split(';')[0];
  await answer.arrayBuffer();
  const says = operation.responses[answer.status] ?? operation.responses[`${String(answer.status)[0]}XX`];
  check(`${address} answers as described`, says !== undefined && (closed[address] ? answer.status === closed[address] : answer.status < 400), `${answer.status}`);
  if (answer.status !== 200) continue;
  check(`${address} is of a kind described`, says.content?.[type] !== undefined, type);
  const etag = answer.headers.get('etag');
  if (etag) check(`${address}: that it need not be sent twice is described`, Boolean(operation.responses[304]), etag);
  if (etag) check(`${address} is not sent twice`, (await get(address, { 'if-none-match': etag, 'accept-encoding': 'identity' })).status === 304 || (await get(address, { 'if-none-match': etag })).status === 304);
}
lap('description');

// A calendar, where there is one.
if (described.has('/calendar.ics')) {
  for (const lang of LANGUAGES) {
    const ics = await text(`/calendar.ics?lang=${lang}`);
    const parsed = new ICAL.Component(ICAL.parse(ics));
    check(`the calendar can be read (${lang})`, parsed.getAllSubcomponents('vevent').length > 0);
    check(`its lines are short and end well (${lang})`, ics.split('\r\n').every((l) => Buffer.byteLength(l) <= 75 && !l.includes('\n')));
  }
}

// Pages: by the Nu checker, all in one run; and what they say of themselves.
const addresses = readFileSync(new URL('addresses.txt', import.meta.url), 'utf8').trim().split('\n');
const files = [], linked = [];
for (const lang of LANGUAGES) {
  for (const [i, path] of [...addresses, '/nothing'].entries()) {
    const answer = await get(`/${lang}${path}`);
    const page = await answer.text();
    files.push(keep(`${lang}-${i}.html`, page));
    const where = `/${lang}${path}`;
    const inside = [...page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map((m) => m[1]);
    const meta = Object.fromEntries([...page.matchAll(/<meta property="(og:[a-z:_]+)" content="([^"]*)">/g)].map((m) => [m[1], m[2]]));
    const quiet = answer.status !== 200 || /^\/(help|missing|ask|ask\/write|ask\/sent)$/.test(path.split('?')[0]);
    check(`${where} ${quiet ? 'says nothing to those who show links' : 'says what it is'}`, quiet ? !inside.length && !meta['og:image'] : inside.length === 1 && Object.keys(meta).length >= 10, Object.keys(meta).join());
    if (quiet) continue;
    const canonical = page.match(/<link rel="canonical" href="([^"]*)">/)?.[1];
    check(`${where} is called by one whole address`, canonical === meta['og:url'] && canonical === origin + where.split('?')[0], canonical);
    check(`${where} names its other languages whole`, (page.match(/<link rel="alternate" hreflang="[a-z-]+" href="https:\/\/campaign\.example\//g) ?? []).length === LANGUAGES.length + 1);
    try { linked.push({ where, graph: JSON.parse(inside[0]) }); } catch (e) { check(`${where}: what it says is JSON`, false, String(e)); }
  }
}
lap('pages fetched');
const nu = spawnSync('java', ['-Xss8m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-jar', 'test/e2e/node_modules/vnu-jar/build/dist/vnu.jar', '--errors-only', '--format', 'json', ...files],
  { encoding: 'utf8', maxBuffer: 1 << 26 });
try {
  const said = JSON.parse(nu.stderr).messages;
  for (const m of said.slice(0, 10)) {
    const [lang, i] = m.url.split('/').pop().replace('.html', '').split('-');
    check(`/${lang}${[...addresses, '/nothing'][i]} is valid HTML`, false, `${m.message}\n  ${m.extract}`);
  }
  check(`the Nu checker finds no mistake in ${files.length} pages`, said.length === 0 && nu.status === 0, `${said.length}`);
} catch {
  check('the Nu checker runs', false, (nu.stderr ?? String(nu.error)).slice(0, 600));
}
lap('Nu checker');

// schema.org: as types, so that a word that is none of its words is an error.
// One thing of each shape is enough: types know words, not values.
const shapes = new Map();
const shape = (x) => (Array.isArray(x) ? [...new Set(x.map(shape))] : x && typeof x === 'object' ? Object.entries(x).map(([k, v]) => (k === '@type' ? v : `${k}:${shape(v)}`)).sort() : typeof x).toString();
for (const { graph } of linked) {
  for (const thing of graph['@graph']) {
    const search = thing.potentialAction;
    if (search?.['query-input'] === 'required name=question' && search.target.urlTemplate.includes('{question}')) delete search['query-input']; // a search engine's own word
    if (!shapes.has(shape(thing))) shapes.set(shape(thing), thing);
  }
}
const typed = [...shapes.values()].map((thing, i) => `export const thing${i}: Thing = ${JSON.stringify(thing)};`);
writeFileSync(join('test/e2e', 'linked.gen.ts'), `import type { Thing } from 'schema-dts';\n${typed.join('\n')}\n`);
const tsc = spawnSync('node', ['test/e2e/node_modules/typescript/bin/tsc', '--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--target', 'es2022', '--types', '', 'test/e2e/linked.gen.ts'], { encoding: 'utf8' });
check(`what ${linked.length} pages say of themselves, in ${typed.length} shapes, are schema.org's own words`, tsc.status === 0, (tsc.stdout + tsc.stderr).slice(0, 1500));
rmSync(join('test/e2e', 'linked.gen.ts'), { force: true });
const kinds = new Set(linked.flatMap(({ graph }) => graph['@graph'].map((t) => t['@type'])));
for (const kind of ['WebSite', 'Dataset', 'Article', 'Legislation', 'BreadcrumbList']) check(`some page is a ${kind}`, kinds.has(kind), [...kinds].join());
for (const { where, graph } of linked.filter((l) => l.where.startsWith('/en'))) {
  for (const address of JSON.stringify(graph).matchAll(/"(?:url|item|contentUrl|license)":"([^"]*)"/g)) {
    if (!address[1].startsWith(origin)) continue;
    const status = (await get(address[1].slice(origin.length))).status;
    check(`${where} names ${address[1]}, which is there`, status === 200, `${status}`);
  }
}
lap('schema.org');

// Pictures.
function png(bytes) {
  if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  const out = { data: [] };
  for (let at = 8; at < bytes.length;) {
    const n = bytes.readUInt32BE(at), kind = bytes.toString('latin1', at + 4, at + 8), data = bytes.subarray(at + 8, at + 8 + n);
    if (crc32 && crc32(bytes.subarray(at + 4, at + 8 + n)) !== bytes.readUInt32BE(at + 8 + n)) return null;
    if (kind === 'IHDR') Object.assign(out, { wide: data.readUInt32BE(0), high: data.readUInt32BE(4), bits: data[8], colour: data[9] });
    if (kind === 'PLTE') out.colours = n / 3;
    if (kind === 'IDAT') out.data.push(data);
    at += 12 + n;
  }
  out.pixels = inflateSync(Buffer.concat(out.data));
  return out;
}
const seen = new Map();
for (const lang of LANGUAGES) {
  for (const path of ['', '/countries', '/countries/MEX', '/law/TIP-PROTOCOL', '/news/what-a-tier-says']) {
    const address = `/share/${lang}${path}.png`;
    const answer = await get(address), bytes = Buffer.from(await answer.arrayBuffer());
    const p = answer.status === 200 ? png(bytes) : null;
    check(`${address} is a picture`, p && p.wide === 1200 && p.high === 630 && p.pixels.length === 630 * 1201 && answer.headers.get('content-type') === 'image/png', `${answer.status}`);
    check(`${address} is small, and shown rather than saved`, bytes.length < 64 * 1024 && !answer.headers.get('content-disposition'), `${bytes.length}`);
    check(`${address} is not sent twice`, (await get(address, { 'if-none-match': answer.headers.get('etag') })).status === 304);
    seen.set(address, bytes.toString('base64'));
  }
}
check('every page has a picture of its own', new Set(seen.values()).size === seen.size);
const own = seen.get('/share/en.png');
for (const odd of ['/share/en/you-have-won.png', '/share/en/help.png', '/share/en/missing.png', '/share/en/claims/x.png', '/share/en/..%2f..%2fx.png', '/share/en.png?q=words'])
  check(`${odd} shows the site's own picture and no other words`, Buffer.from(await (await get(odd)).arrayBuffer()).toString('base64') === own);
const fonts = ['truetype/noto/NotoSans-Bold.ttf', 'truetype/noto/NotoSansArabic-Bold.ttf', 'opentype/noto/NotoSansCJK-Bold.ttc'].every((f) => existsSync(`/usr/share/fonts/${f}`));
if (fonts) check('no letter was lacking', !/a picture has no words/.test(server.log()), server.log());
else skip('letters in six languages: the fonts are not here');

// Hundreds at once: some are drawn, the others are told to ask again; who wants something else does not wait for them.
const many = pages.slice(0, 300).map((p) => `/share${p.slice(origin.length).replace(/\/$/, '')}.png`);
const flood = Promise.all(many.map(async (path) => { const a = await get(path); await a.arrayBuffer(); return a; }));
const begin = performance.now();
const table = await get('/data/protocol.csv?on=2013-03-03');
await table.arrayBuffer();
const waited = performance.now() - begin;
check('a table asked for meanwhile comes within two seconds', table.status === 200 && waited < 2000, `${table.status} after ${Math.round(waited)} ms`);
const answers = await flood;
check('a flood of pictures is answered with pictures or with when to ask again', answers.every((a) => a.status === 200 || (a.status === 503 && a.headers.get('retry-after'))), answers.map((a) => a.status).join());
check('some of a flood are drawn', answers.some((a) => a.status === 200));
check('a picture can be had afterwards', (await get(many[250])).status === 200);
lap('pictures');

check('the server ends well', (await server.stop()) === 0, server.log());
check('nothing went wrong meanwhile', !/ bad /i.test(server.log()), server.log());
rmSync(folder, { recursive: true, force: true });
console.log(`seconds: ${Object.entries(took).map(([k, v]) => `${k} ${v}`).join(', ')}`);
close();
