#!/usr/bin/env node
// Publication as people use it: the release binary on files. The reference's numbers are those of sds-cli 1.9.0 on 5000
// invented records that a linear congruential generator makes anew here; the files themselves are compared where they are.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invented, plainly } from './invented.mjs';

const binary = 'build/blueheart', shared = join(process.env.BLUEHEART_SHARED || '../shared', 'measure');
const work = mkdtempSync(join(tmpdir(), 'blueheart-publish-'));
let passed = 0, failed = 0, skipped = 0;
const at = (name) => join(work, name);
const run = (...words) => {
    const r = spawnSync(binary, ['publish', ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return { code: r.status, out: r.stdout, err: r.stderr };
};
function check(title, holds, more = '') {
    if (holds) passed++;
    else failed++, console.log(`not so: ${title} ${more}`);
}

const sorted = (text) => text.split('\n').filter((l) => l && !l.startsWith('#')).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join('\n') + '\n';
const hash = (text) => createHash('sha256').update(text).digest('hex');

function aggregates() {
    const csv = invented(5000, 20231);
    writeFileSync(at('real.csv'), csv);
    let r = run('aggregate', at('real.csv'), '--k', '10', '--length', '3', '-o', at('k10.tsv'));
    check('aggregates are made', r.code === 0, r.err);
    const before = readFileSync(at('real.csv'), 'utf8');
    r = run('aggregate', at('real.csv'), '--k', '10', '--length', '3', '-o', at('./real.csv'));
    check('a table is not written over the records it is made of', r.code === 2 && readFileSync(at('real.csv'), 'utf8') === before, r.err);
    const text = readFileSync(at('k10.tsv'), 'utf8');
    check('they are the reference as a set', hash(sorted(text)) === 'b6113e71ad8329f276fd410ed28e91f121383f7417f2f4616cd0933cd641588a');
    r = run('aggregate', at('real.csv'), '--length', '2', '--raw-not-for-publication', '-o', at('raw.tsv'));
    check('raw counts too', hash(sorted(readFileSync(at('raw.tsv'), 'utf8'))) === '89da5e015c3b502d2bf09352388fb9c03bb4280cd60989ce07d072f9f5f049a5');
    const file = join(shared, 'sds_agg_k10_L3.tsv');
    if (existsSync(file)) {
        check('the file itself', sorted(readFileSync(file, 'utf8')) === sorted(text));
        check('the records themselves', readFileSync(join(shared, 'sds_ctdc_like_5k.csv'), 'utf8') === csv);
    } else skipped += 2;
    r = run('aggregate', at('real.csv'), '--raw-not-for-publication', '-o', at('raw3.tsv'));
    const ours = Math.min(...[1, 2, 3].map(() => Number(/counted in ([0-9.]+) ms/.exec(run('aggregate', at('real.csv'), '-o', at('again.tsv')).err)[1])));
    const oursAll = Number(/counted in ([0-9.]+) ms/.exec(r.err)[1]);
    const plain = plainly(csv);
    check('raw counts of length 3 are those of a plain map', readFileSync(at('raw3.tsv'), 'utf8').split('\n').filter((l) => l.includes(':')).every((l) => { const [k, n] = l.split('\t'); return plain.counts.get(k) === Number(n); }));
    console.log(`counting 5000 records to length 3: ${ours} ms protected, ${oursAll} ms all; a hash map of node ${plain.ms.toFixed(0)} ms: ${(plain.ms / ours).toFixed(0)} and ${(plain.ms / oursAll).toFixed(0)} times`);
    check('fifty times a hash map', plain.ms / ours > 50, `${plain.ms / ours}`);
    writeFileSync(at('bom.csv'), '\ufeff' + csv.replace(/\r\n/g, '\n').split('\n').map((l) => l.split(',').map((v) => `"${v}"`).join(',')).filter((l) => l !== '""').join('\r'));
    run('aggregate', at('bom.csv'), '-o', at('bom.tsv'));
    check('quotes, a byte order mark and other line ends change nothing', readFileSync(at('bom.tsv'), 'utf8') === text);
    const rows = csv.trim().split('\r\n');
    writeFileSync(at('turned.csv'), [rows[0], ...rows.slice(1).reverse()].join('\n') + '\n');
    run('aggregate', at('turned.csv'), '-o', at('turned.tsv'));
    check('neither does the order of rows', readFileSync(at('turned.tsv'), 'utf8') === text);
}

function complementary() {
    const r = run('aggregate', at('real.csv'), '--length', '2', '--complementary', '-o', at('safe.tsv'));
    check('more is left out', r.code === 0 && /left out by rule/.test(r.err), r.err);
    const plain = new Set(readFileSync(at('k10.tsv'), 'utf8').split('\n')), safe = readFileSync(at('safe.tsv'), 'utf8').trim().split('\n');
    check('nothing else is said', safe.every((l) => plain.has(l)));
    check('most is still there', safe.length > 3000);
}

const schema = () => {
    const [head, ...rows] = readFileSync(at('real.csv'), 'utf8').trim().split('\r\n').map((l) => l.split(','));
    return JSON.stringify({ schema: 'publication 1', columns: head.map((name, i) => ({ name, values: [...new Set(rows.map((r) => r[i]))].filter((v) => v && v !== '0') })) });
};
const dp = (...more) => run('dp', at('real.csv'), '--schema', at('schema.json'), '--ledger', at('ledger'), '--delta', '0.00002', '--who', 'ana', '--why', 'test', ...more);
const rates = (shown) => JSON.parse(run('evaluate', at('real.csv'), shown, '--json').out).lengths.at(-1);

function noise() {
    writeFileSync(at('schema.json'), schema());
    check('no release without a ledger', dp('--epsilon', '1', '-o', at('no.tsv')).code === 1 && !existsSync(at('no.tsv')));
    check('a ledger is begun', run('ledger', 'init', at('ledger'), '--epsilon', '14', '--delta', '0.001', '--data', 'test', '--who', 'ana').code === 0);
    const reference = { 4: [11.9, .284, .781, .225], 8: [7.1, .126, .510, .285] };
    for (const epsilon of [4, 8]) {
        const r = dp('--epsilon', String(epsilon), '-o', at(`dp${epsilon}.tsv`)), e = rates(at(`dp${epsilon}.tsv`)), want = reference[epsilon];
        console.log(`counts with noise, epsilon ${epsilon}: error ${e.mean_absolute_error.toFixed(1)}, missing ${(100 * e.missing_common).toFixed(1)} %, relative ${e.mean_relative_error_common.toFixed(3)}, fabricated ${(100 * e.fabricated).toFixed(1)} % (reference ${want})`);
        check(`epsilon ${epsilon} is better than the reference`, r.code === 0 && e.mean_absolute_error < want[0] && e.missing_common < want[1] && e.mean_relative_error_common < want[2] && e.fabricated < want[3]);
    }
    const ledger = JSON.parse(run('ledger', 'show', at('ledger'), '--json').out);
    check('both are entered', ledger.entries.length === 2 && ledger.epsilon_spent === 12);
    check('the table names its entry', readFileSync(at('dp8.tsv'), 'utf8').startsWith(`# Ledger entry 2, seal ${ledger.entries[1].seal}\n`));
    check('what would exceed the total is refused', dp('--epsilon', '2.1', '-o', at('no.tsv')).code === 1 && !existsSync(at('no.tsv')));
    check('and not entered', JSON.parse(run('ledger', 'show', at('ledger'), '--json').out).entries.length === 2);
    const text = readFileSync(at('ledger'), 'utf8');
    writeFileSync(at('ledger'), text.replace('"14"', '"99"'));
    check('a ledger edited by hand is refused', run('ledger', 'check', at('ledger')).code === 1 && dp('--epsilon', '1', '-o', at('no.tsv')).code === 1);
    writeFileSync(at('ledger'), text);
    writeFileSync(at('odd.csv'), readFileSync(at('real.csv'), 'utf8').replace('Woman', 'Wombat'));
    const odd = run('dp', at('odd.csv'), '--schema', at('schema.json'), '--ledger', at('ledger'), '--epsilon', '1', '--delta', '0.00002', '--who', 'a', '--why', 'b', '-o', at('no.tsv'));
    check('a value that is not declared is refused with its place, and nothing is spent', odd.code === 1 && /odd\.csv:\d+:\d+:/.test(odd.err) && JSON.parse(run('ledger', 'show', at('ledger'), '--json').out).entries.length === 2, odd.err);
}

function synthesis() {
    const limits = { k: [26.5, .192, .841, 0], dp: [10.1, .304, .725, .136] };
    run('synthesize', at('real.csv'), '--k', '10', '--seed', '1', '-o', at('syn.csv'));
    dp('--epsilon', '1', '-o', at('dp1.tsv'));
    run('ledger', 'init', at('ledger2'), '--epsilon', '4', '--delta', '0.001', '--data', 'test', '--who', 'ana');
    const made = run('synthesize', at('real.csv'), '--epsilon', '4', '--delta', '0.00002', '--schema', at('schema.json'), '--ledger', at('ledger2'), '--who', 'a', '--why', 'b', '-o', at('syndp.csv'));
    check('records with noise are made', made.code === 0, made.err);
    for (const [name, file] of [['k', 'syn.csv'], ['dp', 'syndp.csv']]) {
        const e = rates(at(file)), want = limits[name];
        console.log(`records of nobody, ${name}: error ${e.mean_absolute_error.toFixed(1)}, missing ${(100 * e.missing_common).toFixed(1)} %, relative ${e.mean_relative_error_common.toFixed(3)}, fabricated ${(100 * e.fabricated).toFixed(1)} % (reference ${want})`);
        check(`${name} is better than the reference`, e.mean_absolute_error < want[0] && e.missing_common < want[1] && e.mean_relative_error_common < want[2] && e.fabricated <= want[3]);
    }
    check('as many records as there were', readFileSync(at('syn.csv'), 'utf8').trim().split('\n').length === 5001);
    const rows = JSON.parse(run('evaluate', at('real.csv'), at('syndp.csv'), '--json').out).records.shown;
    check('or as the noise says', Math.abs(rows - 5000) < 200 && rows !== 0);
    check('a published table is enough', run('synthesize', at('k10.tsv'), '-o', at('syn2.csv')).code === 0 && readFileSync(at('syn2.csv'), 'utf8').trim().split('\n').length === 5001);
}

// The page says good where it is good and warns where it is not; it fetches nothing and speaks other languages.
function page() {
    const write = (shown, ...more) => { const r = run('evaluate', at('real.csv'), shown, '--html', at('page.html'), '-o', at('page.txt'), ...more); return r.code === 0 ? readFileSync(at('page.html'), 'utf8') : r.err; };
    const good = write(at('syn.csv')), bad = write(at('real.csv')), table = write(at('dp8.tsv'));
    check('the page of good records warns of nothing', good.includes('Nothing is made up') && good.includes('No combination that fewer than 10') && !good.includes('look here'), good.slice(0, 200));
    check('the page of copies warns of copies, of every column and of rare ones', ['the same as a real one than chance explains', '21 columns are guessed', '100.0\u00a0% of the combinations that fewer than 10'].every((w) => bad.includes(w)));
    check('the page of a table says what is made up, and nothing of records', table.includes('occur in no real record') && !table.includes('What it tells of a person'));
    check('all say what is not proved', [good, bad, table].every((p) => p.includes('What this does not prove')));
    check('it is one file that fetches and runs nothing', /default-src 'none'/.test(good) && !/<script|<link|<img|src="|@import/.test(good));
    const json = JSON.parse(run('evaluate', at('real.csv'), at('syn.csv'), '--json').out);
    check('its numbers are those of the JSON', json.lengths.every((l) => good.includes(`${(100 * l.missing_common).toFixed(1)}\u00a0%`) && good.includes(l.mean_absolute_error.toFixed(1))));
    const arabic = write(at('syn.csv'), '--lang', 'ar');
    check('it is there in Arabic', arabic.includes('dir="rtl"') && !arabic.includes('real records'));
    writeFileSync(at('<b>.csv'), readFileSync(at('syn.csv')));
    check('a file name is text', write(at('<b>.csv')).includes('&lt;b&gt;.csv'));
    rmSync(at('page.html'));
    check('where it cannot be measured there is no page', run('evaluate', at('real.csv'), at('nothing.csv'), '--html', at('page.html')).code === 1 && !existsSync(at('page.html')));
}

async function attacks() {
    for (const words of [['aggregate'], ['aggregate', at('real.csv'), '--k', '1'], ['aggregate', at('real.csv'), '--length', '9'], ['aggregate', at('real.csv'), '--raw-not-for-publication', '--complementary'], ['dp', at('real.csv')], ['ledger', 'init', at('x')], ['nonsense']])
        check(`wrong usage ends with 2: ${words.map((w) => w.split('/').at(-1))}`, run(...words).code === 2);
    for (const [name, text] of [['nul', 'a,b\n1,\0\n'], ['ragged', 'a,b\n1\n'], ['utf8', Buffer.from([0x61, 0x2c, 0x62, 10, 0xff, 0x2c, 0x31, 10])], ['empty', ''], ['wide', 'c,'.repeat(5000) + 'd\n']]) {
        writeFileSync(at(name), text);
        const r = run('aggregate', at(name), '-o', at('bad.tsv'));
        check(`${name} is refused in words and leaves nothing`, r.code === 1 && r.err.length > 20 && !existsSync(at('bad.tsv')), r.err);
    }
    const full = spawnSync('sh', ['-c', `${binary} publish aggregate ${at('real.csv')} --quiet >/dev/full`]);
    check('a full disk is told', full.status === 1 && full.stderr.length > 0);
    for (let i = 0; i < 12; i++) {
        const child = spawn(binary, ['publish', 'synthesize', at('real.csv'), '-o', at('killed.csv'), '--quiet']);
        await new Promise((r) => setTimeout(r, 20 + i * 40));
        child.kill('SIGKILL');
        await new Promise((r) => child.on('close', r));
    }
    check('killed in the middle: whole or not there', !existsSync(at('killed.csv')) || statSync(at('killed.csv')).size > 100000);
    run('ledger', 'init', at('crowd'), '--epsilon', '2', '--delta', '0.001', '--data', 'test', '--who', 'ana');
    const one = (i) => new Promise((done) => {
        const child = spawn(binary, ['publish', 'dp', at('real.csv'), '--schema', at('schema.json'), '--ledger', at('crowd'), '--epsilon', '0.5', '--delta', '0.00001', '--who', `w${i}`, '--why', 'crowd', '--quiet', '-o', at(`crowd${i}.tsv`)]);
        child.on('close', done);
    });
    const codes = await Promise.all([...Array(9).keys()].map(one));
    const entries = JSON.parse(run('ledger', 'show', at('crowd'), '--json').out).entries.length, tables = readdirSync(work).filter((f) => /^crowd\d+\.tsv$/.test(f)).length;
    check('nine at once, four are granted', codes.filter((c) => c === 0).length === 4 && entries === 4 && tables === 4, `${codes} ${entries} ${tables}`);
}

try {
    aggregates();
    complementary();
    noise();
    synthesis();
    page();
    await attacks();
} finally {
    rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed ? 1 : 0);
