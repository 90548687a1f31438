// Every link of the whole site, in every language, leads to something that is there; no page is heavy.
import { readFileSync } from 'node:fs';
import { check, close } from './count.mjs';
import { crawl } from './crawler.mjs';
import { startServer } from './server.mjs';

const FIRST_VISIT_MOST = 60 * 1024;

const server = await startServer();
let wrong = 0;
const told = new Set();
const site = await crawl(server.base, (title, detail) => {
  if (told.has(title)) return;
  told.add(title);
  if (wrong++ < 40) check(title, false, detail);
});
check('every link leads somewhere', wrong === 0, `${wrong} do not`);
check(`the whole site was walked: ${site.pages.length} pages, ${site.asked} addresses, ${site.links} links, ${site.fragments} of them into a page`,
  site.pages.length > 1500 && site.fragments > 100, `${site.pages.length} pages`);

// What people click leads to encrypted pages, but for sources, whose address is written as whoever read it found it.
const sources = readFileSync('data/sources.csv', 'utf8');
const open = site.outside.filter((u) => !u.startsWith('https:') && !sources.includes(u) && !sources.includes(decodeURI(u)));
check(`links elsewhere are https (${site.outside.length})`, open.length === 0, open.slice(0, 20).join('\n  '));

const heavy = [...site.pages].sort((a, b) => b.first - a.first);
check(`the heaviest first visit is ${heavy[0].address}, ${heavy[0].first} bytes`, heavy[0].first <= FIRST_VISIT_MOST,
  heavy.slice(0, 5).map((p) => `${p.address} ${p.first}`).join('\n  '));
check('the server ends well', (await server.stop()) === 0, server.log());
check('nothing went wrong meanwhile', !/ BAD /.test(server.log()), server.log());
console.log(`walked ${site.pages.length} pages and ${site.asked} addresses in ${Math.round(site.took)} ms; the heaviest first visits:`);
for (const p of heavy.slice(0, 3)) console.log(`  ${p.address} ${p.first} bytes, its page ${p.wire}`);
close();
