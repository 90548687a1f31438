// News to 200 servers of the fediverse, of which 40 hang: fedi.mjs BINARY ROUNDS; prints "name value" lines.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow, send, server, servers, until, world } from '../e2e/fediverse.mjs';
import { freePort, startServer } from '../e2e/server.mjs';

const [binary, rounds] = [process.argv[2] ?? 'build/blueheart', Math.min(Number(process.argv[3] ?? 5), 5)];
const all = 200, hanging = 40, port = await freePort();
const site = await startServer(binary, ['--fedi', '--fedi-trial', String(port)]);
world(site.base, port);
const data = ['--db', `sqlite:${site.folder}/b.db`, '--var', site.folder];
const texts = execFileSync(binary, ['export', 'texts', ...data], { encoding: 'utf8', maxBuffer: 1 << 26 });
const today = new Date().toISOString().slice(0, 10);
const rows = [];
try {
  await until(async () => (await fetch(`${site.base}/fedi/zh`, { headers: { accept: 'application/activity+json' } })).status === 200);
  for (let i = 0; i < all; i++) await server(`127.0.1.${i + 1}`);
  for (const s of servers) await send(s, follow(s));
  if (!await until(() => servers.every((s) => s.got.length === 1), 60000)) throw new Error(`not all were accepted\n${site.log()}`);
  const child = readdirSync('/proc').filter((p) => /^\d+$/.test(p)).find((p) => {
    try { return readdirSync(`/proc/${p}/fd`).some((f) => { try { return readlinkSync(`/proc/${p}/fd/${f}`) === `${site.folder}/keys-fedi`; } catch { return false; } }); } catch { return false; }
  });
  for (let round = 0; round < rounds; round++) {
    const hangs = round > 0; // the first round has none, to see how fast it is
    servers.forEach((s, i) => { s.how.hangs = hangs && i % (all / hanging) === 0; });
    const healthy = servers.filter((s) => !s.how.hangs);
    const before = new Map(servers.map((s) => [s, s.got.length]));
    rows.push(`bench-${round},en,news,Round ${round},Summary,Words.,,,${today},,`);
    writeFileSync(join(site.folder, 'texts.csv'), `${texts.trimEnd()}\n${rows.join('\n')}\n`);
    execFileSync(binary, ['import', '--quiet', 'texts', join(site.folder, 'texts.csv'), ...data], { stdio: 'ignore' });
    let first = 0;
    await until(() => { if (!first && healthy.some((s) => s.got.length > before.get(s))) first = Date.now(); return first; }, 20000);
    const began = first;
    if (!await until(() => healthy.every((s) => s.got.length > before.get(s)), 60000)) throw new Error(`round ${round}: not everybody has it`);
    const took = Math.max(1, Date.now() - began);
    console.log(`${hangs ? 'hang-ms' : 'all-ms'} ${took}`);
    if (!hangs) console.log(`rate ${Math.round(all * 1000 / took)}`);
    console.log(`peak-kib ${/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))[1]}`);
  }
} finally {
  await site.stop();
  for (const s of servers) { s.http.closeAllConnections(); s.http.close(); }
}
