// No edit is lost: many saves at once, on both engines; workers killed between a save and its answer; a full disk; a body
// that is too long. Over real sockets, without a browser.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccount } from './account.mjs';
import { check, close, skip } from './count.mjs';
import { client } from './editors.mjs';
import { freePort } from './server.mjs';

const binary = 'build/blueheart';
const wait = (ms) => new Promise((r) => setTimeout(r, ms));

async function serve(db, folder, extra = []) {
  execFileSync(binary, ['init', '--quiet', '--db', db, '--var', folder], { stdio: 'ignore' });
  const port = await freePort();
  const child = spawn(binary, ['serve', '--db', db, '--var', folder, '--listen', `127.0.0.1:${port}`, '--workers', '2', ...extra], { stdio: 'ignore' });
  for (let i = 0; i < 100; i++) {
    try { if ((await fetch(`http://127.0.0.1:${port}/healthz`)).ok) break; } catch { /* not yet */ }
    await wait(50);
  }
  const stop = () => new Promise((done) => { child.on('exit', done); child.kill('SIGTERM'); });
  return { port, child, stop, data: ['--db', db, '--var', folder, '--listen', `127.0.0.1:${port}`] };
}

const pg = process.env.TEST_PG;
if (!pg) skip('the same on PostgreSQL: TEST_PG names none');
for (const engine of pg ? ['SQLite', 'PostgreSQL'] : ['SQLite']) {
  const folder = mkdtempSync(join(tmpdir(), 'blueheart-hard-'));
  if (engine === 'PostgreSQL') execFileSync('psql', ['-q', pg, '-c', 'DROP SCHEMA public CASCADE; CREATE SCHEMA public'], { stdio: 'ignore' });
  const server = await serve(engine === 'SQLite' ? `sqlite:${folder}/b.db` : pg, folder);
  const c = client(server.port, server.data);
  const ben = await c.account('ben'), cleo = await c.account('cleo');
  await c.begin(ben);

  let wrong = [];
  for (let round = 0; round < 6; round++) { // everybody began with the same version
    const seen = await Promise.all(Array.from({ length: 10 }, (_, i) => c.look(i % 2 ? ben : cleo)));
    const answers = await Promise.all(seen.map((s, i) => c.save(i % 2 ? ben : cleo, s, `Round ${round}, writer ${i}.`)));
    const taken = answers.filter((a) => a.status === 303).length, both = answers.filter((a) => a.status === 409).length;
    const given = answers.every((a, i) => a.status !== 409 || a.text.includes(`Round ${round}, writer ${i}.`));
    const after = await c.look(ben);
    if (taken !== 1 || both !== 9 || !given || after.head !== seen[0].head + 1) wrong.push(`${taken} taken, ${both} refused, head ${seen[0].head} -> ${after.head}, ${answers.map((a) => a.status)}`);
  }
  check(`${engine}: of ten saves at once one is taken, and nine get both versions`, wrong.length === 0, wrong.join('\n'));

  if (engine === 'SQLite') {
    const workers = () => readFileSync(`/proc/${server.child.pid}/task/${server.child.pid}/children`, 'utf8').trim().split(/\s+/).map(Number);
    wrong = [];
    let cut = 0;
    for (let round = 0; round < 8; round++) {
      let seen;
      for (let i = 0; i < 100 && !seen?.token; i++) { try { seen = await c.look(ben); } catch { await wait(50); } }
      const body = `Killed in round ${round}.`, sent = c.save(ben, seen, body).catch(() => null);
      await wait(Math.random() * 6);
      for (const p of workers()) { try { process.kill(p, 'SIGKILL'); } catch { /* gone */ } }
      const answer = await sent;
      let after;
      for (let i = 0; i < 100 && !after?.token; i++) { try { after = await c.look(ben); } catch { await wait(50); } }
      if (!answer) cut++;
      if (answer?.status === 303 && after.body !== body) wrong.push(`round ${round}: acknowledged and lost`);
      if (after.body !== body && after.body !== seen.body) wrong.push(`round ${round}: half of something: ${after.body}`);
      let again; // the same form, sent once more, does it once
      for (let i = 0; i < 100 && !again; i++) again = await c.save(ben, seen, body).catch(() => wait(50).then(() => null));
      const last = await c.look(ben);
      if (again?.status !== 303 || last.body !== body || last.head !== seen.head + 1) wrong.push(`round ${round}: sent again ${again?.status}, head ${seen.head} -> ${last.head}`);
    }
    check(`killed ${cut} times before an answer: what was acknowledged is there, and a form sent again does one deed`, wrong.length === 0 && cut > 0, `${cut} ${wrong.slice(0, 3).join('; ')}`);

    const arabic = 'قلب أزرق '.repeat(3600).trim(), seen = await c.look(ben);
    check('a text longer than any is refused in words, and comes back whole', ((r) => r.status === 422 && r.text.includes('56 KB') && r.text.includes(arabic.slice(-200)))(await c.save(ben, seen, arabic)));
    const fine = arabic.slice(0, 28000).trim();
    check('one of 50 KB, sent as 150, is saved', (await c.save(ben, seen, fine)).status === 303 && (await c.look(ben)).body === fine);
    const dead = await c.ask(c.at, { cookie: `${ben.slice(0, -3)}aaa`, form: { token: 'x', act: 'save', body: fine } });
    check('with a dead session it comes back whole', dead.status === 401 && dead.text.includes(fine.slice(-300)));
    const big = await c.ask(c.at, { cookie: ben, form: { token: 'x', body: 'a'.repeat(600000) } });
    check('half a megabyte is refused', big.status === 413);
    const letters = (n) => Array.from({ length: n }, (_, i) => String.fromCharCode(97 + (i * 7919 + n) % 26)).join(' ');
    const now = await c.look(ben);
    await c.save(cleo, await c.look(cleo), letters(27000));
    const begun = Date.now(), clash = await c.save(ben, now, letters(26999));
    check('two hostile texts are compared in no time', clash.status === 409 && Date.now() - begun < 500, `${clash.status}, ${Date.now() - begun} ms`);
  }
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

// A full disk: nothing half done, the text comes back, and it goes on without hands.
{
  const folder = mkdtempSync(join(tmpdir(), 'blueheart-full-')), port = await freePort();
  const data = ['--db', `sqlite:${folder}/b.db`, '--var', folder, '--listen', `127.0.0.1:${port}`];
  const script = `mount -t tmpfs -o size=160m,mode=777 none ${folder} || exit 77
${binary} init --quiet --db sqlite:${folder}/b.db --var ${folder} || exit 78
exec 3>&1
for n in ben; do ${binary} user add $n $n@example.org editor --db sqlite:${folder}/b.db --var ${folder} --listen 127.0.0.1:${port}; done
${binary} serve --quiet --db sqlite:${folder}/b.db --var ${folder} --listen 127.0.0.1:${port} --workers 1 >/dev/null 2>&1 &
pid=$!
while read -r word; do case $word in
fill) cat /dev/zero >${folder}/filler 2>/dev/null; echo filled ;; free) rm ${folder}/filler; echo freed ;; end) kill $pid; wait $pid; exit 0 ;; esac; done
kill $pid; wait $pid`;
  const ns = spawn('unshare', ['-rm', 'bash', '-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  let said = '', code = null;
  ns.stdout.on('data', (d) => { said += d; });
  ns.on('exit', (n) => { code = n; });
  const until = async (test) => { for (let i = 0; i < 600 && code === null && !(await test()); i++) await wait(50); return code === null; };
  const is_up = await until(async () => { try { return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok; } catch { return false; } });
  if (!is_up) skip(`a full disk: no tmpfs can be mounted (${code})`);
  else {
    const c = client(port, data);
    const { cookie: ben } = await openAccount(c.ask, said.trim().split('\n').pop(), 'ben');
    await c.begin(ben);
    const text = 'A long day of writing. '.repeat(2200).trim();
    const seen = await c.look(ben);
    ns.stdin.write('fill\n');
    await until(async () => said.includes('filled'));
    let full, n = 0; // the log has room for some pages yet
    do full = await c.save(ben, await c.look(ben).catch(() => seen), `${text} ${n}`); while (full.status === 303 && ++n < 200);
    check('on a full disk the text comes back whole, and nothing is promised', full.status === 503 && full.text.includes(text.slice(-500)), `${full.status} ${full.text.length}`);
    check('and pages are still read', (await fetch(`http://127.0.0.1:${port}/en/news`)).status === 200);
    ns.stdin.write('free\n');
    await until(async () => said.includes('freed'));
    const after = await c.save(ben, await c.look(ben), `${text} and on`);
    check('with room again it goes on without hands', after.status === 303 && (await c.look(ben)).body === `${text} and on`, `${after.status}`);
  }
  if (code === null) { ns.stdin.write('end\n'); await until(async () => false); }
  rmSync(folder, { recursive: true, force: true });
}
close();
