// The same pages as data: each twin fits its schema, the description only grows.
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { check, close, skip } from './count.mjs';
import { startServer } from './server.mjs';

const server = await startServer();
const get = (path) => fetch(server.base + path, { redirect: 'manual' });

const api = await (await get('/openapi.json')).json();
check('the description is OpenAPI 3.1', api.openapi.startsWith('3.1'));

// What was published once stays.
const published = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
function grows(was, is, where) {
  if (is?.$ref && !was?.$ref) is = api.components.schemas[is.$ref.split('/').pop()]; /* the same, now shared with others */
  if (Array.isArray(was)) {
    for (const w of was) {
      const found = w && typeof w === 'object' && w.name ? is?.find?.((x) => x.name === w.name) : is?.find?.((x) => JSON.stringify(x) === JSON.stringify(w));
      if (!found && !where.endsWith('/required')) { check(`published ${where} stays`, false, JSON.stringify(w)); continue; }
      if (found && typeof w === 'object') grows(w, found, `${where}/${w.name ?? ''}`);
    }
  } else if (was && typeof was === 'object') {
    for (const key of Object.keys(was)) {
      if (is?.[key] === undefined) check(`published ${where}/${key} stays`, false);
      else grows(was[key], is[key], `${where}/${key}`);
    }
  } else if (where.endsWith('/type') || where.endsWith('/$ref')) {
    check(`published ${where} keeps its type`, JSON.stringify(was) === JSON.stringify(is), `${was} became ${is}`);
  }
}
grows(published.paths, api.paths, 'paths');
grows(published.components.schemas, api.components.schemas, 'schemas');
check('the published description was compared', Object.keys(published.paths).length > 5);

// What is no page's twin is looked at by machine.mjs.
api.paths = Object.fromEntries(Object.entries(api.paths).filter(([path]) => path.startsWith('/api/v1/')));

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema({ $id: 'api', components: api.components });
const sample = { '{iso3}': ['MEX', 'AGO', 'TUV', 'SDN', 'ERI', 'PSE', 'EUE'], '{number}': ['1', '3', '20'], '{year}': ['2001', '2014', '2023', '2024', '2025'], '{series}': ['detected-victims', 'persons-convicted', 'share-of-victims'], '{id}': [], '{kind}': ['state', 'organisation', 'city', 'company', 'students', 'advocate'], '{audience}': ['neighbour', 'pupil', 'company'], '{course}/{lesson}': ['pupils/1', 'families/2', 'professionals/4'] };
const made = { '{estimate}': 'study.mjs', '{code}': 'course.mjs', '{answer}': 'src/ask/test/ask.test' };
const mexico = await (await get('/api/v1/countries/MEX')).json();
sample['{id}'] = [...new Set(JSON.stringify(mexico).match(/\/claims\/[a-z0-9]{24}/g))].slice(0, 20).map((s) => s.slice(8));
/* What stands where a path has a name in it: what the site itself tells search engines, or the samples above. */
const told = [...(await (await get('/sitemap.xml')).text()).matchAll(/<loc>https?:\/\/[^/]+\/en(\/[^<]*)<\/loc>/g)].map((m) => m[1]);
function values(path, place) {
  const form = new RegExp(`^${path.replace('/api/v1', '').replace(place, place.includes('/') ? '([^/]+/[^/]+)' : '([^/]+)')}$`);
  const named = told.filter((t) => !api.paths[`/api/v1${t}`]).map((t) => t.match(form)?.[1]).filter(Boolean);
  const all = [...new Set([...(sample[place] ?? []), ...named])].slice(0, 20);
  if (!all.length && made[place]) skip(`${path}: people make these; there are none on fresh data (${made[place]} looks at one)`);
  else check(`there are samples for ${path}`, all.length > 0);
  return all;
}
for (const [path, { get: operation }] of Object.entries(api.paths)) {
  const name = operation.responses['200'].content['application/json'].schema.$ref.split('/').pop();
  const validate = ajv.getSchema(`api#/components/schemas/${name}`);
  const place = path.match(/\{\w+\}(\/\{\w+\})*/)?.[0];
  for (const value of place ? values(path, place) : ['']) {
    for (const lang of ['', '?lang=ar', '?lang=fr&on=2010-01-01']) {
      const address = path.replace(place, value) + lang;
      const answer = await get(address);
      if (answer.status === 303) { /* without a text to ask about */
        check(`${address} leads to answers`, /\/ask\/answers/.test(answer.headers.get('location')));
        continue;
      }
      const body = await answer.json();
      if (answer.status === 404 && address.includes('on=')) { /* was not there on that day, and says so */
        check(`${address} says what was not there`, body.status === 404 && body.detail.length > 10);
        continue;
      }
      check(`${address} answers`, answer.status === 200, `${answer.status}`);
      check(`${address} fits its schema`, validate(body), ajv.errorsText(validate.errors));
    }
  }
}

await new Promise((r) => setTimeout(r, 6000)); // longer than the caretaker rests: its round counts too
check('the server ends well', (await server.stop()) === 0, server.log());
check('nothing went wrong meanwhile', !/ BAD /.test(server.log()), server.log());
close();
