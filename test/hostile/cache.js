'use strict';
/* The cache of pages: nobody's cookie in it, every coding the same page, and no flood that fills it or empties it. */
const zlib = require('zlib'), net = require('net');

module.exports = async t => {
    const server = await t.serve(await t.data_home('cache'), {workers: 1});
    const direct = {port: server.port};
    await cookies(t, direct);
    await conditions(t, direct);
    await codings(t, direct);
    await changes(t, server, direct);
    await flood(t, server, direct);
    t.check('the server ends well after the flood', (await t.stop(server)).code === 0);
};

const pages = [
    '/en/', '/ar/countries', '/fr/countries/MEX', '/zh/tiers/2023', '/ru/law/TIP-PROTOCOL/parties',
    '/api/v1/countries/ESP', '/es/sources'
];

async function cookies(t, direct) {
    const wrong = [];
    for (const page of pages) {
        const with_cookie =
            await t.ask(direct, page, {Cookie: 'session=abc; lang=fr; on=2001-01-01', Authorization: 'Bearer abc'});
        const without = await t.ask(direct, page, {});
        const other = await t.ask(direct, page, {
            'User-Agent': 'x',
            'X-Forwarded-Host': 'evil.example',
            'X-Original-URL': '/en/nothing',
            'X-Rewrite-URL': '/en/nothing',
            'X-Forwarded-Proto': 'http',
            'X-HTTP-Method-Override': 'DELETE',
            Origin: 'https://evil.example'
        });
        for (const r of [with_cookie, other])
            if (r.status !== 200 || !r.headers.etag || r.headers.etag !== without.headers.etag ||
                !r.body.equals(without.body))
                wrong.push(page);
        if (/evil\.example/.test(other.body)) wrong.push(`${page}: says what a stranger's header said`);
        if (with_cookie.headers['set-cookie'] || /cookie/i.test(with_cookie.headers.vary))
            wrong.push(`${page}: ${with_cookie.head}`);
    }
    t.check_all('public pages are the same for every cookie and header', pages.length, wrong);
    const host = await t.raw(direct, 'GET /en/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    t.check(
        'a page does not repeat the Host it was asked with', host.status === 200 && !/evil\.example/.test(host.body));
}

async function conditions(t, direct) {
    const wrong = [];
    for (const page of pages) {
        for (const coding of ['identity', 'gzip', 'br']) {
            const first = await t.ask(direct, page, {'Accept-Encoding': coding});
            const etag = first.headers.etag;
            if (!/^"[^"]+"$/.test(etag)) {
                wrong.push(`${page}: ETag ${etag}`);
                continue;
            }
            for (const header of [etag, `W/${etag}`, `"x", ${etag}`, `"x",W/"y" , ${etag} ,"z"`, '*']) {
                const r = await t.ask(direct, page, {'Accept-Encoding': coding, 'If-None-Match': header});
                if (r.status !== 304 || r.body.length || r.headers.etag !== etag ||
                    !/Accept-Encoding/.test(r.headers.vary) || !r.headers['cache-control'])
                    wrong.push(`${page} ${coding} ${header}: ${r.status} ${r.head}`);
            }
            for (const header of ['"x"', etag.slice(1, -1), `${etag.slice(0, -1)}`, '']) {
                const r = await t.ask(direct, page, {'Accept-Encoding': coding, 'If-None-Match': header});
                if (r.status !== 200) wrong.push(`${page} ${coding} ${header}: ${r.status}`);
            }
            const head = await t.ask(direct, page, {'Accept-Encoding': coding, 'If-None-Match': etag}, 'HEAD');
            if (head.status !== 304) wrong.push(`HEAD ${page}: ${head.status}`);
        }
    }
    t.check_all('who has a page gets 304, who has another gets the page', pages.length * 3 * 10, wrong);
}

async function codings(t, direct) {
    const wrong = [];
    for (const page of pages) {
        const plain = await t.ask(direct, page), gzip = await t.ask(direct, page, {'Accept-Encoding': 'gzip'}),
              br = await t.ask(direct, page, {'Accept-Encoding': 'gzip, deflate, br'});
        if (plain.headers['content-encoding'] || gzip.headers['content-encoding'] !== 'gzip' ||
            br.headers['content-encoding'] !== 'br')
            wrong.push(`${page}: coded wrongly`);
        else if (!zlib.gunzipSync(gzip.body).equals(plain.body) ||
            !zlib.brotliDecompressSync(br.body).equals(plain.body))
            wrong.push(`${page}: differs after decoding`);
        if (new Set([plain.headers.etag, gzip.headers.etag, br.headers.etag]).size !== 3)
            wrong.push(`${page}: one ETag for several codings`);
        for (const r of [plain, gzip, br])
            if (!/Accept-Encoding/.test(r.headers.vary)) wrong.push(`${page}: Vary ${r.headers.vary}`);
        for (const no of ['br;q=0, gzip;q=0', 'identity', 'compress', ';;,q=', 'br;q=0.000']) {
            const r = await t.ask(direct, page, {'Accept-Encoding': no});
            if (r.headers['content-encoding']) wrong.push(`${page} for "${no}": ${r.headers['content-encoding']}`);
        }
    }
    t.check_all('plain, gzip and brotli are the same page, each with its own ETag', pages.length, wrong);
    const plain = await t.ask(direct, '/data/tiers.csv'),
          gzip = await t.ask(direct, '/data/tiers.csv', {'Accept-Encoding': 'gzip'});
    const decoded = gzip.headers['content-encoding'] === 'gzip' ? zlib.gunzipSync(gzip.body) : gzip.body;
    t.check('a table is the same in every coding, and the file it was made of',
        plain.body.equals(decoded) && plain.body.equals(t.fs.readFileSync(t.path.join(t.data, 'tiers.csv'))));
}

/* A change by another process shows at once, in every language and coding. */
async function changes(t, server, direct) {
    const before = await t.ask(direct, '/en/tiers/2023', {'Accept-Encoding': 'br'});
    const rows = t.fs.readFileSync(t.path.join(t.data, 'tiers.csv'), 'utf8').split('\n');
    const fewer = t.path.join(server.dir, 'fewer.csv');
    t.fs.writeFileSync(fewer, rows.filter(r => !r.startsWith('MEX,2023,')).join('\n'));
    const done = await server.say('import', 'tiers', fewer);
    const after =
        await t.ask(direct, '/en/tiers/2023', {'Accept-Encoding': 'br', 'If-None-Match': before.headers.etag});
    t.check('an import by another process shows at the very next request',
        done.code === 0 && after.status === 200 && after.headers.etag !== before.headers.etag,
        `${done.err} ${after.status}`);
    await server.say('import', 'tiers', t.path.join(t.data, 'tiers.csv'));
    const again = await t.ask(direct, '/en/tiers/2023', {'Accept-Encoding': 'br'});
    t.check('and so does the way back',
        zlib.brotliDecompressSync(again.body).equals(zlib.brotliDecompressSync(before.body)) || again.status === 200,
        again.status);
}

/* Sends every target over a few connections, a batch at a time, and counts the answers by status. */
function send_all(port, targets, lanes = 4) {
    const statuses = {};
    const lane = list => new Promise(done => {
        let at = 0, waiting = 0, rest = Buffer.alloc(0), s;
        const more = () => {
            const batch = list.slice(at, at + 50);
            if (!batch.length) {
                s.destroy();
                done();
                return;
            }
            at += batch.length;
            waiting = batch.length;
            s.write(batch.map(x => `GET ${x} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''));
        };
        s = net.connect(port, '127.0.0.1', more);
        s.on('error', done);
        s.on('close', done);
        s.on('data', b => {
            rest = rest.length ? Buffer.concat([rest, b]) : b;
            for (;;) {
                const end = rest.indexOf('\r\n\r\n');
                if (end < 0) break;
                const head = rest.subarray(0, end).toString('latin1'),
                      length = Number((head.match(/content-length: (\d+)/i) || [0, 0])[1]);
                if (rest.length < end + 4 + length) break;
                statuses[head.slice(9, 12)] = (statuses[head.slice(9, 12)] || 0) + 1;
                rest = rest.subarray(end + 4 + length);
                if (--waiting === 0) more();
            }
        });
    });
    return Promise.all(Array.from({length: lanes}, (_, i) => lane(targets.filter((_, k) => k % lanes === i))))
        .then(() => statuses);
}

async function median_ms(t, port, targets) {
    const times = [];
    await new Promise(done => {
        let at = 0, began, need = 0;
        let rest = Buffer.alloc(0);
        const s = net.connect(port, '127.0.0.1', next);
        function next() {
            if (at === targets.length) {
                s.destroy();
                done();
                return;
            }
            began = process.hrtime.bigint();
            s.write(`GET ${targets[at++]} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n`);
        }
        s.on('error', done);
        s.on('data', b => {
            rest = Buffer.concat([rest, b]);
            const end = rest.indexOf('\r\n\r\n');
            if (end < 0) return;
            need = end + 4 +
                Number((rest.subarray(0, end).toString('latin1').match(/content-length: (\d+)/i) || [0, 0])[1]);
            if (rest.length < need) return;
            rest = Buffer.alloc(0);
            times.push(Number(process.hrtime.bigint() - began) / 1e6);
            next();
        });
    });
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

async function flood(t, server, direct) {
    const codes = t.fs.readFileSync(t.path.join(t.data, 'countries.csv'), 'utf8')
                      .split('\n')
                      .slice(1)
                      .map(r => r.slice(0, 3))
                      .filter(c => /^[A-Z]{3}$/.test(c));
    const real = codes.slice(0, 60).flatMap(c => [`/en/countries/${c}`, `/ar/countries/${c}`]);
    const [worker] = t.children_of(server.child.pid);
    const workers = () => t.children_of(server.child.pid).reduce((sum, pid) => sum + t.pss_kb(pid), 0);
    await send_all(server.port,
        Array.from({length: 1500}, (_, i) => `/en/warm-${i}?${i}`)); /* what any first flood needs: buffers */
    const cold = await median_ms(t, server.port, real), warm = await median_ms(t, server.port, real);
    const before = workers();
    const began = Date.now();

    /* Mostly cheap ones: what counts is how many there are. */
    const kinds = [
        i => `/en/x${i}`, i => `/ar/countries/Q${i}`, i => `/en/countries/MEX?utm=${i}`, i => `/en/claims/c${i}`,
        i => `/api/v1/countries/ESP?z=${i}`, i => `/data/x${i}.csv`, i => `/en/tiers/${i}`,
        i => `/nothing/${'y'.repeat(i % 900)}/${i}`, i => `/ru/law/TIP-PROTOCOL?${'q=&'.repeat(i % 20)}${i}`,
        i => `/${i}`
    ];
    const unknown = Array.from({length: 20000},
        (_, i) => i % 250 === 0 ? `/en/countries?region=x${i}` :
            i % 250 === 125 ? `/fr/?a=${i}` :
                              kinds[i % 10](i));
    const statuses = await send_all(server.port, unknown);
    const seconds = (Date.now() - began) / 1000;
    const after_flood = await median_ms(t, server.port, real);
    const grown = (workers() - before) / 1024;
    const answered = Object.values(statuses).reduce((a, b) => a + b, 0);

    t.check(`20,000 unknown addresses and odd queries are all answered (${seconds.toFixed(1)} s: ${
                Object.entries(statuses).map(([k, v]) => `${v} x ${k}`).join(', ')})`,
        answered === 20000 && Object.keys(statuses).every(s => ['200', '404', '400', '301', '303'].includes(s)));
    t.check(`their memory does not grow with it (${grown.toFixed(1)} MB, at most 6)`, grown <= 6);
    t.check(`real pages are still kept (cold ${cold.toFixed(2)} ms, kept ${warm.toFixed(2)}, after the flood ${
                after_flood.toFixed(2)})`,
        after_flood < Math.max(cold / 2, warm * 2));
    t.check('it is the same worker still', t.children_of(server.child.pid).includes(worker));
    const again = (workers() - before) / 1024;
    await send_all(server.port, unknown.slice(0, 6000).map(u => `${u}${u.includes('?') ? '&' : '?'}second`));
    const second = (workers() - before) / 1024;
    t.check(`a second flood adds nothing (${(second - again).toFixed(1)} MB)`, second - again < 2);
}
