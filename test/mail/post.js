'use strict';
/* What the parts share: the sink, a server that sends to it, and what either knows. */
const fs = require('fs'), path = require('path');
const t = require('../hostile/tools');

const from = 'hello@blueheart.example.org';
const fill_program = path.join(t.work, 'mail-fill');
fs.copyFileSync(path.join(t.home, 'build/mail-fill'), fill_program);
fs.chmodSync(fill_program, 0o755);
const sink_program = path.join(t.work, 'sink.js');
fs.copyFileSync(path.join(__dirname, 'sink.js'), sink_program);
fs.chmodSync(sink_program, 0o644);

let number = 0;

async function sink(...options) { /* keeps every mail as a file, but for "hasty" */
    const dir = t.folder(`sink${++number}`), log = path.join(dir, 'log'), port = await t.free_port();
    fs.writeFileSync(log, '');
    if (t.is_root) fs.chownSync(log, t.who.uid, t.who.gid);
    const child = t.start(process.execPath, [sink_program, String(port), log, ...(options[0] === 'hasty' ? [] : ['keep', dir]), ...options],
        {out: path.join(dir, 'said')});
    if (!await t.comes_up(port, child)) throw new Error('the sink does not start');
    return {dir, port, child, mails: () => fs.readFileSync(log, 'utf8').split('\n').filter(Boolean).map(JSON.parse)};
}

/* A server beside the sink; `more` are options about mail beyond the two. */
async function server(at, to, more = [], host = '127.0.0.1') {
    return t.serve(at, {workers: 1, more: ['--smtp', `smtp://${host}:${to.port}`, '--smtp-from', from, ...more]});
}

async function fill(at, prefix, n, each = 50, lang = 'en', options = {}) {
    const made = await t.run(
        fill_program, [at.url || `sqlite:${at.db}`, path.join(at.dir, 'keys'), prefix, String(n), String(each), lang], options);
    if (made.code !== 0) throw new Error(`mail-fill: ${made.err}`);
    return Number(made.out);
}

async function counts(at) { return JSON.parse((await at.say('mail', 'list', '--json')).out); }

/* Until what is asked for is so, or the time is over. */
async function until(seconds, is_so) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await t.wait(100))
        if (await is_so()) return true;
    return false;
}

const sql = (at, words) => t.run('sqlite3', [at.db, '.timeout 5000', words]);

/* The one process that has libcurl. Whoever may not look into them takes the last of the table. */
function sender_of(running) {
    const all = t.children_of(running.child.pid), maps = pid => {
        try {
            return fs.readFileSync(`/proc/${pid}/maps`, 'utf8');
        } catch { return ''; }
    };
    return t.is_root ? all.find(pid => maps(pid).includes('libcurl.so')) : all.slice(-1)[0];
}

module.exports = {from, sink, server, fill, counts, until, sql, sender_of};
