'use strict';
const t = require('./tools');
const parts = ['slow', 'hygiene', 'canary', 'failure', 'cache', 'questions'];

async function main() {
    const asked = process.argv.slice(2);
    for (const a of asked)
        if (!parts.includes(a)) {
            console.error(`There is no part "${a}". There are: ${parts.join(' ')}`);
            process.exit(2);
        }
    const wanted = asked.length ? asked : parts;
    const began = Date.now();
    const time = what => {
        if (process.env.TIMES) console.log(`# ${what}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    };
    await (await t.data_home('warm')).say('check');
    let slow = null; /* waiting for deadlines costs nothing: it goes on beside the others */
    for (const part of wanted) {
        const work = require(`./${part}`)(t).catch(e => t.check(`the part "${part}" ran to its end`, false, e.stack));
        if (part === 'slow')
            slow = work;
        else
            await work;
        time(part);
    }
    await slow;
    time('all');
    console.log(`${t.counts.passed} passed, ${t.counts.failed} failed, ${t.counts.skipped} skipped`);
    process.exit(t.counts.failed ? 1 : 0);
}
main();
