'use strict';
/* Encryption and sign-in with the mail server, and what must never be readable. */
const fs = require('fs'), path = require('path');
const p = require('./post');

const waits_for = async (at, why) => p.until(8, async () => (await p.counts(at)).trouble === why);

module.exports = async t => {
    const at = await t.data_home('secret');
    await usage(t, at);

    const dir = t.folder('certificate'), key = path.join(dir, 'key'), cert = path.join(dir, 'cert');
    const made = await t.run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
        '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=0.0.0.0', '-addext', 'subjectAltName=IP:0.0.0.0']);
    if (made.code !== 0) return t.skip('encryption', 'there is no openssl here');
    const login = path.join(dir, 'login');
    fs.writeFileSync(login, 'robot\nCanary Password 77\n', {mode: 0o600});
    if (t.is_root) fs.chownSync(login, t.who.uid, t.who.gid);
    /* 0.0.0.0 leads to this machine, and is not one of the names that need no encryption. */
    const far = '0.0.0.0';

    await p.fill(at, 'canary', 1);
    const file = fs.readFileSync(at.db, 'latin1') + (fs.existsSync(`${at.db}-wal`) ? fs.readFileSync(`${at.db}-wal`, 'latin1') : '');
    t.check('the data file holds neither address nor words', !/canary1@|messages from here/.test(file));

    const plain = await p.sink();
    let running = await p.server(at, plain, [], far);
    t.check('without STARTTLS nothing goes to a server elsewhere', await waits_for(at, 'trust') && plain.mails().length === 0);
    await t.stop(running);

    const secret = await p.sink('tls', key, cert, 'login', 'robot', 'Canary Password 77');
    running = await p.server(at, secret, ['--smtp-login', login], far);
    t.check('a certificate nobody vouches for is not believed', await p.until(8, async () => /trust/.test(running.read_log())) &&
        secret.mails().length === 0, running.read_log());
    await t.stop(running);

    running = await p.server(at, secret, ['--smtp-ca', cert], far);
    t.check('who must sign in and cannot is told so', await p.until(8, async () => /sender|login/.test((await p.counts(at)).trouble)),
        running.read_log());
    await t.stop(running);

    running = await p.server(at, secret, ['--smtp-ca', cert, '--smtp-login', login], far);
    t.check('with certificate and login it goes, encrypted', await p.until(8, async () => secret.mails().length === 1) &&
        secret.mails()[0].is_secret, running.read_log());
    t.check('and the trouble is over', await p.until(3, async () => (await p.counts(at)).trouble_since === 0));
    if (t.is_root) password_is_apart(t, running);
    t.check('neither log nor words of the start tell the password', !/Canary/.test(running.read_log()) &&
        !/Canary/.test(fs.readFileSync(`/proc/${running.child.pid}/cmdline`, 'latin1')));
    await t.stop(running);

    fs.writeFileSync(login, 'robot\nwrong\n');
    await p.fill(at, 'later', 1);
    running = await p.server(at, secret, ['--smtp-ca', cert, '--smtp-login', login], far);
    t.check('a wrong password is said in words', await waits_for(at, 'login'), running.read_log());
    await t.stop(running);

    await p.sql(at, 'UPDATE send_mail SET due_at = 0 WHERE state = 1');
    const whole = await p.sink('tls-only', key, cert);
    running = await t.serve(at, {workers: 1, more: ['--smtp', `smtps://${far}:${whole.port}`, '--smtp-from', p.from, '--smtp-ca', cert]});
    t.check('smtps works as well', await p.until(8, async () => whole.mails().length === 1 && whole.mails()[0].is_secret), running.read_log());
    await t.stop(running);

    const refusing = await p.sink('no-sender');
    await p.fill(at, 'third', 1);
    running = await p.server(at, refusing);
    t.check('a server that does not take our address fails no mail', await waits_for(at, 'sender') && (await p.counts(at)).failed === 0);
    await t.stop(running);
};

/* Only the process that sends has read it: the keeper and the others never had it in memory. */
function password_is_apart(t, running) {
    const holds = [];
    for (const pid of [running.child.pid, ...t.children_of(running.child.pid)]) {
        const mem = fs.openSync(`/proc/${pid}/mem`, 'r');
        for (const line of fs.readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
            const m = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
            if (!m) continue;
            const start = parseInt(m[1], 16), size = Math.min(parseInt(m[2], 16) - start, 1 << 24), bytes = Buffer.alloc(size);
            try {
                fs.readSync(mem, bytes, 0, size, start);
            } catch { continue; }
            if (bytes.includes('Canary Password 77')) {
                holds.push(pid);
                break;
            }
        }
        fs.closeSync(mem);
    }
    const sender = p.sender_of(running);
    t.check('the password is in the memory of the sender alone', holds.every(pid => pid === sender), `${holds} of ${sender}`);
}

async function usage(t, at) {
    const serve = (...more) => t.run(t.binary, ['serve', ...at.common, '--listen', '127.0.0.1:1', ...more]);
    const login = path.join(t.folder('open'), 'login');
    fs.writeFileSync(login, 'a\nb\n', {mode: 0o644});
    const ours = ['--smtp-from', p.from];
    for (const [words, more] of [
             ['needs --smtp-from', ['--smtp', 'smtp://mail.example.org']], ['need --smtp', ours],
             ['takes smtp://', ['--smtp', 'http://mail.example.org', ...ours]],
             ['takes smtp://', ['--smtp', 'smtp://mail.example.org:99999', ...ours]],
             ['takes smtp://', ['--smtp', 'smtp://mail.example.org/path', ...ours]],
             ['put the login into a file', ['--smtp', 'smtp://me:secret@mail.example.org', ...ours]],
             ['--smtp-from', ['--smtp', 'smtp://mail.example.org', '--smtp-from', 'a@b.example\r\nBcc: c@d.example']],
             ['chmod 600', ['--smtp', 'smtp://mail.example.org', ...ours, '--smtp-login', login]],
             ['begins with /', ['--smtp', 'smtp://mail.example.org', ...ours, '--smtp-login', 'login']]
         ]) {
        const said = await serve(...more);
        t.check(`${more.join(' ').replace(t.work, '').replace(/\s+/g, ' ')}: refused in words`, said.code === 1 && said.err.includes(words), said.err);
    }
    for (const address of ['', 'ana', 'ana@', '@b.example', 'a b@c.example', 'a@b.example,c@d.example', 'a@b.example\nBcc: c@d.example',
             'a@b', 'a@127.0.0.1', 'a@[127.0.0.1]', '"a"@b.example', 'ä@b.example', 'a..b@c.example', '<a@b.example>']) {
        const said = await at.say('mail', 'try', address);
        if (said.code !== 2 || said.err.length < 20) t.check(`address ${JSON.stringify(address)} is refused in words`, false, said.err);
    }
    t.check('wrong addresses are refused in words, and nothing is queued', (await p.counts(at)).waiting === 0);
}
