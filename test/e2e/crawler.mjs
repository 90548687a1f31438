// Walks a site by its own links, with plain HTTP on few connections that stay open.
import { Agent, request } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';

const QUERIES_EACH = 8;   // of one page: filters lead to endlessly many
const CLAIMS_MOST = 30;   // there are thousands, all made by one template
const PICTURES_MOST = 60;

export const LANGUAGES = ['en', 'fr', 'es', 'ar', 'ru', 'zh'];

const plain = (s) => s.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>');

export function getter(base, sockets = 4) {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const { hostname, port } = new URL(base);
  const get = (path) => new Promise((done, no) => {
    const r = request({ agent, hostname, port, path, headers: { 'accept-encoding': 'br' } }, (a) => {
      const parts = [];
      a.on('data', (d) => parts.push(d));
      a.on('end', () => {
        const sent = Buffer.concat(parts);
        const head = a.rawHeaders.reduce((n, h) => n + h.length + 2, 20);
        done({ status: a.statusCode, headers: a.headers, wire: sent.length + head,
          body: a.headers['content-encoding'] === 'br' ? brotliDecompressSync(sent) : sent });
      });
      a.on('error', no);
    });
    r.on('error', no);
    r.end();
  });
  return { get, close: () => agent.destroy() };
}

// What a page names: [kind of element, attributes] of everything with an address.
function named(text) {
  const out = [];
  for (const [, tag, inside] of text.matchAll(/<(a|link|script|img|use|meta|form|area|source|iframe)\s([^>]*)>/g)) {
    const has = Object.fromEntries([...inside.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name, value === undefined ? '' : plain(value)]));
    const address = has.href ?? has.src ?? has.action ?? (/^og:(image|url)$/.test(has.property ?? '') ? has.content : undefined);
    if (address !== undefined) out.push({ tag, has, address });
  }
  return out;
}

// Every address reached from the first page of every language. `complain(title, detail)` is told what is wrong.
export async function crawl(base, complain, { twins = true } = {}) {
  const { get, close } = getter(base);
  const seen = new Map(), queue = [], ids = new Map(), fragments = [], outside = new Set(), pages = [], assets = new Map();
  const queries = new Map();
  let claims = 0, pictures = 0, links = 0;

  const want = (address, from) => {
    if (seen.has(address)) return;
    const [path, query] = address.split('?');
    if (/^(\/\w\w|\/api\/v1)\/claims\//.test(path) && ++claims > CLAIMS_MOST) return;
    if (path.startsWith('/share/') && ++pictures > PICTURES_MOST) return;
    if (query && !path.startsWith('/api/')) {
      const n = (queries.get(path) ?? 0) + 1;
      queries.set(path, n);
      if (n > QUERIES_EACH) return;
    }
    if (!twins && path.startsWith('/api/')) return;
    seen.set(address, from);
    queue.push(address);
  };

  const look = (page, text) => {
    const all = [...text.matchAll(/\sid="([^"]*)"/g)].map((m) => plain(m[1]));
    ids.set(page.address, new Set(all));
    if (new Set(all).size !== all.length) complain(`${page.address}: an id stands once`, all.filter((id, i) => all.indexOf(id) !== i).join(' '));
    for (const { tag, has, address } of named(text)) {
      links++;
      if (/^(tel:|mailto:|data:)/.test(address)) continue;
      let url;
      try { url = new URL(address, base + page.address); } catch { complain(`${page.address}: an address can be read`, address); continue; }
      if (url.origin !== base) {
        outside.add(url.href);
        if (url.protocol !== 'https:' && tag !== 'a') complain(`${page.address}: what is elsewhere is fetched from nowhere`, address);
        if (tag !== 'a' && tag !== 'area') complain(`${page.address}: nothing is fetched from elsewhere`, address);
        if (url.protocol !== 'https:') page.insecure = [...(page.insecure ?? []), address];
        if (has.target === '_blank' && !/noopener|noreferrer/.test(has.rel ?? '')) complain(`${page.address}: a new window cannot look back`, address);
        continue;
      }
      if (tag === 'form') continue; // an address of a form is wanted with its fields
      const there = url.pathname + url.search;
      if (url.hash.length > 1) fragments.push([page.address, there, decodeURIComponent(url.hash.slice(1))]);
      if (tag === 'link' && has.rel === 'stylesheet') page.parts.add(there);
      if (tag === 'img' || tag === 'use' || tag === 'script') page.parts.add(there);
      if (tag === 'link' && has.rel === 'icon') page.parts.add(there);
      want(there, page.address);
    }
  };

  const one = async (address) => {
    let answer = await get(address), at = address;
    for (let hops = 0; [301, 302, 303, 307, 308].includes(answer.status) && hops < 3; hops++) {
      const url = new URL(answer.headers.location, base + at);
      if (url.origin !== base) { complain(`${address}: leads to this host`, url.href); return; }
      at = url.pathname + url.search;
      answer = await get(at);
    }
    if (answer.status !== 200) complain(`${address} answers (named by ${seen.get(address)})`, `${answer.status}`);
    const type = answer.headers['content-type'] ?? '';
    if (address.startsWith('/assets/') || address.startsWith('/favicon')) assets.set(address, answer.wire);
    if (!type.startsWith('text/html')) return;
    const page = { address, wire: answer.wire, parts: new Set() };
    pages.push(page);
    look(page, answer.body.toString());
  };

  const begun = performance.now();
  for (const l of LANGUAGES) want(`/${l}/`, 'the beginning');
  let busy = 0;
  await new Promise((done, no) => {
    const more = () => {
      while (busy < 4 && queue.length) {
        busy++;
        one(queue.shift()).then(() => { busy--; more(); }, no);
      }
      if (!busy && !queue.length) done();
    };
    more();
  });
  const took = performance.now() - begun;
  for (const [from, to, id] of fragments) {
    const there = ids.get(to);
    if (there && !there.has(id)) complain(`${from}: #${id} is on ${to}`);
  }
  close();
  for (const p of pages) p.first = p.wire + [...p.parts].reduce((n, part) => n + (assets.get(part) ?? 0), 0);
  return { pages, links, asked: seen.size, outside: [...outside], fragments: fragments.length, took };
}
