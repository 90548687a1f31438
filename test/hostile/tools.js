'use strict';
/* What the hostile tests share: counting, servers on free ports, raw bytes, and an end that leaves nothing behind. */
const fs = require('fs'), net = require('net'), tls = require('tls'), os = require('os'), path = require('path');
const {spawn, spawnSync} = require('child_process');

const home = path.resolve(__dirname, '../..');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'hostile-'));
const is_root = process.getuid() === 0;
const who = is_root ? {uid: 65534, gid: 65534} : {}; /* the program never runs as root here */
const name = 'blueheart.example.org';                /* as in the shipped proxy configurations */
fs.chmodSync(work, 0o755);
const data = path.join(work, 'data'); /* a copy: whoever the program runs as may not be able to look into our home */
fs.mkdirSync(data, {mode: 0o755});
for (const f of fs.readdirSync(path.join(home, 'data'))) {
    fs.copyFileSync(path.join(home, 'data', f), path.join(data, f));
    fs.chmodSync(path.join(data, f), 0o644);
}
fs.cpSync(path.join(home, 'content'), path.join(work, 'content'), {recursive: true}); /* texts stand beside the data */
const binary = path.join(work, 'blueheart'); /* a copy: a build meanwhile must not pull it away */
fs.copyFileSync(process.env.BLUEHEART || path.join(home, 'build/blueheart'), binary);
fs.chmodSync(binary, 0o755);

/* ---- counting: one line a check ---- */

const counts = {
    passed: 0,
    failed: 0,
    skipped: 0
};

function check(words, is_right, detail) {
    if (is_right)
        counts.passed++;
    else
        counts.failed++;
    console.log(`${is_right ? 'ok   ' : 'BAD  '} ${words}`);
    if (!is_right && detail !== undefined)
        console.log(`        ${String(detail).slice(0, 600).replace(/\n/g, '\n        ')}`);
    return is_right;
}

function skip(words, why) {
    counts.skipped++;
    console.log(`skip  ${words}: ${why}`);
}

/* Several alike, told in one line: `wrong` holds what was not right. */
function check_all(words, n, wrong) { check(`${words} (${n})`, n > 0 && wrong.length === 0, wrong.join('\n')); }

const wait = ms => new Promise(done => setTimeout(done, ms));

/* ---- processes ---- */

const running = new Set();

function start(program, args, options = {}) {
    const out = options.out ? fs.openSync(options.out, 'a') : 'ignore';
    const child = spawn(program, args, {
        stdio: ['ignore', out, options.out ? out : 'ignore'],
        cwd: work,
        ...(options.as_root ? {} : who),
        ...options.spawn
    });
    if (options.out) fs.closeSync(out);
    running.add(child);
    child.ended = new Promise(done => child.on('close', (code, signal) => {
        running.delete(child);
        done({code, signal});
    }));
    child.on('error', () => {});
    return child;
}

/* Runs to its end; { code, out, err }. */
function run(program, args, options = {}) {
    return new Promise(done => {
        const child = spawn(program, args, {stdio: ['pipe', 'pipe', 'pipe'], cwd: work, ...who, ...options.spawn});
        running.add(child);
        let out = [], err = '';
        child.stdout.on('data', b => out.push(b));
        child.stderr.on('data', b => err += b);
        child.stdin.on('error', () => {});
        child.stdin.end(options.input || '');
        child.on('error', e => done({code: -1, out: '', err: String(e)}));
        child.on('close', (code, signal) => {
            running.delete(child);
            done({code, signal, out: Buffer.concat(out).toString(), err});
        });
        if (options.started) options.started(child);
    });
}

function end_all() {
    for (const child of running) {
        child.kill('SIGTERM');
        try {
            process.kill(child.pid, 'SIGKILL');
        } catch { /* gone */
        }
    }
    fs.rmSync(work, {recursive: true, force: true});
}
process.on('exit', end_all);
for (const s of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(s, () => process.exit(1));

function free_port() {
    return new Promise(done => {
        const s = net.createServer().listen(0, '127.0.0.1', () => {
            const {port} = s.address();
            s.close(() => done(port));
        });
    });
}

function has(program) {
    return [...process.env.PATH.split(':'), '/usr/sbin', '/sbin']
        .map(d => path.join(d, program))
        .find(p => fs.existsSync(p));
}

async function comes_up(port, child, ms = 8000) {
    for (const until = Date.now() + ms; Date.now() < until; await wait(25)) {
        if (child && child.exitCode !== null) return false;
        const is_up = await new Promise(done => {
            const s = net.connect(port, '127.0.0.1', () => {
                s.destroy();
                done(true);
            });
            s.on('error', () => done(false));
        });
        if (is_up) return true;
    }
    return false;
}

function folder(called) {
    const f = path.join(work, called);
    fs.mkdirSync(f, {recursive: true});
    if (is_root) fs.chownSync(f, who.uid, who.gid);
    return f;
}

/* A fresh data home; the first is made by `init`, the others are copies of it. */
let first_home;
async function data_home(called) {
    const dir = folder(called), db = path.join(dir, 'blueheart.db');
    if (!first_home) {
        const made = await run(binary, ['init', '--quiet', '--db', `sqlite:${db}`, '--var', dir, '--data', data]);
        if (made.code !== 0) throw new Error(`init: ${made.err}`);
        first_home = path.join(folder('first'), 'blueheart.db');
        fs.copyFileSync(db, first_home);
    } else {
        fs.copyFileSync(first_home, db);
        if (is_root) fs.chownSync(db, who.uid, who.gid);
        fs.chmodSync(db, 0o600);
    }
    const common = ['--db', `sqlite:${db}`, '--var', dir, '--data', data];
    return {dir, db, common, say: (...words) => run(binary, [words[0], ...common, ...words.slice(1)])};
}

async function serve(at, options = {}) {
    for (let tries = 0;; tries++) {
        const port = options.port || await free_port();
        const log = path.join(at.dir, 'serve.log');
        const child = start(binary,
            [
                'serve', ...at.common, '--listen', `127.0.0.1:${port}`, '--workers', String(options.workers || 2),
                ...(options.more || [])
            ],
            {out: log});
        if (await comes_up(port, child)) return {...at, port, child, log, read_log: () => fs.readFileSync(log, 'utf8')};
        if (options.port || tries === 3) throw new Error(`the server does not start: ${fs.readFileSync(log, 'utf8')}`);
    }
}

async function stop(server) {
    server.child.kill('SIGTERM');
    return server.child.ended;
}

function children_of(pid) {
    try {
        return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
            .trim()
            .split(/\s+/)
            .filter(Boolean)
            .map(Number);
    } catch { return []; }
}

/* Its share of memory. Whoever is not root may not look at a process that cannot be dumped: then what is its own. */
function pss_kb(pid) {
    try {
        return Number(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)[1]);
    } catch { return Number(fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/^RssAnon:\s+(\d+)/m)[1]); }
}

/* ---- raw bytes ---- */

/* Where to: { port, is_tls, from }. */
function connect(to, then) {
    const where = {port: to.port, host: '127.0.0.1', localAddress: to.from};
    const s = to.is_tls ?
        tls.connect({...where, servername: name, rejectUnauthorized: false, ALPNProtocols: ['http/1.1']}, then) :
        net.connect(where, then);
    s.on('error', () => {});
    return s;
}

/* Splits what came into answers; HEAD and 304 have no body. */
function answers_in(buffer, is_head) {
    const answers = [];
    for (let at = 0; at < buffer.length;) {
        const end = buffer.indexOf('\r\n\r\n', at);
        if (end < 0) break;
        const head = buffer.subarray(at, end).toString('latin1'), status = Number(head.slice(9, 12));
        const headers = {};
        for (const line of head.split('\r\n').slice(1)) {
            const colon = line.indexOf(':'), key = line.slice(0, colon).toLowerCase();
            headers[key] =
                key in headers ? `${headers[key]}, ${line.slice(colon + 1).trim()}` : line.slice(colon + 1).trim();
        }
        let body, next;
        if (is_head || status === 304 || status < 200) {
            next = end + 4;
        } else if (headers['transfer-encoding'] === 'chunked') {
            const parts = [];
            for (next = end + 4;;) {
                const eol = buffer.indexOf('\r\n', next);
                if (eol < 0) {
                    next = -1;
                    break;
                }
                const n = parseInt(buffer.subarray(next, eol).toString(), 16);
                if (eol + 2 + n + 2 > buffer.length) {
                    next = -1;
                    break;
                }
                parts.push(buffer.subarray(eol + 2, eol + 2 + n));
                next = eol + 4 + n;
                if (n === 0) break;
            }
            body = Buffer.concat(parts);
        } else {
            const n = 'content-length' in headers ? Number(headers['content-length']) : buffer.length - end - 4;
            next = end + 4 + n > buffer.length ? -1 : end + 4 + n;
            body = buffer.subarray(end + 4, end + 4 + n);
        }
        answers.push({status, headers, head, body: body || Buffer.alloc(0), is_whole: next >= 0});
        if (next < 0) break;
        at = next;
    }
    return answers;
}

/* Sends bytes; ends when the other side closes, or `quiet` ms after the last byte of a whole answer, or after `most`. */
function raw(to, bytes, {quiet = 120, most = 4000, is_head = false} = {}) {
    return new Promise(done => {
        const parts = [];
        let timer, is_closed = false, is_over = false;
        const all = setTimeout(finish, most);
        function finish() {
            if (is_over) return;
            is_over = true;
            clearTimeout(timer);
            clearTimeout(all);
            s.destroy();
            const answers = answers_in(Buffer.concat(parts), is_head);
            done({
                answers,
                status: answers.length ? answers[0].status : 0,
                is_closed,
                bytes: Buffer.concat(parts),
                ...(answers[0] || {headers: {}, body: Buffer.alloc(0), head: ''})
            });
        }
        const s = connect(to, () => s.write(bytes));
        s.on('data', b => {
            parts.push(b);
            clearTimeout(timer);
            const got = answers_in(Buffer.concat(parts), is_head);
            if (got.length && got[got.length - 1].is_whole) timer = setTimeout(finish, quiet);
        });
        s.on('close', () => {
            is_closed = true;
            finish();
        });
    });
}

const head_of = (method, target, headers) => `${method} ${target} HTTP/1.1\r\nHost: ${name}\r\n${
    Object.entries(headers).map(([k, v]) => `${k}: ${v}\r\n`).join('')}`;

function ask(to, target, headers = {}, method = 'GET') {
    return raw(to, Buffer.from(`${head_of(method, target, headers)}Connection: close\r\n\r\n`, 'latin1'),
        {is_head: method === 'HEAD', most: 15000});
}

/* ---- the shipped proxies ---- */

let certificate;
function certificate_made() {
    if (certificate !== undefined) return certificate;
    const key = path.join(work, 'key.pem'), cert = path.join(work, 'cert.pem');
    const made = spawnSync('openssl', [
        'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj',
        `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-keyout', key, '-out', cert
    ]);
    if (made.status === 0) {
        fs.chmodSync(key, 0o644);
        certificate = {key, cert};
    } else
        certificate = null;
    return certificate;
}

/* dist/nginx.conf with nothing changed but ports, paths of certificates and logs, inside Debian's own main file. */
async function nginx_before(port, called) {
    const program = has('nginx'), keys = certificate_made();
    if (!program) return {why: 'nginx is not installed'};
    if (!keys) return {why: 'openssl makes no certificate here'};
    const dir = folder(called), plain = await free_port(), secure = await free_port();
    const site = fs.readFileSync(path.join(home, 'dist/nginx.conf'), 'utf8')
                     .replace(/^.*listen \[::\].*\n/gm, '')
                     .replace(/listen 80\b/g, `listen 127.0.0.1:${plain}`)
                     .replace(/listen 443\b/g, `listen 127.0.0.1:${secure}`)
                     .replace('127.0.0.1:8080', `127.0.0.1:${port}`)
                     .replace(/\/etc\/letsencrypt\/live\/[^ ;]*fullchain.pem/, keys.cert)
                     .replace(/\/etc\/letsencrypt\/live\/[^ ;]*privkey.pem/, keys.key)
                     .replace(/\/var\/log\/nginx/g, dir);
    fs.writeFileSync(path.join(dir, 'site'), site);
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(t => `${t}_temp_path ${dir}/${t};`).join(' ');
    fs.writeFileSync(path.join(dir, 'nginx.conf'),
        `daemon off; worker_processes 2; pid ${dir}/pid; error_log ${dir}/error.log;
events { worker_connections 2048; }
http { sendfile on; tcp_nopush on; types_hash_max_size 2048; default_type application/octet-stream;
ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on; access_log ${dir}/access.log; gzip on; ${
            temp}
include ${dir}/site; }\n`);
    const child = start(program, ['-p', dir, '-e', path.join(dir, 'error.log'), '-c', path.join(dir, 'nginx.conf')],
        {out: path.join(dir, 'out.log')});
    if (!await comes_up(secure, child))
        return {why: `nginx does not start: ${fs.readFileSync(path.join(dir, 'out.log'), 'utf8')}`};
    return {child, dir, to: {port: secure, is_tls: true}, plain, called: 'nginx'};
}

/* dist/Caddyfile with nothing changed but ports and a certificate of our own. */
async function caddy_before(port, called) {
    const program = has('caddy'), keys = certificate_made();
    if (!program) return {why: 'Caddy is not installed'};
    if (!keys) return {why: 'openssl makes no certificate here'};
    const dir = folder(called), secure = await free_port();
    const file =
        fs.readFileSync(path.join(home, 'dist/Caddyfile'), 'utf8')
            .replace('admin off', 'admin off\n\tauto_https off')
            .replace(`\n${name} {`, `\nhttps://${name}:${secure} {\n\tbind 127.0.0.1\n\ttls ${keys.cert} ${keys.key}`)
            .replace('\nhttps:// {', `\nhttps://:${secure} {\n\tbind 127.0.0.1\n\ttls ${keys.cert} ${keys.key}`)
            .replace('127.0.0.1:8080', `127.0.0.1:${port}`);
    fs.writeFileSync(path.join(dir, 'Caddyfile'), file);
    const child = start(program, ['run', '--config', path.join(dir, 'Caddyfile'), '--adapter', 'caddyfile'], {
        out: path.join(dir, 'out.log'),
        spawn: {env: {PATH: process.env.PATH, HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir, GOMAXPROCS: '2'}}
    });
    if (!await comes_up(secure, child))
        return {why: `Caddy does not start: ${fs.readFileSync(path.join(dir, 'out.log'), 'utf8')}`};
    return {child, dir, to: {port: secure, is_tls: true}, called: 'Caddy'};
}

async function metric(server, called) {
    const page =
        await raw({port: server.port}, `GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    const m = page.body.toString().match(new RegExp(`^blueheart_${called} (\\d+)`, 'm'));
    return m ? Number(m[1]) : NaN;
}

module.exports = {
    fs,
    path,
    home,
    binary,
    data,
    work,
    is_root,
    who,
    name,
    counts,
    check,
    check_all,
    skip,
    wait,
    start,
    run,
    free_port,
    has,
    comes_up,
    folder,
    data_home,
    serve,
    stop,
    children_of,
    pss_kb,
    connect,
    raw,
    ask,
    head_of,
    answers_in,
    nginx_before,
    caddy_before,
    metric
};
