// Confirmed pledges a second while pages are read: node test/bench/pledge.mjs BINARY FILL ROUNDS [postgresql://...]
// Prints lines "what value low high". At the end the server is killed without warning in the middle of confirming, and
// every pledge it had acknowledged must be there when it comes back: "lost N of M".
import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { startServer } from '../e2e/server.mjs';

const [binary, fill, rounds, pg] = [process.argv[2], process.argv[3], Number(process.argv[4]), process.argv[5]];
const EACH_MS = 2000, MOST = 9000, TARGET = 1000;
const server = await startServer(binary, [], pg);
const { port } = new URL(server.base), db = pg ?? `sqlite:${server.folder}/b.db`;
const keys = execFileSync(fill, [db, `${server.folder}/keys`, String(MOST * (rounds + 1))], { maxBuffer: 1 << 28 }).toString().trim().split('\n');

const ask = (agent, path, form) => new Promise((yes, no) => {
  const body = form && new URLSearchParams(form).toString();
  const rq = request({ port, host: '127.0.0.1', path, agent, method: form ? 'POST' : 'GET',
    headers: form ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) } : {} }, (r) => {
    let text = '';
    r.setEncoding('utf8');
    r.on('data', (d) => { text += d; });
    r.on('end', () => yes({ status: r.statusCode, text }));
  });
  rq.on('error', no);
  rq.end(body);
});
const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const load = async (connections, ms, what) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections }), times = [], end = performance.now() + ms;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() < end) {
      const begun = performance.now();
      if (await what(agent) === false) return;
      times.push(performance.now() - begun);
    }
  }));
  agent.destroy();
  return { times, each_s: times.length / ms * 1000 };
};
const one = new Agent({ keepAlive: true });
// A form's token is bound to nobody: one serves for all, as each key is an address of its own.
const token = (await ask(one, `/en/pledge/confirm/${keys[0]}`)).text.match(/name="token" value="([^"]+)"/)[1];
const said = [];
const confirm = async (agent) => {
  const key = keys.pop();
  if (!key) return false;
  const r = await ask(agent, `/en/pledge/confirm/${key}`, { token });
  if (r.status !== 200) throw new Error(`not confirmed: ${r.status} ${server.log()}`);
  said.push(key);
};
const read = (agent) => ask(agent, '/en/countries/MEX');
await load(4, 300, read);

// As many a second as the target says, evenly: what readers feel of it.
const paced = (each_s) => {
  const begun = performance.now();
  let n = 0;
  return async (agent) => {
    const due = begun + n++ * 1000 / each_s, early = due - performance.now();
    if (early > 1) await new Promise((r) => setTimeout(r, early));
    return confirm(agent);
  };
};
const found = { confirmed: [], paced: [], idle: [], busy: [] };
for (let i = 0; i < rounds; i++) {
  found.idle.push(at((await load(4, EACH_MS, read)).times, 0.99));
  const [c] = await Promise.all([load(8, EACH_MS, confirm), load(4, EACH_MS, read)]);
  found.confirmed.push(c.each_s);
  const [p, r] = await Promise.all([load(8, EACH_MS, paced(TARGET)), load(4, EACH_MS, read)]);
  found.paced.push(p.each_s);
  found.busy.push(at(r.times, 0.99));
}
const line = (what, list) => console.log(what, at(list, 0.5).toFixed(2), Math.min(...list).toFixed(2), Math.max(...list).toFixed(2));
line('confirmed_each_s', found.confirmed);
line('paced_each_s', found.paced);
line('p99_idle_ms', found.idle);
line('p99_ratio', found.busy.map((b, i) => b / found.idle[i]));

said.length = 0;
const end = load(8, 5000, confirm).catch(() => {});
while (said.length < 300 && keys.length) await new Promise((r) => setTimeout(r, 2));
await server.kill();
await end;
let lost = 0;
for (const key of said) if (!/confirmed before/.test((await ask(new Agent(), `/en/pledge/confirm/${key}`)).text)) lost++;
console.log(`lost ${lost} ${said.length} 0`);
await server.stop();
