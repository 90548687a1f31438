// Walks a whole site by its links: prints pages, addresses and milliseconds. node crawl.mjs http://127.0.0.1:PORT
import { crawl } from '../e2e/crawler.mjs';

const site = await crawl(process.argv[2], () => {}, { twins: false });
console.log(site.pages.length, site.asked, Math.round(site.took));
