/* Raw bytes to a live server, and broken templates and statements to the generators; no fuzzing library needed.
 *   node test/fuzz/live.mjs socket|page-template|sql SECONDS [--replay]
 * socket: needs FUZZ_SERVER (the program with sanitizers) and FUZZ_DB. Mutated requests in batches; after each a clean
 * one must be answered, by the same processes. The others need FUZZ_TOOL. What breaks something is written into
 * test/fuzz/seeds/NAME/. The numbers follow from FUZZ_SEED, so a finding can be found again. */
import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const [what, seconds, replay] = [process.argv[2], Number(process.argv[3]), process.argv.includes('--replay')];
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const seeds_folder = path.join(here, 'seeds', what);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'blueheart-fuzz-'));
const seeds = fs.readdirSync(seeds_folder).sort().map(f => fs.readFileSync(path.join(seeds_folder, f)));
let state = BigInt(process.env.FUZZ_SEED ?? Date.now() & 0xffffff) * 2862933555777941757n + 3037000493n;
const began = Date.now();

function draw(below) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 33n) % below;
}
const pick = list => list[draw(list.length)];

const words = {
    socket: ['\r\n', '\n', '\r', ' ', '\t', '\0', '%00', '%', '%2e%2e/', '//', '?', '&', '#', ':', ';q=', ',', '\x80', 'é', '\u202e', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/9.9',
        'Host: a', 'Content-Length: 5', 'Content-Length: -1', 'Content-Length: 99999999999999999999', 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity',
        'Connection: close', 'Connection: keep-alive', 'Expect: 100-continue', 'If-None-Match: *', 'Accept-Encoding: br;q=0', 'Range: bytes=0-', '5\r\nhello\r\n', 'ffffffffffffffff\r\n',
        '0\r\n\r\n', 'a'.repeat(300), 'a'.repeat(9000), 'X: y\r\n'.repeat(70), 'GET /en/ HTTP/1.1\r\nHost: a\r\n\r\n'],
    'page-template': ['{{', '}}', '{{#', '{{/', '{{/}}', '{{^', '{{>', '{{!view', '{{_ "', '"', '{n}', 'n=', 'text', 'list', 'list of', 'url?', 'day', '?', '<', '>', '="', '\n', '  ', '<script>', '<a href="',
        '\0', '\x80', '#', '='],
    sql: ['-- ', '-- in:', '-- out:', 'gives: many', 'gives: maybe one', 'gives: count', '{', '}', ':', ':x', 'AS', 'SELECT', 'FROM', 'INSERT', ';', ',', "'", '"', '(', ')', 'text', 'id', '?',
        '\n', '\0', '\x80', 'CAST(', '/*', '*/', 'together', 'topic:', 'CREATE TABLE x (y TEXT NOT NULL);', '-- personal', '-- sealed x'],
}[what];

function mutate(seed) {
    let b = Buffer.from(seed);
    for (let times = 1 + draw(6); times > 0; times--) {
        const at = draw(b.length + 1), to = Math.min(b.length, at + draw(40));
        switch (draw(7)) {
        case 0: b = Buffer.concat([b.subarray(0, at), Buffer.from(pick(words), 'latin1'), b.subarray(at)]); break;
        case 1: b = Buffer.concat([b.subarray(0, at), b.subarray(to)]); break;
        case 2: if (at < b.length) b[at] = draw(256); break;
        case 3: if (at < b.length) b[at] ^= 1 << draw(8); break;
        case 4: b = Buffer.concat([b.subarray(0, to), b.subarray(at)]); break;
        case 5: { const other = pick(seeds), from = draw(other.length + 1); b = Buffer.concat([b.subarray(0, at), other.subarray(from)]); break; }
        case 6: b = b.subarray(0, at); break;
        }
    }
    return b.subarray(0, 100000);
}

function keep(bytes, name) {
    const file = path.join(seeds_folder, name);
    fs.writeFileSync(file, bytes);
    return path.relative(process.cwd(), file);
}

const wait = ms => new Promise(done => setTimeout(done, ms));

/* ---- the socket ---- */

let server, port, log;

function exchange(bytes, patience, is_plain = false) { /* sends, in one or several pieces; what comes back, once the other side or our patience ends */
    return new Promise(done => {
        const pieces = [], s = net.connect(port, '127.0.0.1');
        const end = () => { s.destroy(); done(Buffer.concat(pieces)); };
        s.on('data', d => pieces.push(d)).on('error', end).on('close', end);
        s.setTimeout(patience, end);
        if (!is_plain && draw(4) === 0 && bytes.length > 1) {
            const at = draw(bytes.length);
            s.write(bytes.subarray(0, at));
            setTimeout(() => s.destroyed || s.write(bytes.subarray(at)), 2);
        } else s.write(bytes);
        if (!is_plain && draw(3) === 0) s.end();
    });
}

const clean = Buffer.from('GET /en/countries/MEX HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
const is_answered = async () => (await exchange(clean, 8000, true)).toString('latin1').startsWith('HTTP/1.1 200 ');
const last_words = file => { try { return fs.readFileSync(path.join(work, file), 'latin1').slice(-3000); } catch { return ''; } };
const children = () => fs.readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'latin1').trim();

async function start() {
    port = await new Promise(done => { const s = net.createServer().listen(0, '127.0.0.1', () => { const p = s.address().port; s.close(() => done(p)); }); });
    log = path.join(work, 'log');
    server = spawn(process.env.FUZZ_SERVER, ['serve', '--db', process.env.FUZZ_DB, '--var', path.join(work, 'var'), '--listen', `127.0.0.1:${port}`, '--workers', '2', '--log', log],
        {stdio: ['ignore', 'ignore', fs.openSync(path.join(work, 'err'), 'a')]});
    process.on('exit', () => server.kill('SIGKILL'));
    for (let tries = 0; tries < 400 && !(await is_answered()); tries++) await wait(25);
    return is_answered();
}

async function socket() {
    if (!(await start())) return `the server did not start: ${fs.readFileSync(path.join(work, 'err'))}`;
    let born = children(); /* the first answers before the last is born: wait until there are no new ones for a while */
    for (let calm = 0; calm < 20; born = children()) {
        await wait(25);
        calm = children() === born ? calm + 1 : 0;
    }
    const is_well = async () => await is_answered() && children() === born;
    let sent = 0, answered = 0;
    const least = replay ? 0 : 5000;
    for (let batch = 0; replay ? batch < 1 : sent < least || Date.now() - began < seconds * 1000; batch++) {
        const inputs = replay ? seeds : Array.from({length: 100}, () => draw(20) ? mutate(pick(seeds)) : pick(seeds));
        for (let i = 0; i < inputs.length; i += 50)
            answered += (await Promise.all(inputs.slice(i, i + 50).map(b => exchange(b, 60)))).filter(a => a.length > 0).length;
        sent += inputs.length;
        if (await is_well()) continue;
        const name = `found-${Date.now().toString(36)}`;
        return `after ${sent} requests a process died or no longer answers (${born} were born, now ${children()}); the last 100 are in ` +
            `${keep(Buffer.concat(inputs), name)}\n${last_words('err')}${last_words('log')}`;
    }
    const ended = new Promise(done => server.on('exit', (code, signal) => done(signal ?? code)));
    server.kill('SIGTERM');
    const how = await Promise.race([ended, wait(20000).then(() => 'not at all')]);
    const err = fs.readFileSync(path.join(work, 'err'), 'latin1');
    if (how !== 0 || /Sanitizer|runtime error/.test(err)) return `the server ended with ${how}\n${err.slice(-4000)}`;
    console.log(`${sent} requests, ${answered} answered`);
    if (!replay && answered < sent / 10) return 'hardly anything was answered: the fuzzer does not reach the server';
    return '';
}

/* ---- the generators ---- */

function generate(bytes) {
    const room = path.join(work, 'src', 'fuzz');
    fs.mkdirSync(room, {recursive: true});
    const file = path.join('src', 'fuzz', what === 'page-template' ? 'seed.html' : 'fuzz.sql');
    fs.writeFileSync(path.join(work, file), bytes);
    const step = path.join('src', 'fuzz', '0001_begin.sql');
    if (what === 'sql') fs.writeFileSync(path.join(work, step), 'CREATE TABLE fuzz_line (id BIGINT NOT NULL PRIMARY KEY, words TEXT NOT NULL, moment BIGINT NOT NULL);\n');
    const args = what === 'page-template' ? [path.join(work, 'out'), file] : [path.join(work, 'o.h'), path.join(work, 'o.c'), 'fuzz', file, step];
    const r = spawnSync(process.env.FUZZ_TOOL, args, {cwd: work, timeout: 10000, maxBuffer: 1 << 24});
    const err = String(r.stderr);
    if (r.signal || (r.status !== 0 && r.status !== 1) || /Sanitizer|runtime error/.test(err)) return `ended with ${r.signal ?? r.status}\n${err.slice(0, 3000)}`;
    if (r.status === 1 && err.trim() === '') return 'refused without a word';
    return '';
}

function generators() {
    fs.mkdirSync(path.join(work, 'out'), {recursive: true});
    let n = 0, taken = 0;
    for (const s of seeds) {
        const wrong = generate(s);
        if (wrong) return `a seed: ${wrong}`;
        n++;
    }
    while (!replay && Date.now() - began < seconds * 1000) {
        const bytes = mutate(pick(seeds)), wrong = generate(bytes);
        n++;
        if (wrong) return `${wrong}\n${keep(bytes, `found-${Date.now().toString(36)}`)}`;
    }
    console.log(`${n} runs`);
    return '';
}

const wrong = what === 'socket' ? await socket() : generators();
fs.rmSync(work, {recursive: true, force: true});
if (wrong) console.error(wrong);
process.exit(wrong ? 1 : 0);
