// What the parts about `blueheart estimate` share: tables with known answers, how near an answer must be, the count.
// Not a part itself: it cannot be run.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const binary = process.env.BLUEHEART ?? join(here, "../../build/blueheart");
export const work = mkdtempSync(join(tmpdir(), "blueheart-estimate-"));
export const table = name => join(here, "tables", `mse_${name}.csv`);
const counted = { passed: 0, failed: 0, skipped: 0 }, worst = {};

export function check(what, holds, more = "") {
    if (holds) counted.passed++;
    else { counted.failed++; console.log(`BAD ${what} ${more}`); }
}
export const skip = () => counted.skipped++;
// Relative, with a floor below which the difference itself counts.
export function near(what, have, want, tolerance, floor = 1e-9) {
    const off = Math.abs(have - want) / Math.max(Math.abs(want), floor), kind = what.split(":")[0];
    if (typeof have === "number" && !(off <= worst[kind])) worst[kind] = off;
    check(what, typeof have === "number" && off <= tolerance, `${have} instead of ${want}`);
}
export function csv(name) {
    const [head, ...rows] = readFileSync(join(here, name), "utf8").trim().split("\n")
        .map(line => [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].map(m => m[2] ?? m[1]));
    return rows.map(r => Object.fromEntries(head.map((h, i) => [h, r[i]])));
}

// Runs the parts, tells the count and ends the process. SHOW_WORST=1 also tells times and the largest deviations.
export function run(...parts) {
    try {
        for (const part of parts) {
            const begun = performance.now();
            part();
            if (process.env.SHOW_WORST) console.log(part.name, Math.round(performance.now() - begun), "ms");
        }
    } catch (e) {
        check(e.stack, false);
    } finally {
        rmSync(work, { recursive: true });
    }
    if (process.env.SHOW_WORST) console.log(worst);
    console.log(`${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`);
    process.exit(counted.failed ? 1 : 0);
}
