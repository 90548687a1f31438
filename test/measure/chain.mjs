#!/usr/bin/env node
// The commands of README.md from lists to an honest number, exactly as they stand there, on the invented people of
// docs/example: 600 were invented, 429 of them are on a list, 247, 203 and 151 on each. And where the chain must refuse.
import { spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../.."), binary = resolve(process.env.BLUEHEART ?? join(root, "build/blueheart"));
const work = mkdtempSync(join(tmpdir(), "blueheart-chain-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
let passed = 0, failed = 0;
function check(title, is, more = "") {
    if (is) passed++;
    else { failed++; console.log(`BAD   ${title} ${more}`); }
}
const read = (name) => readFileSync(join(work, "build/example", name), "utf8");
const run = (...words) => spawnSync(binary, words, { cwd: work, encoding: "utf8" });

const section = readFileSync(join(root, "README.md"), "utf8").split("## From lists to an honest number")[1] ?? "";
const chain = /```\n([^]*?)```/.exec(section)?.[1] ?? "";
check("README has the chain", ["encode", "match", "overlap", "estimate", "publish aggregate"].every((w) => chain.includes(w)));
symlinkSync(join(root, "docs"), join(work, "docs"));
mkdirSync(join(work, "build"));
symlinkSync(binary, join(work, "build/blueheart"));
const all = spawnSync("sh", ["-e", "-c", chain], { cwd: work, encoding: "utf8" });
check("it runs as typed", all.status === 0, all.stderr);
if (all.status === 0) {
    const rows = read("table.csv").trim().split("\n").slice(1).map((l) => l.split(",").map(Number));
    const on = (list) => rows.reduce((n, r) => n + r[list] * r[3], 0), seen = rows.reduce((n, r) => n + r[3], 0);
    check("nobody is lost: every list keeps its size", on(0) === 247 && on(1) === 203 && on(2) === 151, `${on(0)} ${on(1)} ${on(2)}`);
    check("those seen are found, within two in a hundred", Math.abs(seen - 429) <= 8, seen);
    const e = JSON.parse(run("estimate", "build/example/table.csv", "--json", "--bootstrap", "500", "--method", "stepwise").stdout);
    const [low, high] = e.results[0].intervals["95"];
    check("an estimate, whose limits hold the 600 who were invented", e.status === "ok" && low < 600 && high > 600, `${e.status} ${low} ${high}`);
    check("the report is a page", /^<!doctype html>/.test(read("estimate.html")));
    check("no name is in what leaves an agency", !readFileSync(join(root, "docs/example/police.csv"), "utf8").split("\n").slice(1, 50).map((l) => l.split(",")[1]).some((n) => n?.length > 5 && (read("police.json") + read("groups.csv") + read("table.csv")).includes(n)));
    const shown = read("published.tsv").trim().split("\n").filter((l) => l.includes(":")).map((l) => Number(l.split("\t")[1]));
    check("every published count is a multiple of ten, ten at least", shown.length > 20 && shown.every((n) => n >= 10 && n % 10 === 0), shown.length);

    // Lists that never meet: no number, and why.
    writeFileSync(join(work, "apart.csv"), "police,shelter,hotline,count\n1,0,0,80\n0,1,0,60\n0,0,1,50\n");
    const none = run("estimate", "apart.csv", "--json", "--method", "stepwise", "--bootstrap", "0");
    const said = JSON.parse(none.stdout);
    check("lists that never meet give no number, and why", said.status !== "ok" && said.why?.length > 10 && said.results.every((r) => r.N === null || r.N === undefined), none.stdout.slice(0, 300));
    check("another secret is refused", run("link", "secret", "-o", "other").status === 0 &&
        run("link", "encode", "--schema", "build/example/schema.json", "--secret", "other", "--normalise", "docs/example/hotline.csv", "-o", "foreign.json", "--quiet").status === 0 &&
        run("link", "match", "build/example/police.json", "foreign.json", "--threshold", "0.75", "-o", "no.csv").status === 1 && !existsSync(join(work, "no.csv")));
    writeFileSync(join(work, "few.csv"), "gender\nWoman\nMan\n");
    check("two people are no publication", run("publish", "aggregate", "few.csv", "--k", "10", "-o", "no.tsv").status === 1 && !existsSync(join(work, "no.tsv")));
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed ? 1 : 0);
