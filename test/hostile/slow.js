'use strict';
/* Clients that take their time: each is cut at its deadline, alone and through the shipped proxies. */
const net = require('net'), tls = require('tls');

module.exports = async t => {
    const server = await t.serve(await t.data_home('slow'));
    const nginx = await t.nginx_before(server.port, 'slow-nginx'),
          caddy = await t.caddy_before(server.port, 'slow-caddy');
    const all = everyone(t, {port: server.port}, 'alone', {header: 10, body: 20, idle: 30, write: 30});
    if (nginx.child)
        all.push(...everyone(t, nginx.to, 'through nginx', {header: 10, body: 20, idle: 30, write: 30}),
            no_greeting(t, nginx.to, 'through nginx', 10), half_a_stream(t, nginx.to, 'through nginx', 30));
    else
        t.skip('slow clients through nginx', nginx.why);
    if (caddy.child)
        all.push(...everyone(t, caddy.to, 'through Caddy', {header: 10, body: 20, idle: 30, write: 120}),
            no_greeting(t, caddy.to, 'through Caddy', 10), half_a_stream(t, caddy.to, 'through Caddy', 30));
    else
        t.skip('slow clients through Caddy', caddy.why);

    await t.wait(1500);
    const crowd = await half_open(t, server);
    all.push(crowd);
    await Promise.all(all);
    for (const p of [nginx, caddy])
        if (p.child) await t.stop(p);
    t.check('the server ends well after the slow ones', (await t.stop(server)).code === 0);
};

const request = (t, method, target, more) => `${t.head_of(method, target, {})}${more || ''}\r\n`;

/* True if cut within [limit, limit + 4] seconds; drip is sent every 2 seconds. */
function cut_in_time(t, to, what, limit, first, drip) {
    return new Promise(done => {
        const began = Date.now();
        let timer, is_over = false;
        const end = is_cut => {
            if (is_over) return;
            is_over = true;
            clearInterval(timer);
            clearTimeout(late);
            const took = (Date.now() - began) / 1000;
            t.check(`${what}: closed after ${took.toFixed(0)} s, at most ${limit}`, is_cut && took <= limit + 4,
                is_cut ? '' : 'still open');
            s.destroy();
            done();
        };
        const late = setTimeout(end, (limit + 6) * 1000, false);
        const s = t.connect(to, () => {
            if (first) s.write(first);
            if (drip) timer = setInterval(() => s.write(drip), 2000);
        });
        s.resume();
        s.on('end', () => end(true));
        s.on('close', () => end(true));
    });
}

/* Asks for 4.7 MB and reads nothing of it for so long; then there must be no whole answer any more. */
function never_reads(t, to, what, limit) {
    return new Promise(done => {
        const s = t.connect(to, () => s.write(request(t, 'GET', '/data/statistics_detail.csv')));
        s.pause();
        setTimeout(() => {
            let n = 0, is_over = false;
            const end = is_closed => {
                if (is_over) return;
                is_over = true;
                t.check(`${what}: reads nothing, dropped within ${limit} s`, is_closed && n < 4700000,
                    `${n} bytes, ${is_closed ? 'closed' : 'still open'}`);
                s.destroy();
                done();
            };
            s.on('data', b => {
                n += b.length;
            });
            s.on('end', () => end(true));
            s.on('close', () => end(true));
            s.resume();
            setTimeout(end, 3000, false);
        }, (limit + 4) * 1000);
    });
}

function everyone(t, to, where, limit) {
    const post = request(t, 'POST', '/en/', 'Content-Length: 5000\r\n');
    return [
        cut_in_time(t, to, `${where}, connects and says nothing`, limit.header),
        cut_in_time(
            t, to, `${where}, part of a header and silence`, limit.header, 'GET /en/ HTTP/1.1\r\nHost: blueheart.exa'),
        cut_in_time(t, to, `${where}, a header at 1 byte in 2 s`, limit.header, 'GET /en/ HTTP/1.1\r\nX: ', 'a'),
        cut_in_time(t, to, `${where}, a body at 1 byte in 2 s`, limit.body, post, 'a'),
        cut_in_time(t, to, `${where}, half a body and silence`, limit.body, post + 'a'.repeat(2500)),
        cut_in_time(t, to, `${where}, a chunked body at a chunk in 2 s`, limit.body,
            request(t, 'POST', '/en/', 'Transfer-Encoding: chunked\r\n'), '1\r\na\r\n'),
        cut_in_time(t, to, `${where}, keep-alive without another request`, limit.idle + 1, request(t, 'GET', '/en/')),
        never_reads(t, to, where, limit.write),
    ];
}

function no_greeting(t, to, where, limit) { /* TCP, but never a word of TLS */
    return cut_in_time(t, {port: to.port}, `${where}, no TLS greeting`, limit);
}

/* HTTP/2: the preface, settings, and half a header. (A header block left without its continuation nginx 1.22 holds
 * for as long as the client does; docs/threats.md says so.) */
function half_a_stream(t, to, where, limit) {
    return new Promise(done => {
        const frame = (type, flags, stream, payload) => {
            const head = Buffer.alloc(9);
            head.writeUIntBE(payload.length, 0, 3);
            head[3] = type;
            head[4] = flags;
            head.writeUInt32BE(stream, 5);
            return Buffer.concat([head, payload]);
        };
        const began = Date.now();
        let is_over = false;
        const s = tls.connect(
            {port: to.port, host: '127.0.0.1', servername: t.name, rejectUnauthorized: false, ALPNProtocols: ['h2']},
            () => {
                s.write(Buffer.concat([
                    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0, Buffer.alloc(0)),
                    frame(1, 4, 1, Buffer.alloc(60, 0x82)).subarray(0, 30)
                ]));
            });
        const end = is_cut => {
            if (is_over) return;
            is_over = true;
            const took = (Date.now() - began) / 1000;
            t.check(`${where}, half an HTTP/2 header: closed after ${took.toFixed(0)} s, at most ${limit}`,
                is_cut && took < limit + 4, is_cut ? '' : 'still open');
            s.destroy();
            done();
        };
        s.resume();
        s.on('error', () => {});
        s.on('end', () => end(true));
        s.on('close', () => end(true));
        setTimeout(end, (limit + 6) * 1000, false).unref();
    });
}

/* 2,000 open connections with half a header each: a page still comes at once. */
async function half_open(t, server) {
    const sockets = [];
    for (let i = 0; i < 2000; i++) {
        const s = net.connect(server.port, '127.0.0.1', () => s.write('GET /en/ HTTP/1.1\r\nHost: a\r\nX: '));
        s.on('error', () => {});
        sockets.push(s);
        if (i % 200 === 199) await t.wait(20);
    }
    await t.wait(500);
    const times = [];
    for (let i = 0; i < 20; i++) {
        const began = process.hrtime.bigint();
        const r = await t.raw({port: server.port}, request(t, 'GET', '/en/', 'Connection: close\r\n'));
        if (r.status === 200) times.push(Number(process.hrtime.bigint() - began) / 1e6);
    }
    times.sort((a, b) => a - b);
    t.check('2,000 half-open connections: a page comes all the same', times.length === 20 && times[10] < 250,
        `${times.length} of 20, median ${times[10]} ms`);
    const closed = (async () => {
        await t.wait(13000);
        const open = await t.metric(server, 'connections');
        t.check('and none of them is open 13 s later', open < 60, open);
        for (const s of sockets) s.destroy();
    })();
    return closed;
}
