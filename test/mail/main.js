'use strict';
const t = require('../hostile/tools');
const parts = ['outcomes', 'secret', 'bounces', 'kills', 'nodes'];

async function main() {
    const asked = process.argv.slice(2);
    for (const a of asked)
        if (!parts.includes(a)) {
            console.error(`There is no part "${a}". There are: ${parts.join(' ')}`);
            process.exit(2);
        }
    for (const part of asked.length ? asked : parts) {
        const began = Date.now();
        await require(`./${part}`)(t).catch(e => t.check(`the part "${part}" ran to its end`, false, e.stack));
        if (process.env.TIMES) console.log(`# ${part}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
    console.log(`${t.counts.passed} passed, ${t.counts.failed} failed, ${t.counts.skipped} skipped`);
    process.exit(t.counts.failed ? 1 : 0);
}
main();
