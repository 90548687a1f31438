'use strict';
/* Bad luck: what is broken is said in words, nothing acknowledged is lost, and it comes back without hands. */
const path = require('path');
const {spawnSync} = require('child_process');

module.exports = async t => {
    await starts_refused(t);
    await locked(t);
    await bad_import(t);
    await imports_killed(t);
    await killed(t);
    await signals(t);
    await full_disk(t);
    await postgres_away(t);
};

const says = (t, words, r, pattern, code = 1) =>
    t.check(words, r.code === code && pattern.test(r.err), `exit ${r.code}: ${r.err}`);
const owner = t => t.is_root ? {uid: t.who.uid, gid: t.who.gid} : null;
const give = (t, file) => {
    if (owner(t)) t.fs.chownSync(file, owner(t).uid, owner(t).gid);
};
const try_serve = async (t, at, more = []) => {
    const port = await t.free_port();
    return t.run(t.binary, ['serve', ...at.common, '--listen', `127.0.0.1:${port}`, ...more],
        {started: c => setTimeout(() => c.kill('SIGTERM'), 3000)});
};

async function starts_refused(t) {
    const one = await t.data_home('refused-one'), two = await t.data_home('refused-two');
    const server = await t.serve(one);
    says(t, 'a port in use: says so and ends with 1',
        await t.run(t.binary, ['serve', ...two.common, '--listen', `127.0.0.1:${server.port}`]),
        new RegExp(`${server.port}.*already in use`));
    says(t, 'a second server on the same data: says who has them, ends with 1', await try_serve(t, one),
        /a server .* is using these data \(process \d+\)/);
    t.check('and the first serves on', (await t.ask({port: server.port}, '/en/')).status === 200);
    says(t, 'restore while it serves is refused', await one.say('restore', path.join(one.dir, 'nothing.tar')), /.+/);
    const night = path.join(one.dir, 'night.tar');
    const backup = await one.say('backup', '--quiet', night);
    t.check('backup while it serves', backup.code === 0 && t.fs.existsSync(night), backup.err);
    says(t, 'restore of a good backup while it serves is refused', await one.say('restore', night),
        /is using these data/);
    await t.stop(server);

    for (const address of ['nonsense', '127.0.0.1', '127.0.0.1:99999', '300.1.1.1:80', '', '203.0.113.9:8080', ':::1'])
        says(t, `--listen "${address}" is refused in words`,
            await t.run(t.binary, ['serve', ...one.common, '--listen', address],
                {started: c => setTimeout(() => c.kill('SIGTERM'), 3000)}),
            /blueheart: .{10,}/);
    for (const [words, more] of [
             ['--workers 0', ['--workers', '0']], ['an unknown option', ['--nothing']], ['a word too many', ['more']]])
        t.check(`serve with ${words}: 2`, (await t.run(t.binary, ['serve', ...one.common, ...more])).code === 2);

    const none = {common: ['--db', `sqlite:${path.join(one.dir, 'none.db')}`, '--var', one.dir, '--data', t.data]};
    says(t, 'no data yet: says which command makes them', await try_serve(t, none), /run `blueheart init` first/);
    t.check('and makes no file by looking', !t.fs.existsSync(path.join(one.dir, 'none.db')));
    const far = {common: ['--db', 'sqlite:/nonexistent/folder/x.db', '--var', one.dir, '--data', t.data]};
    says(t, 'a folder that is not there', await try_serve(t, far), /\/nonexistent\/folder/);

    const broken = async (called, make) => {
        const file = path.join(one.dir, called);
        t.fs.rmSync(file, {force: true});
        t.fs.copyFileSync(two.db, file);
        give(t, file);
        await make(file);
        return {common: ['--db', `sqlite:${file}`, '--var', one.dir, '--data', t.data], file};
    };
    const garbage = await broken('garbage.db', f => t.fs.writeFileSync(f, require('crypto').randomBytes(100000)));
    says(t, 'garbage for a database: says it is not ours', await try_serve(t, garbage),
        /is not a data file of this program/);
    const empty = await broken('empty.db', f => t.fs.writeFileSync(f, ''));
    says(t, 'an empty file: says which command makes data', await try_serve(t, empty), /run `blueheart init`/);
    const foreign = await broken('foreign.db', async f => {
        t.fs.rmSync(f);
        await t.run('sqlite3', [f, 'CREATE TABLE recipe(a); INSERT INTO recipe VALUES(1);']);
    });
    says(t, "another program's database: says so, touches nothing", await try_serve(t, foreign),
        /belongs to something else/);
    says(t, 'nor does init touch it', await t.run(t.binary, ['init', ...foreign.common]), /belongs to something else/);
    const newer = await broken(
        'newer.db', f => t.run('sqlite3', [f, "INSERT INTO store_step VALUES('store', 999, '0999_later', 0);"]));
    for (const command of ['serve', 'migrate', 'init', 'import'])
        says(t, `data of a newer program: ${command} says so`,
            command === 'serve' ? await try_serve(t, newer) :
                                  await t.run(t.binary,
                                      [
                                          command, ...newer.common,
                                          ...(command === 'import' ? ['tiers', path.join(t.data, 'tiers.csv')] : [])
                                      ]),
            /newer program/);
    const damaged = await broken('damaged.db', f => {
        const fd = t.fs.openSync(f, 'r+');
        for (let at = 40960; at < 4000000; at += 8192) t.fs.writeSync(fd, Buffer.alloc(3000, 0x55), 0, 3000, at);
        t.fs.closeSync(fd);
    });
    const checked = await t.run(t.binary, ['check', ...damaged.common]);
    t.check('check finds damage and ends with 1', checked.code === 1 && (checked.out + checked.err).length > 20,
        `exit ${checked.code}: ${checked.out}${checked.err}`);
    const cut = await broken('cut.db', f => t.fs.truncateSync(f, 1000000));
    const half = await t.run(t.binary, ['check', ...cut.common]);
    t.check('check finds half a file', half.code === 1, `exit ${half.code}: ${half.out}${half.err}`);

    const closed = await broken('closed.db', f => t.fs.chmodSync(f, 0o400));
    says(t, 'a file that may only be read', await try_serve(t, closed), /may only be read|cannot be opened/);
    const shut = t.folder('shut');
    t.fs.copyFileSync(two.db, path.join(shut, 'x.db'));
    give(t, path.join(shut, 'x.db'));
    t.fs.chmodSync(shut, 0o500);
    says(t, 'a folder that may only be read',
        await try_serve(t, {common: ['--db', `sqlite:${shut}/x.db`, '--var', one.dir, '--data', t.data]}),
        /cannot be (made|opened)|may only be read/);
    says(t, 'a folder of tables that cannot be made',
        await try_serve(t, {common: ['--db', `sqlite:${two.db}`, '--var', path.join(shut, 'var'), '--data', t.data]}),
        /cannot be made/);
    t.fs.chmodSync(shut, 0o700);

    /* A backup that is no backup. */
    const good = t.fs.readFileSync(night), wrong = [];
    for (const [what, bytes] of [['empty', Buffer.alloc(0)], ['noise', require('crypto').randomBytes(20000)],
             ['cut', good.subarray(0, 5000000)],
             [
                 'one bit', (() => {
                     const b = Buffer.from(good);
                     b[9000000] ^= 1;
                     return b;
                 })()
             ],
             [
                 'its manifest', (() => {
                     const b = Buffer.from(good);
                     b[600] ^= 1;
                     return b;
                 })()
             ],
             ['something behind it', Buffer.concat([good, Buffer.alloc(512)])]]) {
        const file = path.join(one.dir, 'bad.tar');
        t.fs.writeFileSync(file, bytes);
        const r = await one.say('restore', file);
        if (r.code !== 1 || !/nothing was changed|nothing was replaced/.test(r.err))
            wrong.push(`${what}: exit ${r.code}: ${r.err}`);
    }
    t.check_all('a damaged backup is refused and nothing changed', 6, wrong);
    const back = await one.say('restore', '--quiet', night), fine = await one.say('check');
    t.check('a good one is restored', back.code === 0 && fine.code === 0, back.err + fine.out);
}

async function locked(t) {
    const at = await t.data_home('locked'), server = await t.serve(at);
    const before = (await at.say('export', 'tiers')).out;
    const hold = sql => new Promise(done => {
        const child = t.start('sqlite3', [at.db], {spawn: {stdio: ['pipe', 'pipe', 'ignore']}});
        child.stdout.once('data', () => done(child));
        child.stdin.write(`${sql}\nSELECT 'held';\n`);
    });
    const holder = await hold('BEGIN EXCLUSIVE;');
    const began = Date.now();
    const page = await t.ask({port: server.port}, '/en/tiers/2023?x=1');
    t.check('another program holds the write lock: pages are read as ever',
        page.status === 200 && Date.now() - began < 2000, `${page.status} after ${Date.now() - began} ms`);
    const refused = await at.say('import', 'tiers', path.join(t.data, 'tiers.csv'));
    t.check('an import waits its seconds, then says that the data are busy',
        refused.code === 1 && /busy|locked/.test(refused.err), `exit ${refused.code}: ${refused.err}`);
    holder.kill('SIGKILL');
    await holder.ended;
    const done = await at.say('import', 'tiers', path.join(t.data, 'tiers.csv'));
    t.check('and works as soon as it is let go', done.code === 0 && (await at.say('export', 'tiers')).out === before,
        done.err);
    await t.stop(server);

    const alone = await hold('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE;');
    const start = await t.run(t.binary, ['serve', ...at.common, '--listen', `127.0.0.1:${await t.free_port()}`],
        {started: c => setTimeout(() => c.kill('SIGTERM'), 9000)});
    says(t, 'locked when it starts: says so and ends with 1', start, /locked it|busy/);
    alone.kill('SIGKILL');
    await alone.ended;

    /* The data go away under a running server, and come back. */
    const again = await t.serve(at);
    await t.ask({port: again.port}, '/en/');
    const fd = t.fs.openSync(at.db, 'r+'), whole = t.fs.readFileSync(at.db);
    t.fs.writeSync(fd, Buffer.alloc(1 << 20, 0x55), 0, 1 << 20, 0);
    t.fs.futimesSync(fd, new Date(), new Date());
    const statuses = new Set();
    let words = '';
    for (let i = 0; i < 12; i++) {
        const r = await t.ask({port: again.port}, `/ar/countries?x=${i}`, {'Accept-Language': 'fr'});
        statuses.add(r.status);
        if (r.status === 503) words = r.body.toString();
    }
    t.check('data overwritten under it: 503 in words, in the language asked for',
        statuses.has(503) && !statuses.has(500) && /<html lang="ar"/.test(words) && /<p>[^<]{10,}/.test(words),
        `${[...statuses]} ${words.slice(0, 300)}`);
    t.check('and health says so', (await t.ask({port: again.port}, '/healthz')).status === 503);
    t.fs.writeSync(fd, whole, 0, whole.length, 0);
    t.fs.closeSync(fd);
    let recovered = 0;
    for (let i = 0; i < 40 && recovered !== 200; i++, await t.wait(100))
        recovered = (await t.ask({port: again.port}, `/ar/countries?y=${i}`)).status;
    t.check('and when they are back it serves again, without hands', recovered === 200, recovered);
    t.check(
        'no worker died of it', !/ended by/.test(again.read_log()), again.read_log().split('\n').slice(-5).join('\n'));
    await t.stop(again);
}

async function bad_import(t) {
    const at = await t.data_home('bad-import'), server = await t.serve(at);
    const lines = t.fs.readFileSync(path.join(t.data, 'tiers.csv'), 'utf8').split('\n');
    const before = (await at.say('export', 'tiers')).out, wrong = [];
    const with_line = (n, text) => [...lines.slice(0, n - 1), text, ...lines.slice(n)].join('\n');
    const cells = lines[1999].split(',');
    const bad = (n, text) => cells.map((c, i) => i === n ? text : c).join(',');
    const cases = [
        ['an unknown state', with_line(2000, bad(0, 'QQQ')), 2000, 1],
        ['a tier that is none', with_line(2000, bad(2, '9')), 2000, 3],
        ['a year that is no number', with_line(2000, bad(1, 'MMXX')), 2000, 2],
        ['an unknown source', with_line(2000, bad(cells.length - 2, 'nobody-said')), 2000, cells.length - 1],
        ['no source', with_line(2000, bad(cells.length - 2, '')), 2000, cells.length - 1],
        ['a cell too few', with_line(2000, cells.slice(1).join(',')), 2000],
        ['a cell too many', with_line(2000, `${cells.join(',')},x`), 2000],
        ['a quote that never ends', with_line(2000, bad(5, '"never')), 2000],
        [
            'bytes that are no text', Buffer.concat([
                Buffer.from(lines.slice(0, 1999).join('\n') + '\n'), Buffer.from(bad(5, '\xff\xfe'), 'latin1'),
                Buffer.from('\n')
            ]),
            2000
        ],
        ['NUL', with_line(2000, bad(5, 'a\0b')), 2000],
        ['a row twice', with_line(2000, lines[1998]), 2000],
        ['another header', lines.map((l, i) => i ? l : 'a,b,c').join('\n'), 1],
        ['nothing', '', null],
        ['a cell of 9 KB', with_line(2000, bad(5, 'a'.repeat(9000))), 2000],
    ];
    for (const [what, text, line, column] of cases) {
        const file = path.join(at.dir, 'bad.csv');
        t.fs.writeFileSync(file, text);
        const r = await at.say('import', 'tiers', file);
        const names_place = line === null || new RegExp(`line ${line}\\b|:${line}[:,]`).test(r.err);
        const place =
            column && line > 1 ? 1 + cells.slice(0, column - 1).join(',').length + (column > 1 ? 1 : 0) : column;
        const names_column = column === undefined ||
            new RegExp(`line ${line}, column ${place}: .*${line > 1 ? lines[0].split(',')[column - 1] : ''}`)
                .test(r.err);
        if (r.code !== 1 || !/nothing was changed/.test(r.err) || !names_place || !names_column)
            wrong.push(`${what}: exit ${r.code}: ${r.err.slice(0, 200)}`);
    }
    t.check_all('an import with a bad row: exit 1, line and column, nothing changed', cases.length, wrong);
    t.check('the table is as it was, to the byte', (await at.say('export', 'tiers')).out === before);
    for (const [words, args, code] of [['a kind that is none', ['import', 'nothing', 'x.csv'], 2],
             ['a file that is not there', ['import', 'tiers', '/nonexistent.csv'], 1],
             ['a folder for a file', ['import', 'tiers', '/tmp'], 1], ['no file', ['import', 'tiers'], 2],
             ['/dev/zero', ['import', 'tiers', '/dev/zero'], 1]]) {
        const r = await at.say(...args);
        t.check(
            `import of ${words}: ${code}, in words`, r.code === code && r.err.length > 10, `exit ${r.code}: ${r.err}`);
    }
    const crlf = path.join(at.dir, 'crlf.csv');
    t.fs.writeFileSync(crlf, '\ufeff' + lines.join('\r\n'));
    const spreadsheet = await at.say('import', 'tiers', crlf);
    t.check('a file as a spreadsheet writes it (BOM, CRLF) is taken, or refused in words',
        (spreadsheet.code === 0 && (await at.say('export', 'tiers')).out === before) ||
            (spreadsheet.code === 1 && /line 1/.test(spreadsheet.err)),
        `exit ${spreadsheet.code}: ${spreadsheet.err}`);
    await t.stop(server);
}

/* Two versions of the largest table; an import between them is killed at many moments. */
async function imports_killed(t) {
    const at = await t.data_home('killed-import'), server = await t.serve(at);
    const old = t.fs.readFileSync(path.join(t.data, 'statistics_detail.csv'), 'utf8');
    const half = path.join(at.dir, 'half.csv'), full = path.join(t.data, 'statistics_detail.csv');
    t.fs.writeFileSync(half, old.split('\n').filter((l, i) => i === 0 || i % 2 || l === '').join('\n'));
    const small = t.fs.readFileSync(half, 'utf8');
    const wrong = [];
    let killed = 0;
    for (let i = 0; i < 10; i++) {
        const r = await t.run(t.binary, ['import', ...at.common, 'statistics_detail', i % 2 ? full : half],
            {started: c => setTimeout(() => c.kill('SIGKILL'), 20 + i * 45)});
        if (r.signal === 'SIGKILL') killed++;
        const now = (await at.say('export', 'statistics_detail')).out;
        if (now !== old && now !== small)
            wrong.push(`killed after ${20 + i * 45} ms: neither the old nor the new table (${now.length} bytes)`);
        if (r.code === 0 && now !== (i % 2 ? old : small)) wrong.push(`acknowledged, but not there`);
    }
    t.check_all(`kill -9 of an import, ${killed} of 10 in the middle: the table is the old or the new one`, 10, wrong);
    const fine = await at.say('check');
    t.check('and the data are good', fine.code === 0, fine.out);
    t.check('and the server noticed nothing',
        (await t.ask({port: server.port}, '/en/countries/MEX')).status === 200 && !/ended by/.test(server.read_log()));
    await t.stop(server);
}

async function killed(t) {
    const at = await t.data_home('killed');
    let server = await t.serve(at);
    const port = server.port, full = path.join(t.data, 'tiers.csv'), fewer = path.join(at.dir, 'fewer.csv');
    t.fs.writeFileSync(
        fewer, t.fs.readFileSync(full, 'utf8').split('\n').filter(l => !l.startsWith('MEX,')).join('\n'));
    await t.wait(500); /* the port is open before the last process is there */
    const all = t.children_of(server.child.pid).length;
    let is_going = true, good = 0, cut = 0, bad = [], last;
    const readers = Array.from({length: 4}, async (_, k) => {
        for (let i = 0; is_going; i++) {
            const r = await t.ask({port}, i % 2 ? '/en/countries/MEX' : `/fr/tiers/2023?x=${k}${i}`);
            if (r.status === 200)
                good++;
            else if (r.status === 0) {
                cut++;
                await t.wait(20);
            } else
                bad.push(r.status);
        }
    });
    const writer = (async () => { /* what was acknowledged last must be there afterwards */
        for (let i = 0; is_going; i++) {
            const r = await at.say('import', '--quiet', 'tiers', i % 2 ? full : fewer);
            if (r.code === 0)
                last = i % 2 ? full : fewer;
            else
                bad.push(`import: ${r.err}`);
        }
    })();
    let ended; /* killed last: it is still counted for a moment */
    for (let i = 0; i < 6; i++) {
        await t.wait(400);
        const pids = t.children_of(server.child.pid);
        if (pids.length) process.kill(ended = pids[i % pids.length], 'SIGKILL');
    }
    const are_whole = pids => pids.length === all && !pids.includes(ended);
    for (let i = 0; i < 60 && !are_whole(t.children_of(server.child.pid)); i++)
        await t.wait(100); /* whoever dies often waits longer */
    await t.wait(300);
    const restarts = await t.metric(server, 'restarts_total');
    t.check(
        `kill -9 of workers under load: each process of ${all} is replaced, pages go on (${good} read, ${cut} cut off)`,
        restarts >= 1 && /* the count is of fronts; which die depends on how many kinds there are */ t.children_of(server.child.pid).length === all && good > 50 && bad.length === 0,
        `${bad.join('\n')}\n${t.children_of(server.child.pid)}\n${server.read_log()}`);

    const orphans = t.children_of(server.child.pid);
    server.child.kill('SIGKILL');
    await server.child.ended;
    await t.wait(600);
    is_going = false;
    await Promise.all([...readers, writer]);
    for (let i = 0; i < 60 && orphans.some(alive); i++) await t.wait(200);
    t.check(
        'kill -9 of the keeper: its workers end by themselves', !orphans.some(alive), orphans.filter(alive).join(' '));
    const fine = await at.say('check');
    t.check('check finds the data good', fine.code === 0, fine.out);
    const now = (await at.say('export', 'tiers')).out;
    t.check('the last acknowledged import is there, to the byte', last && now === t.fs.readFileSync(last, 'utf8'),
        `${last}`);
    const began = Date.now();
    server = await t.serve(at, {port});
    t.check(`the server starts again on the same port (${Date.now() - began} ms)`,
        (await t.ask({port}, '/en/countries/MEX')).status === 200);
    t.check('nothing was lost in the killing', bad.length === 0, bad.join('\n'));
    await t.stop(server);
}

function alive(pid) {
    try {
        return !/^State:\s+Z/m.test(require('fs').readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch { return false; }
}

async function signals(t) {
    const at = await t.data_home('signals'), log = path.join(at.dir, 'blueheart.log');
    const server = await t.serve(at, {more: ['--log', log]});
    for (let i = 0; i < 40 && !/serving http/.test(t.fs.readFileSync(log, 'utf8')); i++) await t.wait(50);
    t.check('--log FILE is written', /serving http/.test(t.fs.readFileSync(log, 'utf8')));
    t.fs.renameSync(log, `${log}.1`);
    server.child.kill('SIGHUP');
    await t.wait(400);
    t.check('SIGHUP makes the log anew', t.fs.existsSync(log));
    const [first] = t.children_of(server.child.pid);
    process.kill(first, 'SIGKILL');
    await t.wait(500);
    t.check("and the keeper's next line is in the new one",
        t.fs.existsSync(log) && /ended by signal 9/.test(t.fs.readFileSync(log, 'utf8')));
    t.fs.rmSync(path.join(at.dir, 'tables'), {recursive: true, force: true});
    t.fs.writeFileSync(path.join(at.dir, 'tables'), 'in the way');
    await t.ask({port: server.port}, '/data/protocol.csv');
    await t.wait(300);
    const fresh = t.fs.existsSync(log) ? t.fs.readFileSync(log, 'utf8') : '';
    t.check("and so is a child's", /\[job\]/.test(fresh),
        `new log:\n${fresh}old log, its end:\n${
            t.fs.readFileSync(`${log}.1`, 'utf8').split('\n').slice(-4).join('\n')}`);
    t.fs.rmSync(path.join(at.dir, 'tables'));
    await t.stop(server);

    /* SIGTERM in the middle of a slow download. */
    const again = await t.serve(at);
    const got = await new Promise(done => {
        let n = 0, need = 0, head = '';
        const s =
            t.connect({port: again.port}, () => s.write(t.head_of('GET', '/data/statistics_detail.csv', {}) + '\r\n'));
        s.on('data', async b => {
            if (!need) {
                head += b.toString('latin1');
                const end = head.indexOf('\r\n\r\n');
                if (end < 0) return;
                need = end + 4 + Number(head.match(/content-length: (\d+)/i)[1]);
                again.child.kill('SIGTERM');
            }
            n += b.length;
            if (n >= need) return done(n === need);
            s.pause();
            await t.wait(40);
            s.resume();
        });
        s.on('close', () => done(false));
    });
    const end = await again.child.ended;
    t.check('SIGTERM lets a slow download of 4.7 MB come to its end', got);
    t.check('and then the server ends with 0', end.code === 0, JSON.stringify(end));
}

/* A data home on a disk of 40 MB that is then filled; needs root, in a mount namespace of its own. */
async function full_disk(t) {
    const words = 'a full disk';
    if (!t.is_root || spawnSync('unshare', ['-m', 'true']).status !== 0) {
        t.skip(words, 'needs root and mount namespaces');
        return;
    }
    const dir = t.folder('full'), port = await t.free_port();
    const script = `set -u; mount -t tmpfs -o size=96m,mode=777 none ${dir} || exit 77
cd ${dir}; as="setpriv --reuid=65534 --regid=65534 --clear-groups"; at="--db sqlite:${dir}/b.db --var ${dir} --data ${
        t.data}"; b=${t.binary}
say() { echo "$1 $2"; }
$as $b init --quiet $at || { say BAD init; exit 0; }
$as $b export $at tiers >/tmp/before.$$
$as $b serve $at --listen 127.0.0.1:${port} --workers 2 2>serve.log & server=$!
for i in $(seq 50); do curl -so /dev/null http://127.0.0.1:${port}/healthz && break; sleep 0.1; done
dd if=/dev/zero of=fill bs=64k 2>/dev/null
code=$(curl -so page -w '%{http_code}' http://127.0.0.1:${
        port}/fr/countries/MEX); [ $code = 200 ] && say ok 'pages come as ever' || say BAD "pages come as ever: $code"
code=$(curl -so /tmp/page.$$ -w '%{http_code}' http://127.0.0.1:${port}/data/statistics_detail.csv)
{ [ $code = 503 ] && grep -q '<p>' /tmp/page.$$ || [ $code = 200 ]; } && say ok "a table that cannot be written: $code" || say BAD "a table that cannot be written: $code"
sed 1,1000d ${t.data}/tiers.csv >/tmp/half.$$; { head -1 ${t.data}/tiers.csv; cat /tmp/half.$$; } >/tmp/fewer.$$
out=$($as $b import $at tiers /tmp/fewer.$$ 2>&1); code=$?
[ $code = 1 ] && grep -q 'full' <<<"$out" && say ok 'an import says that the disk is full' || say BAD "an import says that the disk is full: exit $code: $out"
out=$($as $b backup $at night.tar 2>&1); code=$?
[ $code = 1 ] && grep -q 'full' <<<"$out" && ! ls *.tar* >/dev/null 2>&1 && say ok 'a backup says so and leaves no half file' || say BAD "a backup says so and leaves no half file: exit $code: $out $(ls)"
rm fill
$as $b export $at tiers | cmp -s - /tmp/before.$$ && say ok 'nothing was changed' || say BAD 'nothing was changed'
for i in $(seq 30); do code=$(curl -so /dev/null -w '%{http_code}' http://127.0.0.1:${
        port}/data/tiers.csv); [ $code = 200 ] && break; sleep 0.2; done
[ $code = 200 ] && say ok 'with room again it writes tables, without hands' || say BAD "with room again it writes tables: $code"
out=$($as $b import $at tiers /tmp/fewer.$$ 2>&1) && say ok 'and takes the import' || say BAD "and takes the import: $out"
kill $server; wait $server; [ $? = 0 ] && say ok 'the server ends well' || say BAD 'the server ends well'
$as $b check $at >/dev/null 2>&1 && say ok 'the data are good' || say BAD 'the data are good'
rm -f /tmp/before.$$ /tmp/half.$$ /tmp/fewer.$$ /tmp/page.$$`;
    const r = await t.run('unshare', ['-m', 'bash', '-c', script], {spawn: {uid: 0, gid: 0}});
    if (r.code === 77) {
        t.skip(words, 'no tmpfs can be mounted');
        return;
    }
    const said = r.out.split('\n').filter(l => /^(ok|BAD) /.test(l));
    for (const line of said) t.check(`${words}: ${line.replace(/^(ok|BAD) /, '')}`, line.startsWith('ok'), line);
    if (!said.length) t.check(`${words}: the test ran`, false, r.err);
}

/* PostgreSQL goes away without a word and comes back: a server of our own, on a socket in our folder. */
async function postgres_away(t) {
    const words = 'PostgreSQL going away and coming back', root = '/usr/lib/postgresql';
    const version = t.fs.existsSync(root) ? t.fs.readdirSync(root).sort((a, b) => b - a)[0] : null;
    if (!version || !t.fs.existsSync(`${root}/${version}/bin/initdb`)) {
        t.skip(words, 'PostgreSQL is not installed');
        return;
    }
    const bin = called => `${root}/${version}/bin/${called}`, dir = t.folder('pg'), cluster = path.join(dir, 'cluster');
    const user = spawnSync('id', ['-un', ...(t.is_root ? [String(t.who.uid)] : [])]).stdout.toString().trim();
    await t.run(
        bin('initdb'), ['-D', cluster, '-A', 'peer', '-U', user, '-E', 'UTF8', '--no-sync', '--locale=C.UTF-8']);
    let child;
    const up = async () => {
        child = t.start(
            bin('postgres'), ['-D', cluster, '-k', dir, '-c', 'listen_addresses='], {out: path.join(dir, 'log')});
        for (let i = 0; i < 100; i++, await t.wait(50))
            if ((await t.run('psql', ['-h', dir, '-d', 'postgres', '-Atc', 'SELECT 1'])).code === 0) return true;
        return false;
    };
    if (!await up()) {
        t.skip(words, 'it does not start here');
        return;
    }
    await t.run('psql', ['-h', dir, '-d', 'postgres', '-c', 'CREATE DATABASE blueheart']);
    const at = {dir, common: ['--db', `postgresql:///blueheart?host=${dir}`, '--var', dir, '--data', t.data]};
    const made = await t.run(t.binary, ['init', '--quiet', ...at.common]);
    t.check('init on PostgreSQL, by socket and peer', made.code === 0, made.err);
    const server = await t.serve(at), to = {port: server.port};
    const before = await t.ask(to, '/fr/countries/MEX');
    t.check('a page comes from PostgreSQL', before.status === 200 && before.body.includes('MEX'), before.status);
    child.kill('SIGQUIT'); /* at once, connections and all */
    await child.ended;
    const gone = await t.ask(to, '/fr/countries/ESP'), health = await t.ask(to, '/healthz');
    t.check('PostgreSQL is gone: 503 in words, in the language asked for; health says so',
        gone.status === 503 && health.status === 503 && gone.body.includes('<html lang="fr"') &&
            /<p>[^<]{10,}/.test(gone.body),
        `${gone.status} ${health.status}`);
    says(t, 'a command says that it cannot be reached', await t.run(t.binary, ['check', ...at.common]), /PostgreSQL/);
    await up();
    let back = 0; /* times in a row: each worker finds its own way back, within a second of its last try */
    for (let i = 0; i < 100 && back < 20; i++, await t.wait(100))
        back = (await t.ask(to, '/fr/countries/MEX')).status === 200 ? back + 1 : 0;
    const after = await t.ask(to, '/fr/countries/MEX');
    t.check('PostgreSQL is back: so are the pages, without hands, the same',
        back >= 20 && after.body.equals(before.body), `${back} ${after.status}`);
    t.check('no worker died of it', !/ended by/.test(server.read_log()), server.read_log());
    await t.stop(server);
    child.kill('SIGINT');
    await child.ended;
}
