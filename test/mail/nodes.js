'use strict';
/* Two servers on one PostgreSQL: no mail goes from both. */
const fs = require('fs'), path = require('path'), {spawnSync} = require('child_process');
const p = require('./post');

module.exports = async t => {
    const folder = path.join(t.work, 'pg'), pg = path.join(t.home, 'test/pg.sh');
    fs.chmodSync(t.work, 0o755);
    const started = spawnSync(pg, ['start', folder], {encoding: 'utf8'});
    if (started.status !== 0) return t.skip('several nodes', 'no PostgreSQL could be started');
    try {
        await with_pg(t, started.stdout.trim());
    } finally {
        spawnSync(pg, ['stop', folder]);
    }
};

async function with_pg(t, url) {
    /* The socket lies in a folder of the database's own user: these run as whoever runs the test. */
    const dir = path.join(t.work, 'nodes'), as_us = {spawn: {uid: process.getuid(), gid: process.getgid()}};
    fs.mkdirSync(dir, {mode: 0o700});
    const common = ['--db', url, '--var', dir, '--data', t.data];
    const at = {dir, url, common, say: (...words) => t.run(t.binary, [words[0], ...common, ...words.slice(1)], as_us)};
    const made = await at.say('init', '--quiet');
    if (made.code !== 0) throw new Error(made.err);
    const to = await p.sink(), n = 1500;
    const serve = async () => {
        const port = await t.free_port(), log = path.join(dir, `log${port}`);
        const child = t.start(t.binary, ['serve', ...common, '--listen', `127.0.0.1:${port}`, '--workers', '1', '--smtp',
            `smtp://127.0.0.1:${to.port}`, '--smtp-from', p.from], {out: log, as_root: true});
        if (!await t.comes_up(port, child)) throw new Error(fs.readFileSync(log, 'utf8'));
        return {child, read_log: () => fs.readFileSync(log, 'utf8')};
    };
    const one = await serve(), two = await serve();
    const began = Date.now();
    await p.fill(at, 'node', n, 20, 'ru', as_us);
    let kills = 0;
    for (let i = 0; i < 8; i++) { /* a dead sender's mails are taken up by the next one of its own node at once */
        await t.wait(150);
        const sender = p.sender_of(i % 2 ? one : two);
        if (!sender) continue;
        process.kill(sender, 'SIGKILL');
        kills++;
    }
    const is_done = await p.until(30, async () => (await p.counts(at)).waiting === 0);
    const mails = to.mails(), c = await p.counts(at);
    t.check(`two nodes on PostgreSQL send ${n} mails`, is_done && c.sent === n, JSON.stringify({...c, mails: undefined}));
    t.check('each arrives, none as two mails', new Set(mails.map(m => m.to)).size === n && new Set(mails.map(m => m.id)).size === n);
    t.check(`copies beyond: ${mails.length - n}, at most one for each of ${kills} kills`, mails.length - n <= kills);
    console.log(`# ${n} mails on two nodes in ${Date.now() - began} ms, ${mails.length - n} copies beyond`);
    for (const s of [one, two])
        t.check('a node ends well', (await t.stop(s)).code === 0, s.read_log());
}
