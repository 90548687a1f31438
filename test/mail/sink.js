'use strict';
/* A mail server that keeps what it is given: node sink.js PORT LOG [OPTION...]. One line of JSON in LOG for each mail it
 * takes, written before it says so. What it does with an address depends on how the address begins:
 *   nobody  there is no such address (550 5.1.1)     full    its box is full (552 5.2.2)
 *   grey    come again, the first two times (451)    policy  refuses the words (554 5.7.1)
 *   cut     takes the mail, then hangs up before it says so, the first time
 *   slow    thinks for three seconds before it says so
 * Options: tls KEY CERT (STARTTLS), tls-only KEY CERT (from the first byte), login USER PASSWORD, no-sender (refuses
 * ours), keep FOLDER (every mail as a file), away (greets with 421). */
const fs = require('fs'), net = require('net'), tls = require('tls'), path = require('path');

const [port, log_path, ...words] = process.argv.slice(2);
const o = {};
while (words.length) {
    const name = words.shift();
    if (name === 'tls' || name === 'tls-only')
        o[name] = {key: fs.readFileSync(words.shift()), cert: fs.readFileSync(words.shift())};
    else if (name === 'login')
        o.login = [words.shift(), words.shift()];
    else if (name === 'keep')
        o.keep = words.shift();
    else
        o[name] = true;
}
const log = fs.openSync(log_path, 'a');
const asked = new Map(); /* how often an address was asked for */
const note = what => fs.writeSync(log, `${JSON.stringify(what)}\n`);
let kept = 0;

function serve(socket, is_secret) {
    let rest = '', body = null, state = {}, is_in = !o.login, login = null;
    const say = line => socket.write(`${line}\r\n`);
    const times = (who, n) => {
        const key = `${who}`;
        asked.set(key, (asked.get(key) || 0) + 1);
        return asked.get(key) <= n;
    };
    const begins = word => state.to && state.to.startsWith(word);

    function taken() {
        const text = body.join('\r\n'), id = (/^Message-ID: <([^@>]+)@/im.exec(text) || [])[1];
        body = null;
        if (begins('policy')) return say('554 5.7.1 not these words');
        note({id, ...state, is_secret, bytes: text.length});
        if (o.keep) fs.writeFileSync(path.join(o.keep, `${++kept}.eml`), text);
        if (begins('cut') && times(state.to, 1)) return socket.destroy();
        if (begins('slow')) return setTimeout(() => say('250 2.0.0 taken'), 3000);
        say('250 2.0.0 taken');
    }

    function command(line) {
        const verb = line.slice(0, 4).toUpperCase();
        if (login) return answer_login(line);
        if (verb === 'EHLO') {
            state = {called: line.slice(5)};
            const can = ['sink.example', '8BITMIME', 'ENHANCEDSTATUSCODES'];
            if (o.tls && !is_secret) can.push('STARTTLS');
            if (o.login && (is_secret || !o.tls)) can.push('AUTH PLAIN LOGIN');
            return say(can.map((w, i) => `250${i + 1 < can.length ? '-' : ' '}${w}`).join('\r\n'));
        }
        if (verb === 'STAR' && o.tls && !is_secret) {
            say('220 2.0.0 go ahead');
            socket.removeAllListeners('data');
            return serve(new tls.TLSSocket(socket, {isServer: true, ...o.tls}), true);
        }
        if (verb === 'AUTH') {
            const [, how, given] = line.split(' ');
            if (given) return check_login(Buffer.from(given, 'base64').toString());
            login = [how.toUpperCase()];
            return say(login[0] === 'PLAIN' ? '334 ' : '334 VXNlcm5hbWU6');
        }
        if (verb === 'MAIL') {
            if (!is_in) return say('530 5.7.0 sign in first');
            if (o['no-sender']) return say('550 5.7.1 not from you');
            state = {called: state.called, from: (/<([^>]*)>/.exec(line) || [])[1]};
            return say('250 2.1.0 well');
        }
        if (verb === 'RCPT') {
            state.to = (/<([^>]*)>/.exec(line) || [])[1];
            if (begins('nobody')) return say('550 5.1.1 there is no such address here');
            if (begins('full')) return say('552 5.2.2 the box is full');
            if (begins('grey') && times(state.to, 2)) return say('451 4.7.1 come again');
            return say('250 2.1.5 well');
        }
        if (verb === 'DATA') {
            body = [];
            return say('354 go ahead');
        }
        if (verb === 'RSET' || verb === 'NOOP') return say('250 2.0.0 well');
        if (verb === 'QUIT') {
            say('221 2.0.0 bye');
            return socket.end();
        }
        say('502 5.5.2 what?');
    }

    function check_login(text) {
        const [, user, password] = text.split('\0');
        is_in = user === o.login[0] && password === o.login[1];
        say(is_in ? '235 2.7.0 come in' : '535 5.7.8 no');
    }

    function answer_login(line) {
        const text = Buffer.from(line, 'base64').toString();
        const how = login[0];
        login.push(text);
        if (how === 'PLAIN') {
            login = null;
            return check_login(text);
        }
        if (login.length === 2) return say('334 UGFzc3dvcmQ6');
        const [, user, password] = login;
        login = null;
        check_login(`\0${user}\0${password}`);
    }

    socket.setNoDelay?.(true);
    socket.on('error', () => {});
    socket.on('data', bytes => {
        rest += bytes.toString('latin1');
        for (let at; (at = rest.indexOf('\r\n')) >= 0;) {
            const line = rest.slice(0, at);
            rest = rest.slice(at + 2);
            if (!body)
                command(line);
            else if (line === '.')
                taken();
            else
                body.push(line.startsWith('.') ? line.slice(1) : line);
        }
    });
    if (!o.tls || !is_secret) say(o.away ? '421 4.3.2 not now' : '220 sink.example');
}

const server = o['tls-only'] ? tls.createServer(o['tls-only'], s => serve(s, true)) : net.createServer(s => serve(s, false));
server.listen(Number(port), '127.0.0.1', () => console.log('ready'));
