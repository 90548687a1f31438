#!/usr/bin/env node
// blueheart estimate on tables with known answers: models, stepwise choice, BIC, limits from given resamples, pathological
// tables, and what must not change the answer. Where the numbers come from stands in tables/ORIGIN.md.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync, existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { binary, check, csv, near, run, table, work } from "./known.mjs";

const estimate = (file, ...options) =>
    JSON.parse(execFileSync(binary, ["estimate", file, "--json", ...options], { encoding: "utf8" }));

function group(rows, key) {
    const groups = {};
    for (const r of rows) (groups[key(r)] ??= []).push(r);
    return groups;
}

function models() {
    for (const want of csv("expected_models.csv")) {
        const r = estimate(table(want.table), "--model", want.model, "--bootstrap", "0").results[0];
        const what = `${want.table} ${want.model}`;
        check(`status: ${what}`, r.model_status === Number(want.status) && r.model === want.model, JSON.stringify(r));
        if (r.model_status !== 0) {
            check(`no number: ${what}`, r.N === null && r.dark === null && r.intervals === null && r.status !== "ok");
            continue;
        }
        near(`model N: ${what}`, r.N, Number(want.N), 1e-7);
        near(`model BIC: ${what}`, r.bic, Number(want.bic), 1e-7);
        near(`model AIC: ${what}`, r.aic, Number(want.aic), 1e-7);
        near(`model deviance: ${what}`, r.deviance, Number(want.deviance), 1e-7, 1);
    }
}

function stepwise() {
    for (const want of csv("expected_stepwise.csv")) {
        const r = estimate(table(want.table), "--method", "stepwise", "--p", want.p, "--bootstrap", "0").results[0];
        const what = `${want.table} p=${want.p}`;
        check(`model: ${what}`, r.model === want.model, `${r.model} instead of ${want.model}`);
        near(`stepwise N: ${what}`, r.N, Number(want.N), 1e-7);
        if (want.aic) near(`stepwise AIC: ${what}`, r.aic, Number(want.aic), 1e-7);
        near(`stepwise deviance: ${what}`, r.deviance, Number(want.deviance), 1e-7, 1);
        // R's standard error is that of the step before its last: up to a few 1e-5 away.
        for (const [level, low, high] of [["80", want.low80, want.high80], ["95", want.low95, want.high95]]) {
            if (!low) continue;
            near(`model taken as known: ${what}`, r.conditional_intervals[level][0], Number(low), 1e-4);
            near(`model taken as known: ${what}`, r.conditional_intervals[level][1], Number(high), 1e-4);
        }
        for (const part of want.coefficients.split(" ").filter(Boolean)) {
            const [term, value] = part.split("=");
            near(`coefficient: ${what} ${term}`, r.coefficients.find(c => c.term === term)?.value, Number(value), 1e-7, 1);
        }
    }
}

function limits() {
    const levels = [95, 90, 80, 68]; // q0.025 .. q0.16 and their other sides
    const by = group(csv("expected_bca.csv"), r => r.table);
    for (const [name, rows] of Object.entries(by)) {
        const resamples = table(`boot_${name}`);
        const given = existsSync(resamples) ? ["--resamples", resamples] : ["--bootstrap", "50"];
        const r = estimate(table(name), "--method", "stepwise", "--level", "68,80,90,95", ...given).results[0];
        for (const { quantity, value } of rows) {
            if (quantity === "ahat") near(`ahat: ${name}`, r.ahat, Number(value), 1e-6);
            else if (quantity === "z0") near(`z0: ${name}`, r.z0, Number(value), 1e-6);
            else {
                const share = Number(quantity.slice(1)), level = levels.find(l => Math.abs(Math.abs(1 - 2 * share) * 100 - l) < 1e-6);
                if (!level) continue; // the median is looked at by the unit test
                near(`BCa limit: ${name} ${quantity}`, r.intervals[level][share < 0.5 ? 0 : 1], Number(value), 1e-6);
            }
        }
        if (given[0] === "--resamples") check(`resamples: ${name}`, r.resamples === 1000 && r.infinite_resamples === 0);
    }
}

function bic() {
    const by = group(csv("expected_bic.csv"), r => `${r.table} ${r.max_order}`);
    for (const [key, rows] of Object.entries(by)) {
        const [name, order] = key.split(" ");
        const r = estimate(table(name), "--method", "bic", "--max-order", order, "--bootstrap", "0").results[0];
        for (const want of rows) {
            const have = r.ranked[Number(want.rank) - 1];
            // Models with equal BIC stand in either order.
            const is_tie = rows.some(o => o !== want && Math.abs(o.bic - want.bic) < 1e-6);
            check(`rank: ${key} ${want.rank}`, have.model === want.model || is_tie, `${have.model} instead of ${want.model}`);
            near(`ranked BIC: ${key} ${want.rank}`, have.bic, Number(want.bic), 1e-7);
            if (!is_tie) near(`ranked N: ${key} ${want.rank}`, have.N, Number(want.N), 1e-7);
        }
    }
    // Silverman, Chan & Vincent 2024, table 2, and MultipleSystemsEstimation with the same resamples.
    const kosovo = estimate(table("Kosovo"), "--method", "bic", "--resamples", table("boot_Kosovo")).results[0];
    const published = { 1: [9532.002728, 11320.089365, 9101.373674, 12003.1], 2: [8659.033706, 11029.615473, 8461.391096, 12871.3],
        5: [8525.581053, 11511.186747, 8461.391096, 17033.4], 10: [7414.594942, 12165.316540, 6947.037037, 17987.],
        20: [7414.594942, 12198.364681, 6947.037037, 18009.], 113: [7414.594942, 12198.364681, 6947.037037, 18009] };
    for (const [ntop, [l80, h80, l95, h95]] of Object.entries(published)) {
        const x = kosovo.by_ntop.find(b => b.ntop === Number(ntop))?.intervals;
        near(`BIC limit: Kosovo ntop ${ntop}`, x["80"][0], l80, 1e-6);
        near(`BIC limit: Kosovo ntop ${ntop}`, x["80"][1], h80, 1e-6);
        near(`BIC limit: Kosovo ntop ${ntop}`, x["95"][0], l95, 1e-6);
        near(`BIC limit, printed short: Kosovo ntop ${ntop}`, x["95"][1], h95, 1e-4);
    }
    check("Kosovo: every model has an estimate", kosovo.models_valid === 113 && !kosovo.is_search);
    const sim01 = estimate(table("sim01_ind4_N2000"), "--method", "bic", "--bootstrap", "0").results[0];
    check("sim01: 111 models have an estimate", sim01.models_valid === 111);
    const uk = estimate(table("UKdat"), "--method", "bic", "--bootstrap", "0").results[0];
    check("six lists: all 32,768 pair models", uk.models_tried === 32768 && !uk.is_search);
}

function pathological() {
    const run = (name, ...more) => estimate(table(name), "--bootstrap", "200", ...(more.length ? more : ["--method", "stepwise"]));
    let e = run("path01_emptylist");
    check("path01: an empty list is set aside", e.lists[2].is_set_aside && e.lists[2].notices.length === 1);
    near("path01: two lists are left", e.results[0].N, 200, 1e-9);
    e = run("path02_disjoint3");
    check("path02: no overlap, no number", e.status === "no-finite-estimate" && e.results.every(r => r.N === null));
    e = run("path03_contained");
    near("path03: independent lists", e.results[0].N, 164.364369055, 1e-7);
    e = run("path03_contained", "--model", "[12,13,23]");
    check("path03: all pairs have no estimate", e.status === "no-finite-estimate" && e.results[0].model_status === 1 && e.results[0].N === null);
    e = run("path04_allonone");
    check("path04: fewer than were seen", e.status === "refused" && /72/.test(e.why) && e.lists[0].is_set_aside && e.results.every(r => r.N === null));
    e = run("path05_duplist");
    check("path05: a copy is set aside", e.lists[1].is_set_aside);
    near("path05: Lincoln-Petersen", e.results[0].N, 275.5, 1e-9);
    e = run("path06_onecell");
    check("path06: one history", e.status === "not-identifiable" && e.why && e.results.length === 0);
    e = run("path07_two_lists_zero");
    check("path07: infinite", e.status === "no-finite-estimate" && e.results[0].N === null && e.results[0].model_status === 1);
    e = run("path08_dark_zero", "--method", "stepwise");
    near("path08: independent lists", e.results[0].N, 274.71644, 1e-7);
    e = run("path08_dark_zero", "--model", "[12,13,23]");
    check("path08: a dark figure of 0 is refused", e.status === "refused" && e.results[0].N === null && e.results[0].dark === null);
    e = run("exact01_AB", "--model", "[12,3]");
    near("exact01: the truth comes back", e.results[0].N, 2390.43768182788, 1e-12);
    near("exact01: dark", e.results[0].dark, 1000, 1e-11);
    check("exact01: decimals have no resamples", e.results[0].intervals === null && e.results[0].notices.length === 1);
}

// What says nothing new changes nothing.
function properties() {
    const read = name => readFileSync(table(name), "utf8").trim().split("\n").map(l => l.split(","));
    const write = (name, rows) => { const f = join(work, `${name}.csv`); writeFileSync(f, rows.map(r => r.join(",")).join("\n") + "\n"); return f; };
    for (const name of ["Kosovo", "Ned_5", "UKdat", "NewOrl_5"]) {
        const rows = read(name), lists = rows[0].length - 1;
        const both = file => ["stepwise", "bic"].map(m => estimate(file, "--method", m, "--bootstrap", "0"));
        const plain = both(table(name));
        const same = (what, es) => plain.forEach((e, i) => {
            near(`${what}: ${name} ${e.results[0].method}`, es[i].results[0].N, e.results[0].N, 1e-9);
            near(`${what}: ${name} ${e.results[0].method} BIC`, es[i].results[0].bic, e.results[0].bic, 1e-9);
        });
        same("rows in another order", both(write("rows", [rows[0], ...rows.slice(1).reverse()])));
        same("lists in another order", both(write("lists", rows.map(r => [...r.slice(0, lists).reverse(), r[lists]]))));
        const split = rows.slice(1).flatMap(r => Number(r[lists]) > 1 ? [[...r.slice(0, lists), 1], [...r.slice(0, lists), r[lists] - 1]] : [r]);
        same("repeated histories", both(write("split", [rows[0], ...split])));
        const [more] = both(write("empty", rows.map((r, i) => [i ? 0 : "nobody", ...r])));
        same("an empty list", both(join(work, "empty.csv")));
        check(`an empty list: ${name} has one notice`, more.lists.flatMap(l => l.notices).length === 1);
    }
    for (const name of ["Kosovo", "UKdat", "NewOrl_5"]) {
        const out = [1, 2, 4].map(t => execFileSync(binary, ["estimate", table(name), "--json", "--method", "bic", "--bootstrap", "300", "--ntop", "10", "--threads", String(t)], { encoding: "utf8" }));
        check(`threads: ${name}`, out[0] === out[1] && out[0] === out[2]);
        const other = execFileSync(binary, ["estimate", table(name), "--json", "--method", "bic", "--bootstrap", "300", "--ntop", "10", "--seed", "5"], { encoding: "utf8" });
        check(`seed: ${name}`, out[0] !== other);
    }
}

// Every refusal says where and what, on standard error, ends with 1 and leaves nothing.
function refusals() {
    const bad = [
        ["empty file", "", ""], ["one list", "A,count\n1,5\n", ":1:"], ["no list", "count\n5\n", ":1:"],
        ["nine lists", "A,B,C,D,E,F,G,H,I,count\n1,1,1,1,1,1,1,1,1,5\n", ":1:"],
        ["no count", "A,B,n\n1,1,5\n", ":1:5"], ["duplicate column", "A,A,count\n1,1,5\n", ":1:3"], ["no name", "A,,count\n1,1,5\n", ":1:"],
        ["no rows", "A,B,count\n", ""], ["all 0", "A,B,count\n1,1,0\n", ""], ["bad cell", "A,B,count\n1,1,5\n1,2,5\n", ":3:3"],
        ["yes", "A,B,count\n1,yes,5\n", ":2:3"], ["negative", "A,B,count\n1,1,-5\n", ":2:5"], ["missing", "A,B,count\n1,1,\n", ":2:5"],
        ["NA", "A,B,count\n1,1,NA\n", ":2:5"], ["word", "A,B,count\n1,1,many\n", ":2:5"], ["hex", "A,B,count\n1,1,0x10\n", ":2:5"],
        ["inf", "A,B,count\n1,1,inf\n", ":2:5"], ["overflow", "A,B,count\n1,1,1e300\n", ":2:5"], ["overflow together", "A,B,count\n1,1,9e8\n1,0,9e8\n", ":3:5"],
        ["too long", "A,B,count\n1,1," + "9".repeat(400) + "\n", ":2:5"], ["short row", "A,B,count\n1,1\n", ":2:"], ["long row", "A,B,count\n1,1,5,5\n", ":2:7"],
        ["nobody's list", "A,B,count\n0,0,7\n1,1,3\n", ":2:5"], ["open quote", 'A,B,count\n1,"1,5\n', ":2:"], ["a million columns", "A,".repeat(1e6) + "count\n", ":1:"],
        ["not UTF-8", Buffer.from([0x41, 0xff, 0x2c, 0x42, 0x2c, 0x63, 0x6f, 0x75, 0x6e, 0x74, 0x0a]), ":1:"], ["NUL", "A,B,count\n1,\0,5\n", ":2:"],
    ];
    for (const [what, text, place] of bad) {
        const file = join(work, "bad.csv");
        writeFileSync(file, text);
        const r = spawnSync(binary, ["estimate", file, "--json", "-o", join(work, "out.json")], { encoding: "utf8" });
        check(`refused: ${what}`, r.status === 1 && r.stdout === "" && r.stderr.includes(`bad.csv${place}`) && r.stderr.trim().split("\n").length === 1 && r.stderr.length < 400, r.stderr);
        check(`nothing left: ${what}`, readdirSync(work).every(f => !f.startsWith("out.json")));
    }
    const good = join(work, "good.csv");
    writeFileSync(good, "\ufeffA,\"B\"\"x\",count\r\n1,0,\"40\"\r\n0,1,30\r\n1,1,10\r\n\r\n0,0,0\r\n");
    const e = estimate(good, "--method", "stepwise", "--bootstrap", "100");
    check("byte order mark, quotes, CR LF", e.observed === 80 && e.lists[1].name === 'B"x');
    near("and the number", e.results[0].N, 200, 1e-9);
    const usage = [["--p", "1.5"], ["--p", "nan"], ["--bootstrap", "1"], ["--bootstrap", "1e9"], ["--level", "95,80"], ["--level", "0"], ["--level", "100"], ["--threads", "0"], ["--threads", "1000"],
        ["--max-order", "1"], ["--ntop", "0"], ["--method", "guess"], ["--seed", "-1"], ["--nonsense"], ["--json=yes"]];
    for (const options of usage)
        check(`usage: ${options}`, spawnSync(binary, ["estimate", good, ...options]).status === 2);
    for (const model of ["[12,3]", "[1]", "12", "[1,2", "[11,2]", "[,]", "[]", "[1,x]", "[0,1,2]", "[9]", "[12345678901]"]) {
        const r = spawnSync(binary, ["estimate", good, "--model", model], { encoding: "utf8" });
        check(`model: ${model}`, r.status === 1 && r.stdout === "" && r.stderr.includes("--model"), r.stderr);
    }
    const kosovo = readFileSync(table("boot_Korea"), "utf8").split("\n");
    const sets = [["no history", "a,b\n1,2\n"], ["other lists", "h11,h01\n1,2\n"], ["twice", "h001,h001\n1,2\n"], ["nobody", "h000,h001\n1,2\n"], ["decimals", kosovo[0] + "\n" + kosovo[1].replace("38,", "38.5,") + "\n"],
        ["other people", kosovo[0] + "\n" + kosovo[1].replace("38,", "39,") + "\n"], ["unseen history", "h001,h011\n122,1\n"], ["one row", kosovo.slice(0, 2).join("\n") + "\n"], ["short row", kosovo[0] + "\n1,2\n"], ["empty", ""]];
    for (const [what, text] of sets) {
        const file = join(work, "set.csv");
        writeFileSync(file, text);
        const r = spawnSync(binary, ["estimate", table("Korea"), "--resamples", file], { encoding: "utf8" });
        check(`resamples refused: ${what}`, r.status === 1 && r.stdout === "" && r.stderr.includes("set.csv"), r.stderr);
    }
    for (const name of ["Kosovo"]) {
        const r = spawnSync("sh", ["-c", `"${binary}" estimate "${table(name)}" --json --method stepwise --bootstrap 10 > /dev/full`], { encoding: "utf8" });
        check("a full disk is said", r.status === 1 && r.stderr.length > 0);
    }
    const pipe = join(work, "pipe");
    execFileSync("mkfifo", [pipe]);
    const through = execFileSync("sh", ["-c", `"${binary}" estimate "${good}" --method stepwise --bootstrap 0 --json -o "${pipe}" & cat "${pipe}"; wait`], { encoding: "utf8" });
    check("a pipe stays a pipe", JSON.parse(through).observed === 80 && lstatSync(pipe).isFIFO());
    check("nothing is written into a folder", spawnSync(binary, ["estimate", good, "--method", "stepwise", "--bootstrap", "0", "-o", work]).status === 1);
    check("a missing file is said", spawnSync(binary, ["estimate", join(work, "nothing.csv")]).status === 1);
    check("a folder is no table", spawnSync(binary, ["estimate", work]).status === 1);
    check("--help", spawnSync(binary, ["estimate", "--help"]).status === 0);
}

run(models, stepwise, limits, bic, pathological, properties, refusals);
