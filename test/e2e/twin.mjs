// A page's twin for programs, held against its own description: for pages that people make, which fresh data do not have.
import Ajv2020 from 'ajv/dist/2020.js';
import { check } from './count.mjs';

export async function checkTwin(base, path, address) { // '/numbers/estimates/{estimate}', '/numbers/estimates/kosovo-1999'; gives its text
  const answer = await fetch(`${base}/api/v1${address}`), twin = await answer.text();
  const api = await (await fetch(`${base}/openapi.json`)).json(), ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: 'api', components: api.components });
  const schema = api.paths[`/api/v1${path}`].get.responses['200'].content['application/json'].schema.$ref.split('/').pop();
  const validate = ajv.getSchema(`api#/components/schemas/${schema}`);
  check(`${address}: the twin is there and fits its schema`, answer.status === 200 && validate(JSON.parse(twin)), ajv.errorsText(validate.errors));
  return twin;
}
