// A server of our own on a free port, with its own data, ended by its id.
import { spawn, execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const freePort = () => new Promise((done) => {
  const s = createServer();
  s.listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); });
});

// A process and all beneath it.
const family = (pid) => {
  let below = '';
  try { below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'); } catch { /* it is gone */ }
  return [pid, ...below.trim().split(' ').filter(Boolean).flatMap((p) => family(Number(p)))];
};

export async function startServer(binary = 'build/blueheart', extra = [], elsewhere = null) {
  const folder = mkdtempSync(join(tmpdir(), 'blueheart-e2e-'));
  const db = elsewhere ?? `sqlite:${folder}/b.db`;
  execFileSync(binary, ['init', '--quiet', '--db', db, '--var', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  let log = '', child;
  const begin = async () => {
    child = spawn(binary, ['serve', '--db', db, '--var', folder, '--listen', `127.0.0.1:${port}`, '--workers', '2', ...extra],
      { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (d) => { log += d; });
    for (let i = 0; ; i++) {
      try { if ((await fetch(`${base}/healthz`)).ok) break; } catch { /* not yet */ }
      if (i > 100 || child.exitCode !== null) throw new Error(`the server did not start: ${log}`);
      await new Promise((r) => setTimeout(r, 50));
    }
  };
  await begin();
  // Ends it and starts it anew on the same data.
  const restart = async () => {
    await new Promise((done) => { child.on('exit', done); child.kill('SIGTERM'); });
    await begin();
  };
  // Ends all of its processes without a word, and starts it anew.
  const kill = async () => {
    const gone = new Promise((done) => { child.on('exit', done); });
    for (const pid of family(child.pid)) { try { process.kill(pid, 'SIGKILL'); } catch { /* it went by itself */ } }
    await gone;
    await begin();
  };
  const stop = () => new Promise((done) => {
    child.on('exit', (code) => { rmSync(folder, { recursive: true, force: true }); done(code); });
    child.kill('SIGTERM');
  });
  return { base, folder, get child() { return child; }, restart, kill, stop, log: () => log };
}
