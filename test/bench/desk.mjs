// What signing in and the desk cost while others read: node test/bench/desk.mjs BINARY ROUNDS
// Prints lines "what value low high", medians of the rounds; rounds idle and busy follow each other.
import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { openAccount, password, token } from '../e2e/account.mjs';
import { startServer } from '../e2e/server.mjs';

const [binary, rounds] = [process.argv[2], Number(process.argv[3])];
const server = await startServer(binary);
const { port } = new URL(server.base);
const data = ['--db', `sqlite:${server.folder}/b.db`, '--var', server.folder];
const wait = (ms) => new Promise((r) => setTimeout(r, ms));

const ask = (agent, path, { cookie, form } = {}) => new Promise((yes, no) => {
  const body = form && new URLSearchParams(form).toString();
  const rq = request({ port, host: '127.0.0.1', path, agent, method: form ? 'POST' : 'GET',
    headers: { ...(cookie ? { Cookie: cookie } : {}), ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) } : {}) } }, (r) => {
    let text = '';
    r.setEncoding('utf8');
    r.on('data', (d) => { text += d; });
    r.on('end', () => yes({ status: r.statusCode, text, cookie: r.headers['set-cookie']?.[0].split(';')[0] }));
  });
  rq.on('error', no);
  rq.end(body);
});
const keep = (n) => new Agent({ keepAlive: true, maxSockets: n });

// A translator signs in with a password alone: what is measured is the password. An editor has the desk.
const one = keep(1);
const invited = (name, role) => execFileSync(binary, ['user', 'add', name, `${name}@example.org`, role, ...data]).toString().trim();
const tom = new URL(invited('tom', 'translator')).pathname;
const form = { token: token((await ask(one, tom)).text), name: 'tom', password, password_again: password };
const made = await ask(one, tom, { form });
if (made.status !== 303) throw new Error(`no account: ${made.status}`);
const { cookie: ben } = await openAccount((path, what) => ask(one, path, what), invited('ben', 'editor'), 'ben');

const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const load = async (connections, ms, what) => { // as many at once, each waiting for its answer
  const agent = keep(connections), times = [], end = performance.now() + ms;
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() < end) {
      const begun = performance.now();
      await what(agent);
      times.push(performance.now() - begun);
    }
  }));
  agent.destroy();
  return { times, each_s: times.length / ms * 1000 };
};
const read = (agent) => ask(agent, '/en/countries/MEX');
const home = async (agent) => { if ((await ask(agent, '/en/desk', { cookie: ben })).status !== 200) throw new Error('no desk'); };
const sign_in = async (agent) => {
  const { text } = await ask(agent, '/en/desk/sign-in');
  const r = await ask(agent, '/en/desk/sign-in', { form: { token: token(text), mail: 'tom@example.org', password } });
  if (r.status !== 303) throw new Error(`not signed in: ${r.status}`);
};
await load(4, 300, read);

const found = { sign_ins: [], idle: [], signing: [], desk_idle: [], desk_busy: [] };
for (let i = 0; i < rounds; i++) {
  found.idle.push(at((await load(8, 1500, read)).times, 0.99));
  const signing = load(16, 1500, sign_in);
  const reading = await load(8, 1500, read);
  found.signing.push(at(reading.times, 0.99));
  found.sign_ins.push((await signing).each_s);
  found.desk_idle.push(at((await load(1, 1000, home)).times, 0.99));
  const crowd = load(64, 1500, read);
  await wait(100);
  found.desk_busy.push(at((await load(1, 1200, home)).times, 0.99));
  await crowd;
}
const line = (what, list) => console.log(`${what} ${at(list, 0.5).toFixed(2)} ${Math.min(...list).toFixed(2)} ${Math.max(...list).toFixed(2)}`);
line('sign-ins', found.sign_ins);
line('page-ratio', found.signing.map((v, i) => v / found.idle[i]));
line('page-p99', found.signing);
line('desk-idle', found.desk_idle);
line('desk-busy', found.desk_busy);
one.destroy();
await server.stop();
