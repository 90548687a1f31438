'use strict';
/* Questions nobody meant: every field of every page is asked nonsense, and each is answered in words. */

/* What breaks programs: too long, too short, other scripts, markup, paths, numbers out of range, text that turns around. */
const nonsense = [
    '', ' ', '0', '-1', '99999999999999999999', '1e309', 'NaN', 'null', 'undefined', 'true', '[]', '{}', '%', '%25', '\\', "'", '"', "' OR '1'='1",
    '1; DROP TABLE claim_row;--', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', '{{7*7}}', '${7*7}',
    '../../../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', '//evil.example/', 'http://evil.example/', 'a'.repeat(1900), 'é'.repeat(900),
    '𝕊𝕖𝕒𝕣𝕔𝕙', '💙'.repeat(200), 'ﷺ'.repeat(100), 'ZA̡͊͠͝LGͮ̂҉O'.repeat(20), 'Ω≈ç√∫˜µ', '田中さん', '‍‌', 'ด้้้้้็็็็็้้้้้็็็็็', 'MEX,MEX,MEX', 'mex', 'XX', 'ＭＥＸ',
    '2020-02-30', '0000-00-00', '9999-99-99', '-', '--', ',', ',,,,', '+++', '*', '%%%', '&amp;', '#', '?', '=', 'on=2001', '\u00a0', '\u00ad', '\ufeff',
    'a b c d e f g h i j k l m n o p q r s t u v w x y z'.repeat(8), '法'.repeat(300), 'ا'.repeat(300), '1'.repeat(400), 'the '.repeat(200)
];
/* Refused before a page is asked: control characters and text that turns the direction around. */
const refused = ['\u0000', '\u0007', '\u001b[2J', '\u202e', 'abc\u202edef', '\u2066x', '\u200f\u202b'];

const readable = body => String(body).replace(/<script[^>]*application\/ld\+json[^]*?<\/script>/g, '').replace(/<[^>]+>/g, ' ').trim().length;

module.exports = async t => {
    const server = await t.serve(await t.data_home('questions'), {workers: 1});
    const direct = {port: server.port};
    const api = JSON.parse((await t.ask(direct, '/openapi.json')).body);
    const fields = [];
    for (const [path, {get}] of Object.entries(api.paths))
        for (const p of path.startsWith('/{lang}/') ? [] : get.parameters || []) /* asked as their twins */
            if (p.in === 'query' && p.name !== 'lang') fields.push([path.replace(/\{(\w+)\}/g, (_, n) => ({iso3: 'MEX', number: '3', year: '2023', series: 'detected-victims'})[n] || 'x'), p.name]);
    t.check(`there are fields to ask (${fields.length})`, fields.length > 20);
    await everything(t, direct, fields);
    await names(t, direct);
    await turned(t, direct, fields);
    await large(t, direct);
    t.check('the server ends well after all questions', (await t.stop(server)).code === 0);
};

async function everything(t, direct, fields) {
    const wrong = [];
    let n = 0;
    for (const [path, field] of fields) {
        const page = path.startsWith('/api/v1') ? path.replace('/api/v1', '/en') : path;
        for (const words of nonsense) {
            const target = `${page}?${field}=${encodeURIComponent(words)}`;
            if (target.length > 4000) continue;
            const r = await t.ask(direct, target);
            n++;
            const is_answer = [200, 301, 303, 400, 404, 422].includes(r.status);
            if (!is_answer) wrong.push(`${r.status} ${target.slice(0, 120)}`);
            if (r.status !== 301 && r.status !== 303 && readable(r.body) < 40 && !/csv|xml|json|ics/.test(r.headers['content-type'])) wrong.push(`nothing to read: ${target.slice(0, 120)}`);
            if (/<script>alert|onerror=alert\(1\)>|href="javascript:/.test(r.body)) wrong.push(`said back as markup: ${target.slice(0, 120)}`);
            if (/evil\.example/.test(r.headers.location || '')) wrong.push(`leads away: ${target.slice(0, 120)}`);
        }
    }
    t.check_all('nonsense in every field is answered in words', n, wrong);
}

/* The same in the place of a name. */
async function names(t, direct) {
    const wrong = [], places = ['/en/countries/', '/en/law/', '/en/law/TIP-PROTOCOL/articles/', '/en/tiers/', '/en/numbers/', '/en/news/', '/en/claims/', '/data/', '/data/numbers/'];
    let n = 0;
    for (const place of places)
        for (const words of nonsense.filter(w => w.length && encodeURIComponent(w).length < 3000)) {
            const r = await t.ask(direct, place + encodeURIComponent(words));
            n++;
            if (![200, 301, 303, 400, 404, 422].includes(r.status)) wrong.push(`${r.status} ${place}${words.slice(0, 60)}`);
            if (/<script>alert|onerror=alert\(1\)>/.test(r.body)) wrong.push(`said back as markup: ${place}${words.slice(0, 60)}`);
        }
    t.check_all('nonsense in the place of a name is answered in words', n, wrong);
}

async function turned(t, direct, fields) {
    const wrong = [];
    for (const words of refused)
        for (const [path, field] of [['/en/search', 'q'], ...fields.slice(0, 12)]) {
            const r = await t.ask(direct, `${path}?${field}=${encodeURIComponent(words)}`);
            if (r.status !== 400) wrong.push(`${r.status} ${path}?${field}=${encodeURIComponent(words)}`);
            if (/[\u202a-\u202e\u2066-\u2069]/.test(r.body)) wrong.push(`text that turns around was said back: ${path}`);
        }
    t.check_all('control characters and text that turns around are refused', refused.length, wrong);
}

async function large(t, direct) {
    const megabyte = await t.raw(direct, `GET /en/search?q=${'a'.repeat(1 << 20)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`, {most: 8000});
    t.check(`1 MB of search text is refused (${megabyte.status})`, megabyte.status === 414 || megabyte.status === 431);
    const languages = Array.from({length: 20000}, (_, i) => `x${i.toString(36)};q=0.${i % 10}`).join(',');
    const many = await t.raw(direct, `GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Language: ${languages}\r\nConnection: close\r\n\r\n`, {most: 8000});
    t.check(`20,000 languages in a header are refused (${many.status})`, many.status === 431);
    const some = await t.ask(direct, '/', {'Accept-Language': Array.from({length: 400}, (_, i) => `x${i}`).join(',') + ',fr'});
    t.check(`a few hundred languages get an answer (${some.status})`, some.status === 303);
    const after = await t.ask(direct, '/en/search?q=Mexico');
    t.check('search still answers', after.status === 200 && /countries\/MEX/.test(after.body));
}
