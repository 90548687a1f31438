// Invented records for the bench of aggregates.
//   node aggregate.mjs sample FILE       the 5,000 of test/measure
//   node aggregate.mjs rows N FILE       N of them: 50,000 different ones at most, then the same again
//   node aggregate.mjs map FILE          counts combinations of three in one hash map: milliseconds, combinations
import { readFileSync, writeFileSync } from "node:fs";
import { invented, plainly } from "../measure/invented.mjs";

const [what, ...words] = process.argv.slice(2);
if (what === "sample") writeFileSync(words[0], invented(5000, 20231));
else if (what === "map") {
    const { counts, ms } = plainly(readFileSync(words[0], "utf8"));
    console.log(`${ms.toFixed(1)} ${counts.size}`);
} else {
    const n = Number(words[0]), [head, ...rows] = invented(Math.min(n, 50000), 4).trim().split("\r\n");
    writeFileSync(words[1], [head, ...Array.from({ length: n }, (_, i) => rows[i % rows.length])].join("\n") + "\n");
}
