'use strict';
/* Plants a visitor's traces in every way they can arrive, lets things go wrong, and then searches all that was written. */

const visitor = {
    'an address in X-Forwarded-For': '203.0.113.77',
    'an address in Forwarded': '203.0.113.78',
    'an address in X-Real-IP': '203.0.113.79',
    'a browser': 'CanaryBrowser/7.77',
    'a page they came from': 'canary-referer-7701',
    'a cookie': 'canary-cookie-7702',
    'a query': 'canary-query-7703',
    'a path': 'canary-path-7704',
    'a form': 'canary-form-7705',
    'a host': 'canary-host-7706',
    'credentials': 'canary-token-7707',
    'a language': 'x-canary-7708',
    'the address itself': '127.0.0.77',
};
const traces = {
    'X-Forwarded-For': '203.0.113.77',
    Forwarded: 'for=203.0.113.78',
    'X-Real-IP': '203.0.113.79',
    'User-Agent': 'CanaryBrowser/7.77',
    Referer: 'https://example.org/canary-referer-7701',
    Cookie: 'session=canary-cookie-7702',
    Authorization: 'Bearer canary-token-7707',
    'Accept-Language': 'fr, x-canary-7708'
};

module.exports = async t => {
    const server =
        await t.serve(await t.data_home('canary'), {more: ['--log', t.path.join(t.folder('canary'), 'program.log')]});
    const direct = {port: server.port, from: '127.0.0.77'};
    const nginx = await t.nginx_before(server.port, 'canary-nginx'),
          caddy = await t.caddy_before(server.port, 'canary-caddy');
    const ways = [direct];
    for (const [p, called] of [[nginx, 'nginx'], [caddy, 'Caddy']]) {
        if (p.child)
            ways.push({...p.to, from: '127.0.0.77'});
        else
            t.skip(`a visitor's traces through ${called}`, p.why);
    }
    if (nginx.child) ways.push({port: nginx.plain, from: '127.0.0.77'});

    let asked = 0;
    for (const to of ways) asked += await visit(t, to);
    const numbers = (await t.raw({port: server.port}, 'GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'))
                        .body.toString();

    closed_to_lookers(t, server);
    /* Things go wrong while the visitor is there: a worker dies, tables cannot be written, then nobody answers. */
    for (const pid of t.children_of(server.child.pid)) process.kill(pid, 'SIGKILL');
    await t.wait(500);
    t.fs.rmSync(t.path.join(server.dir, 'tables'), {recursive: true});
    for (const to of ways) asked += await visit(t, to);
    await t.stop(server);
    for (const to of ways.slice(1)) asked += await visit(t, to);
    for (const p of [nginx, caddy])
        if (p.child) await t.stop(p);

    const dumped = await t.run('sqlite3', [server.db, '.dump']);
    const files = [
        ...every_file(t, server.dir), ...every_file(t, t.path.join(t.work, 'canary-nginx')),
        ...every_file(t, t.path.join(t.work, 'canary-caddy'))
    ];
    const found = [];
    for (const [what, text] of Object.entries(visitor)) {
        if (numbers.includes(text)) found.push(`${what} in /metrics`);
        if (dumped.out.includes(text)) found.push(`${what} in the database`);
    }
    for (const file of files) {
        const bytes = t.fs.readFileSync(file);
        for (const [what, text] of Object.entries(visitor))
            if (bytes.includes(text) || bytes.includes(Buffer.from(text).toString('hex')))
                found.push(`${what} in ${t.path.relative(t.work, file)}: ${line_with(bytes, text)}`);
    }
    t.check(`after ${asked} requests no trace of the visitor: ${Object.keys(visitor).length} traces, ${
                files.length} files, the whole database, /metrics`,
        found.length === 0 && dumped.out.length > 1000000, found.join('\n') || dumped.err);
    const log = t.fs.readFileSync(t.path.join(server.dir, 'program.log'), 'utf8');
    t.check('what went wrong is in the log all the same', /ended by signal 9/.test(log), log);
    for (const line of ['nginx', 'caddy'])
        if (t.fs.existsSync(t.path.join(t.work, `canary-${line}`, 'access.log')))
            t.check('the access log of nginx is empty',
                t.fs.statSync(t.path.join(t.work, `canary-${line}`, 'access.log')).size === 0);
};

function line_with(bytes, text) {
    const at = bytes.indexOf(text), from = bytes.lastIndexOf('\n', at) + 1;
    return bytes.subarray(Math.max(from, at - 200), at + 100).toString('latin1');
}

async function visit(t, to) {
    const ask = (target, method, more) => t.ask(to, target, {...traces, ...more}, method);
    const all = [
        ask('/en/'),
        ask('/'),
        ask('/en/countries/MEX?q=canary-query-7703'),
        ask('/en/canary-path-7704'),
        ask('/fr/countries/ZZZ?x=canary-query-7703'),
        ask('/en/%ff-canary-path-7704'),
        ask('/data/protocol.csv'),
        ask('/data/canary-path-7704.csv'),
        ask('/data/statistics_detail.csv', 'GET', {'Accept-Encoding': 'gzip'}),
        ask('/api/v1/countries/canary-path-7704'),
        ask('/metrics'),
        ask('/healthz?canary-query-7703'),
        ask('/en/', 'PUT'),
        ask('/en/claims/canary-path-7704'),
        ask('/en/countries?on=canary-query-7703'),
    ];
    const head = `Host: ${t.name}\r\n${Object.entries(traces).map(([k, v]) => `${k}: ${v}\r\n`).join('')}`;
    const form = 'story=canary-form-7705&x=canary-form-7705'.padEnd(40000, '+canary-form-7705');
    for (const bytes of [`POST /en/canary-path-7704 HTTP/1.1\r\n${
                             head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${
                             form.length}\r\n\r\n${form}`,
             `POST /en/ HTTP/1.1\r\n${head}Content-Length: 90000\r\n\r\n${form}`,
             `POST /en/ HTTP/1.1\r\n${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\ncanary-form-7705`,
             `GET /en/canary-path-7704 HTTP/1.1\r\n${head.replace(t.name, 'canary-host-7706')}\r\n`,
             `GET /en/canary-path-7704 HTTP/9.9\r\n${head}\r\n`,
             `BREW /canary-path-7704 HTTP/1.1\r\n${head}\r\n`,
             `GET /canary-path-7704 HTTP/1.1\r\n${head}X: ${'canary-cookie-7702'.repeat(4000)}\r\n\r\n`,
             `GET /${'canary-path-7704'.repeat(600)} HTTP/1.1\r\n${head}\r\n`,
             `GET /canary-path-7704\0 HTTP/1.1\r\n${head}\r\n`,
             `canary-path-7704\r\n\r\n`,
             `GET /en/ HTTP/1.1\r\n${head}Host: canary-host-7706\r\n\r\n`,
    ])
        all.push(t.raw(to, Buffer.from(bytes, 'latin1'), {most: 1500}));
    if (to.is_tls) { /* plain words and a broken greeting where TLS is spoken */
        all.push(t.raw({port: to.port, from: to.from}, `GET /canary-path-7704 HTTP/1.1\r\n${head}\r\n`, {most: 1500}));
        all.push(t.raw({port: to.port, from: to.from}, Buffer.from('\x16\x03\x01\x00\x05canary-path-7704', 'latin1'),
            {most: 1500}));
    }
    await Promise.all(all);
    return all.length;
}

function every_file(t, dir) {
    if (!t.fs.existsSync(dir)) return [];
    return t.fs.readdirSync(dir, {withFileTypes: true, recursive: false}).flatMap(e => {
        const file = t.path.join(dir, e.name);
        return e.isDirectory() ? every_file(t, file) : e.isFile() ? [file] : [];
    });
}

/* A core dump would hold requests. What /proc shows of someone who is not dumpable belongs to root. */
function closed_to_lookers(t, server) {
    const workers = t.children_of(server.child.pid);
    const open = workers.filter(pid => t.fs.statSync(`/proc/${pid}/environ`).uid !== 0);
    const mine = workers.filter(pid => {
        const uid = Number(t.fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/^Uid:\s+(\d+)/m)[1]);
        return uid === 0;
    });
    if (mine.length)
        t.skip('no process that reads requests can be dumped', 'they run as root here');
    else
        t.check(`no process that reads requests can be dumped (${workers.length})`,
            workers.length > 0 && open.length === 0, open.join(' '));
    const cores = every_file(t, server.dir).filter(f => /core/.test(t.path.basename(f)));
    t.check('there is no core file', cores.length === 0, cores.join('\n'));
}
