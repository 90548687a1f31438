'use strict';
/* What is malformed, too large or unknown: refused, in words, in the reader's language, with every header that protects. */
const lines = require('./lines');

module.exports = async t => {
    const server = await t.serve(await t.data_home('hygiene'));
    const direct = {port: server.port};
    const nginx = await t.nginx_before(server.port, 'hygiene-nginx'),
          caddy = await t.caddy_before(server.port, 'hygiene-caddy');

    await malformed_alone(t, direct);
    for (const [proxy, called] of [[nginx, 'nginx'], [caddy, 'Caddy']]) {
        if (!proxy.child) {
            t.skip(`malformed requests through ${called}`, proxy.why);
            continue;
        }
        await malformed_through(t, server, proxy);
        await closed_through(t, server, proxy);
    }
    await words(t, direct);
    await limits(t, direct);
    await verbs(t, direct);
    await protecting_headers(t, direct, server);
    await noise(t, server, direct);

    for (const p of [nginx, caddy])
        if (p.child) await t.stop(p);
    t.check('the server ends well after all this', (await t.stop(server)).code === 0);
    t.check('no worker died of it', !/ended by/.test(server.read_log()), server.read_log());
};

const bytes_of = line => Buffer.from(line[1], 'latin1');

async function malformed_alone(t, direct) {
    const wrong = [], hidden = [];
    await Promise.all(lines.map(async line => {
        const r = await t.raw(direct, bytes_of(line), {most: 12000});
        const is_refused = r.answers.length <= 1 &&
            ((r.status >= 400 && r.status !== 404 && r.status !== 405) || (r.status === 0 && r.is_closed));
        if (line[2])
            hidden.push(`${line[0]}: ${r.status}`);
        else if (!is_refused || !r.is_closed)
            wrong.push(`${line[0]}: ${r.answers.map(a => a.status).join(' ') || 'nothing'}${
                r.is_closed ? '' : ', left open'}`);
    }));
    t.check_all('malformed requests are refused and their connection closed', lines.length - hidden.length, wrong);
    t.check(
        `what the HTTP library hides is what the list says (${hidden.length})`, hidden.length === 4, hidden.join('\n'));
}

/* Refused, or put right: then exactly one request reaches the program, and one answer comes back. */
async function malformed_through(t, server, proxy) {
    const wrong = [], put_right = [];
    for (const line of lines) {
        const before = await seen(t, server);
        const r = await t.raw(proxy.to, bytes_of(line), {most: 1500, quiet: 60});
        const reached = await seen(t, server) - before - 1; /* our own look at the numbers */
        const is_refused = (r.status >= 400 && r.status !== 404 && r.status !== 405) || r.status === 0;
        const is_kept_out = r.status >= 400 && reached === 0;
        if ((is_refused || is_kept_out) && reached <= 1 && r.answers.length <= 1) continue;
        const is_smuggled = r.answers.length > 1 && !/a second request inside|GET with a body/.test(line[0]);
        /* Where a length of 0 was meant, the rest is a request of its own: two came in, two are answered. */
        if (reached === r.answers.length && !is_smuggled)
            put_right.push(line[0]);
        else
            wrong.push(`${line[0]}: answered ${r.answers.map(a => a.status).join(' ') || 'nothing'}, ${
                reached} reached the program`);
    }
    t.check_all(`through ${proxy.called}: malformed requests are refused or put right`, lines.length, wrong);
    console.log(`      put right by ${proxy.called}: ${put_right.join('; ') || 'none'}`);
}

async function seen(t, server) {
    const page =
        (await t.raw({port: server.port}, 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', {
            quiet: 20
        })).body.toString();
    const n = called => Number((page.match(new RegExp(`^blueheart_${called} (\\d+)`, 'm')) || [])[1]);
    return n('requests_total') + n('refused_total');
}

async function closed_through(t, server, proxy) {
    const metrics = await t.ask(proxy.to, '/metrics');
    t.check(`through ${proxy.called}: /metrics does not exist`,
        metrics.status === 404 && !/blueheart_/.test(metrics.body), metrics.status);
    for (const spelt of ['//metrics', '/%6detrics', '/./metrics', '/en/../metrics', '/metrics/', '/METRICS',
             '/metrics?a', '/metrics%2f', '/;/metrics']) {
        const r = await t.ask(proxy.to, spelt);
        if (/blueheart_requests/.test(r.body)) t.check(`through ${proxy.called}: nor as ${spelt}`, false, r.status);
    }
    const page = await t.ask(proxy.to, '/fr/countries/MEX', {'Accept-Encoding': 'br'});
    t.check(`through ${proxy.called}: a page comes, compressed as the program made it`,
        page.status === 200 && page.headers['content-encoding'] === 'br' && !!page.headers.etag);
    t.check(`through ${proxy.called}: HSTS, once, and every header of the program`,
        page.headers['strict-transport-security'] === 'max-age=31536000' && missing_from(page.headers).length === 0,
        JSON.stringify(page.headers));
    const again =
        await t.ask(proxy.to, '/fr/countries/MEX', {'Accept-Encoding': 'br', 'If-None-Match': page.headers.etag});
    t.check(`through ${proxy.called}: 304 for who has it`, again.status === 304, again.status);
    const large = await t.raw(proxy.to,
        Buffer.concat(
            [Buffer.from(`${t.head_of('POST', '/en/', {'Content-Length': 70000})}\r\n`), Buffer.alloc(70000, 97)]));
    t.check(`through ${proxy.called}: 70 KB are too large`, large.status === 413, large.status);
    const other = await t.raw(proxy.to, 'GET /en/ HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n');
    t.check(`through ${proxy.called}: another name than ours gets no page`, other.status === 0 || other.status === 421,
        other.status);
    const wrong = [];
    for (const verb of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
        const r = await t.ask(proxy.to, '/en/', {}, verb);
        if (r.status !== 405) wrong.push(`${verb}: ${r.status}`);
    }
    t.check_all(`through ${proxy.called}: only GET, HEAD and POST come in`, 5, wrong);
    await second_version(t, proxy);
}

function second_version(t, proxy) {
    const http2 = require('http2');
    return new Promise(done => {
        const session =
            http2.connect(`https://127.0.0.1:${proxy.to.port}`, {servername: t.name, rejectUnauthorized: false});
        let status, over = false;
        const end = why => {
            if (over) return;
            over = true;
            t.check(`through ${proxy.called}: HTTP/2 serves a page`, status === 200, why || status);
            session.destroy();
            done();
        };
        session.on('error', e => end(e.message));
        const stream = session.request({':path': '/en/', ':authority': t.name});
        stream.on('response', h => {
            status = h[':status'];
        });
        stream.on('error', e => end(e.message));
        stream.on('end', () => end());
        stream.resume();
        setTimeout(end, 5000, 'no answer').unref();
    });
}

async function words(t, direct) {
    const wrong = [];
    const bad = [
        '/en/%zz', '/en/%', '/en/%f', '/en/%ff', '/en/%c0%80', '/en/%ed%a0%80', '/en/%00', '/en/%0a', '/en/%0d%0aX: y',
        '/en/countries?q=%ff', '/en/countries?%=1', '/api/v1/countries/%ff', '/en/%f5%80%80%80',
        '/en/countries?on=2014-13-45', '/en/countries?on=soon', '/en/countries?known=%ff'
    ];
    for (const target of bad) {
        const r = await t.ask(direct, target.replace(/ /g, '%20'), {'Accept-Language': 'ar'});
        const says = r.body.toString(), is_api = target.startsWith('/api');
        if (r.status !== 400)
            wrong.push(`${target}: ${r.status}`);
        else if (is_api ? r.headers['content-type'] !== 'application/problem+json' :
                          !/<h1>[^<]{5,}<\/h1>\s*<p>[^<]{10,}<\/p>/.test(says))
            wrong.push(`${target}: 400 without words`);
        else if (!is_api && !/<html lang="(ar|en)"/.test(says))
            wrong.push(`${target}: no language`);
    }
    t.check_all('text that is not well-formed is refused with 400 and words', bad.length, wrong);

    const unknown = [], langs = ['en', 'fr', 'es', 'ar', 'ru', 'zh'];
    const codes = [
        'countries/ZZZ', 'countries/mex', 'countries/MEXICO', 'tiers/1999', 'tiers/99999999999999999999',
        'claims/nothing', 'law/TIP-PROTOCOL/articles/99', 'nothing', 'countries/MEX/more', 'countries/<script>',
        'countries/%F0%9F%92%99', 'countries/..%2f..%2fetc%2fpasswd', 'countries/%27%20OR%201=1--'
    ];
    for (const lang of langs) {
        for (const code of codes) {
            const r = await t.ask(direct, `/${lang}/${code}`, {'Accept-Language': 'de'});
            const says = r.body.toString();
            if (code === 'countries/mex' && (r.status === 301 || r.status === 303 || r.status === 308)) continue;
            if (r.status !== 404)
                unknown.push(`/${lang}/${code}: ${r.status}`);
            else if (!says.includes(`<html lang="${lang}"`))
                unknown.push(`/${lang}/${code}: in another language`);
            else if (!/<p>[^<]{10,}/.test(says) || !says.includes(`<a href="/${lang}/`))
                unknown.push(`/${lang}/${code}: not helpful`);
            else if (says.includes('<script>'))
                unknown.push(`/${lang}/${code}: not escaped`);
        }
    }
    t.check_all('unknown codes: a helpful 404 in the language asked for', langs.length * codes.length, unknown);

    const strange = [];
    for (const [target, language, expected] of [['/xx/countries', 'es', 'es'], ['/EN/', 'fr', 'fr'],
             ['/de/', 'de', 'en'], ['/english', 'ru, en;q=0.5', 'ru'], ['/wp-login.php', '', 'en'],
             ['/.git/config', 'zh-Hant-TW', 'zh']]) {
        const r = await t.ask(direct, target, language ? {'Accept-Language': language} : {});
        if (r.status !== 404 || !r.body.includes(`<html lang="${expected}"`))
            strange.push(
                `${target} for "${language}": ${r.status} ${(r.body.toString().match(/<html[^>]*>/) || [''])[0]}`);
    }
    t.check_all('an unknown language or address: 404 in what the browser prefers', 6, strange);

    const api = [];
    for (const target of ['/api/v1/countries/ZZZ', '/api/v1/nothing', '/api/v2/countries', '/api/']) {
        const r = await t.ask(direct, target);
        let problem = {};
        try {
            problem = JSON.parse(r.body.toString());
        } catch { /* said below */
        }
        if (r.status !== 404 || r.headers['content-type'] !== 'application/problem+json' || !problem.title ||
            problem.status !== 404)
            api.push(`${target}: ${r.status} ${r.headers['content-type']}`);
    }
    t.check_all('the API says the same as problem details', 4, api);
    const languages = [];
    for (const [header, to] of [['', 'en'], ['de', 'en'], ['ar-EG,en;q=0.1', 'ar'], ['*', 'en'], ['zh;q=0,ru', 'ru'],
             [',,;;q=,=', 'en'], [`${'x-'.repeat(900)}y`, 'en'],
             ['fr;q=1.0000000000000000000000000000000000001', 'fr|en'], ['\xff\xfe', 'en']]) {
        const r = await t.ask(direct, '/', header ? {'Accept-Language': header} : {});
        if (r.status !== 303 || !new RegExp(`^/(${to})/$`).test(r.headers.location) ||
            !/Accept-Language/.test(r.headers.vary))
            languages.push(`"${header.slice(0, 30)}": ${r.status} ${r.headers.location} Vary ${r.headers.vary}`);
    }
    t.check_all('the way in chooses a language from anything a browser may say', 9, languages);
}

async function limits(t, direct) {
    const wrong = [];
    const expect = async (what, bytes, ...statuses) => {
        const r = await t.raw(direct, bytes, {most: 5000});
        if (!statuses.includes(r.status))
            wrong.push(`${what}: ${r.status || (r.is_closed ? 'closed without an answer' : 'nothing')}`);
        return r;
    };
    const get = (target, more = '') => `GET ${target} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
    const fields = n => Array.from({length: n}, (_, i) => `f${i}=x`).join('&');
    const post = n => Buffer.concat([
        Buffer.from(
            `POST /en/ HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${
                n}\r\n\r\n`),
        Buffer.alloc(n, 97)
    ]);
    await expect('a path of 4,000 bytes', get(`/en/${'a'.repeat(3996)}`), 404);
    await expect('a path of 5,000 bytes', get(`/en/${'a'.repeat(4996)}`), 414);
    await expect('a path of 100,000 bytes', get(`/en/${'a'.repeat(99996)}`), 414);
    await expect('a path of 500 parts',
        get('/en' +
            '/a'.repeat(500)),
        404);
    await expect('a path of 1,900 slashes', get('/'.repeat(1900)), 404, 301, 303);
    await expect('32 fields', get(`/en/countries?${fields(32)}`), 200);
    const many = await expect('100 fields', get(`/en/countries?${fields(100)}`), 400);
    t.check('100 fields are refused in words', /<p>[^<]{10,}/.test(many.body));
    await expect('a field of 3,000 bytes', get(`/en/countries?region=${'a'.repeat(3000)}`), 400);
    await expect('a field twice', get('/en/countries?region=a&region=b'), 200, 400);
    await expect('60 header fields', get('/en/', 'X: y\r\n'.repeat(60)), 200);
    await expect('100 header fields', get('/en/', 'X: y\r\n'.repeat(100)), 431);
    await expect('a header of 100,000 bytes', get('/en/', `X: ${'y'.repeat(100000)}\r\n`), 431);
    await expect('a cookie of 2,800 bytes', get('/en/', `Cookie: a=${'y'.repeat(2800)}\r\n`), 200);
    await expect('a form of 64 KiB', post(65536), 405);
    await expect('a form of 64 KiB and one byte', post(65537), 413);
    await expect('a form of 900 KB', post(900000), 413);
    await expect('a form of gigabytes', `POST /en/ HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000000\r\n\r\nabc`, 413);
    t.check_all('every size has its limit, and below it everything works', 17, wrong);
}

async function verbs(t, direct) {
    const wrong = [];
    for (const target of ['/en/', '/en/countries/MEX', '/api/v1/countries/MEX', '/data/protocol.csv', '/healthz',
             '/openapi.json']) {
        const get = await t.ask(direct, target), head = await t.ask(direct, target, {}, 'HEAD');
        const same =
            ['content-type', 'etag', 'cache-control', 'content-length'].every(h => get.headers[h] === head.headers[h]);
        if (head.status !== 200 || !same || head.bytes.length !== head.bytes.indexOf('\r\n\r\n') + 4)
            wrong.push(`HEAD ${target}: ${head.status}`);
        for (const verb of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
            const r = await t.ask(direct, target, verb === 'OPTIONS' ? {} : {'Content-Length': 0}, verb);
            const is_options = verb === 'OPTIONS' && (r.status === 204 || r.status === 200);
            if (!(r.status === 405 || is_options) || !/GET, HEAD/.test(r.headers.allow))
                wrong.push(`${verb} ${target}: ${r.status}, Allow: ${r.headers.allow}`);
        }
    }
    t.check_all('HEAD is GET without its body; other verbs are told what is allowed', 36, wrong);
}

const html_needs = {
    'content-security-policy': /^default-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/,
    'referrer-policy': /^no-referrer$/,
    'cross-origin-opener-policy': /^same-origin$/,
    'permissions-policy': /camera=\(\)/,
    'x-content-type-options': /^nosniff$/,
    'cache-control': /./,
    'content-type': /^[a-z]+\/.*/
};
const missing_from = (headers, needs = html_needs) => Object.keys(needs).filter(h => !needs[h].test(headers[h] || ''));

async function protecting_headers(t, direct, server) {
    const etag = (await t.ask(direct, '/en/')).headers.etag;
    const style = (await t.ask(direct, '/en/')).body.toString().match(/href="(\/assets\/[^"]+)"/)[1];
    const kinds = {
        'a page': ['/en/'],
        'a profile': ['/ar/countries/MEX'],
        'a page that stands alone': ['/ar/help'],
        'a script of its own': ['/copy.js'],
        'unchanged': ['/en/', {'If-None-Match': etag}],
        'not found': ['/en/nothing'],
        'not well-formed': ['/en/%ff'],
        'a wrong verb': ['/en/', {}, 'PUT'],
        'to the language': ['/'],
        'spelt anew': ['/en'],
        'a style': [style],
        'data of a page': ['/api/v1/countries/MEX'],
        'no such data': ['/api/v1/countries/ZZZ'],
        'a table': ['/data/protocol.csv'],
        'a compressed table': ['/data/statistics_detail.csv', {'Accept-Encoding': 'gzip'}],
        'no such table': ['/data/nothing.csv'],
        'health': ['/healthz'],
        'metrics': ['/metrics'],
        'the description': ['/openapi.json'],
        'robots': ['/robots.txt'],
        'the heart': ['/favicon.svg'],
        'the old heart': ['/favicon.ico'],
        'an older style': ['/assets/000000000000/style.css'],
        'compressed': ['/en/', {'Accept-Encoding': 'br'}],
    };
    const wrong = [], tracks = [];
    for (const [what, how] of Object.entries(kinds)) {
        const r = await t.ask(direct, ...how);
        const needs = {...html_needs};
        if (r.status === 304 || (r.status >= 300 && r.status < 400)) delete needs['content-type'];
        const missing = missing_from(r.headers, needs);
        if (!r.status || missing.length) wrong.push(`${what} (${r.status}): ${missing.join(', ')}`);
        if (r.status >= 400 && r.headers['cache-control'] !== 'no-store')
            wrong.push(`${what} (${r.status}): Cache-Control ${r.headers['cache-control']}`);
        if (/unsafe-inline|unsafe-eval|\*|https?:/.test(r.headers['content-security-policy'] || ''))
            wrong.push(`${what}: the policy is open`);
        for (const h of ['set-cookie', 'server', 'x-powered-by', 'last-event-id', 'report-to', 'nel', 'via'])
            if (r.headers[h]) tracks.push(`${what}: ${h}: ${r.headers[h]}`);
    }
    t.check_all('every kind of answer carries the headers that protect', Object.keys(kinds).length, wrong);
    t.check_all('no answer sets a cookie or says what serves it', Object.keys(kinds).length, tracks);

    const refused = [];
    for (const [what, bytes] of [['two Hosts', lines.find(l => l[0] === 'two Hosts')[1]],
             ['too many fields', `GET /en/ HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(100)}\r\n`],
             ['an unknown verb', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n'],
             ['an address of 5,000 bytes', `GET /${'a'.repeat(5000)} HTTP/1.1\r\nHost: a\r\n\r\n`]]) {
        const r = await t.raw(direct, bytes);
        if (r.headers['x-content-type-options'] !== 'nosniff' || r.headers['cache-control'] !== 'no-store' ||
            !/^text\/plain/.test(r.headers['content-type']))
            refused.push(`${what}: ${r.status} ${r.head}`);
    }
    t.check_all('what the door refuses is plain text that nobody keeps', 4, refused);
}

/* Bytes without sense, many at once; then a page must come as if nothing had been. */
async function noise(t, server, direct) {
    const {randomBytes} = require('crypto');
    const wrong = [];
    await Promise.all(Array.from({length: 300}, async (_, i) => {
        const seed = randomBytes(1 + i * 7);
        const base = lines[i % lines.length][1];
        const cut = 1 + Math.floor(Math.random() * base.length);
        const bytes = i % 3 === 0 ?
            seed :
            i % 3 === 1 ?
            Buffer.concat([Buffer.from(base.slice(0, cut), 'latin1'), seed, Buffer.from('\r\n\r\n')]) :
            Buffer.concat([Buffer.from('GET /', 'latin1'), seed, Buffer.from(' HTTP/1.1\r\nHost: a\r\n\r\n')]);
        const r = await t.raw(direct, bytes, {most: 800});
        if (r.answers.some(a => a.status >= 500 && a.status !== 501 && a.status !== 505))
            wrong.push(`${JSON.stringify(bytes.toString('latin1').slice(0, 80))}: ${r.status}`);
    }));
    t.check_all('noise is never an error of ours', 300, wrong);
    const page = await t.ask(direct, '/en/countries/MEX');
    t.check('after all of it a page comes as before', page.status === 200 && page.body.includes('Mexico'));
}
