#!/usr/bin/env node
// blueheart estimate as a whole: every method against published programs, tables that have no answer, the rules by which
// it refuses, and what must not change a number. Where the expected numbers come from stands in tables/ORIGIN.md.
// LONG=1 also runs latent classes on every table (a minute).
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { binary, check, csv, near, run, skip, table, work } from "./known.mjs";

const METHODS = ["stepwise", "bic", "dga", "lcmcr", "chao", "mth", "petersen", "chapman"];
const text = (file, ...options) => execFileSync(binary, ["estimate", file, ...options], { encoding: "utf8" });
function estimate(file, ...options) {
    const json = text(file, "--json", ...options);
    check(`no word for what is no number: ${options}`, !/(nan|inf)\b/i.test(json.replace(/"[^"]*"/g, "")));
    const e = JSON.parse(json);
    shape(e, `${file.replace(/.*mse_/, "")} ${options.join(" ")}`);
    return e;
}
const kept = {}; // the same question is asked once
const asked = (name, ...options) => kept[[name, ...options]] ??= estimate(table(name), ...options);
const by = (e, method) => e.results.find(r => r.method === method);
const write = (rows, name = "made") => {
    const file = join(work, `${name}.csv`);
    writeFileSync(file, rows.map(r => r.join(",")).join("\n") + "\n");
    return file;
};
// { "11": 5, "10": 7 } becomes a table of lists A, B ..
const made = counts => write([[..."ABCDEFGH".slice(0, Object.keys(counts)[0].length), "count"], ...Object.entries(counts).map(([h, n]) => [...h, n])]);

// ---- the answer's own form ----

const isNumber = x => typeof x === "number" && Number.isFinite(x), orNull = is => x => x === null || is(x);
const isText = x => typeof x === "string", isCount = x => Number.isInteger(x) && x >= 0, isTexts = x => Array.isArray(x) && x.every(isText);
const isInterval = x => Array.isArray(x) && x.length === 2 && x.every(orNull(isNumber)) && !(x[1] !== null && x[0] > x[1]);
const isIntervals = orNull(x => typeof x === "object" && Object.entries(x).every(([level, v]) => /^\d+(\.\d+)?$/.test(level) && isInterval(v)));
const isShares = orNull(x => Object.values(x).every(v => v > 0 && v <= 1 + 1e-12));
const STATUS = ["ok", "no-finite-estimate", "not-identifiable", "refused"];
const FIELDS = {
    method: x => METHODS.includes(x) || x === "model", status: x => STATUS.includes(x), assumes: orNull(isText), model: orNull(isText),
    model_status: orNull(x => [0, 1, 2, 3, 4].includes(x)), N: orNull(isNumber), dark: orNull(isNumber), intervals: isIntervals,
    conditional_intervals: isIntervals, aic: orNull(isNumber), bic: orNull(isNumber), deviance: orNull(isNumber), df: orNull(isCount),
    params: orNull(isCount), selected: isShares, resamples: isCount, infinite_resamples: orNull(isCount), is_lower_bound: x => typeof x === "boolean",
    notices: isTexts,
};
function shape(e, what) {
    const is = (name, holds) => { if (!holds) check(`field ${name}: ${what}`, false, JSON.stringify(e).slice(0, 200)); else check(name, true); };
    is("observed", isNumber(e.observed));
    is("lists", e.lists.every(l => isText(l.name) && isNumber(l.size) && isTexts(l.notices)));
    is("overlaps", e.overlaps.length === e.lists.length * (e.lists.length - 1) / 2 && e.overlaps.every(o => o.lists.length === 2 && isNumber(o.count)));
    is("status", STATUS.includes(e.status) && (e.status === "ok" ? e.why === undefined : isText(e.why)));
    is("warnings", isTexts(e.warnings) && isText(e.untestable));
    is("spread", isCount(e.spread.methods) && Array.isArray(e.spread.leave_one_out) && orNull(isNumber)(e.spread.ratio));
    for (const r of e.results) {
        for (const [name, holds] of Object.entries(FIELDS)) if (!holds(r[name])) is(`${r.method}.${name}`, false);
        is("why", r.status === "ok" ? r.why === undefined : isText(r.why));
        is("number", r.status === "ok" ? r.N > e.observed && Math.abs(r.N - r.dark - e.observed) < 1e-6 * r.N : r.N === null && r.dark === null && r.intervals === null);
        for (const x of [r, ...(r.variants ?? [])]) for (const [low, high] of Object.values(x.intervals ?? {}))
            is("nobody who was seen is missed", (low === null || low >= e.observed) && (high === null || high >= e.observed));
        is("variants", (r.variants ?? []).every(v => v.N >= e.observed && isIntervals(v.intervals)));
    }
}

// ---- against other programs ----

// Rcapture 1.4-4. It stops at 1e-8 in the deviance, its standard error belongs to the step before.
function forms() {
    const have = (t, form) => ["mth", "chao"].flatMap(m => asked(t, "--method", m, "--bootstrap", "0").results).flatMap(r => r.variants ?? []).find(v => v.name === form);
    for (const w of csv("expected_forms.csv")) {
        const v = have(w.table, w.form), what = `${w.table} ${w.form}`;
        if (!w.N) { check(`no maximum, no number: ${what}`, v === undefined, JSON.stringify(v)); continue; }
        if (!v) { check(`form: ${what}`, false); continue; }
        // Where R stopped early its likelihood is no higher than ours.
        const stopped_early = w.table === "NewOrl_5_201" && w.form === "Mh Poisson2";
        if (stopped_early) check(`R stopped early: ${what}`, v.deviance <= Number(w.deviance) + 1e-11);
        near(`form N: ${what}`, v.N, Number(w.N), stopped_early ? 2e-7 : 1e-7);
        near(`form standard error: ${what}`, v.se, Number(w.se), 3e-4);
        near(`form deviance: ${what}`, v.deviance, Number(w.deviance), 1e-7, 1);
        if (w.aic) near(`form AIC: ${what}`, v.aic, Number(w.aic), 1e-7); // R has none for decimals
        if (w.bic) near(`form BIC: ${what}`, v.bic, Number(w.bic), 1e-7);
        check(`form df: ${what}`, v.df === Number(w.df), v.df);
    }
    // Its profile takes an approximation of factorials, which shows where few are missing (Korea: ten or twenty).
    for (const w of csv("expected_profiles.csv")) {
        const x = have(w.table, w.form)?.intervals[w.level], what = `${w.table} ${w.form} ${w.level}%`;
        const tolerance = w.table === "Korea" ? 2e-3 : 1e-4;
        near(`profile${w.table === "Korea" ? " (Korea)" : ""}: ${what} low`, x?.[0], Number(w.low), tolerance);
        if (w.high.startsWith(">")) check(`profile goes on where R gave up: ${what}`, x[1] > Number(w.high.slice(1)));
        else near(`profile${w.table === "Korea" ? " (Korea)" : ""}: ${what} high`, x?.[1], Number(w.high), tolerance);
    }
}

function bounds() {
    const chao = asked("Kosovo", "--method", "chao", "--bootstrap", "0").results[0];
    near("Chao's closed form: Kosovo", chao.N, 4400 + 0.75 * 3218 ** 2 / (2 * 882), 1e-12);
    // By the delta method: var = dark + dark^2 (4 / f1 + 1 / f2); log-normal limits.
    const dark = chao.dark, variance = 0.75 * 3218 ** 2 / (2 * 882) * 1 + dark ** 2 * (4 / 3218 + 1 / 882);
    const c = Math.exp(1.959963984540054 * Math.sqrt(Math.log1p(variance / dark ** 2)));
    near("Chao's limits: Kosovo", chao.intervals["95"][0], 4400 + dark / c, 1e-9);
    near("Chao's limits: Kosovo", chao.intervals["95"][1], 4400 + dark * c, 1e-9);
    check("a bound is called one", chao.is_lower_bound && by(asked("Kosovo", "--method", "mth", "--bootstrap", "0"), "mth").is_lower_bound === false);
    check("a bound alone is no estimate", asked("Kosovo", "--method", "chao", "--bootstrap", "0").status === "refused");
    const uk = asked("UKdat", "--method", "chao", "--bootstrap", "0").results[0];
    check("unlike lists are told", uk.notices.some(n => n.includes("12299")), JSON.stringify(uk.notices));
}

// R's dga 2.0.2 weighs 2,000 numbers; ours stand for all of them: apart by R's step and a thousandth of those missing.
function graphs() {
    for (const w of csv("expected_dga.csv")) {
        const r = asked(w.table, "--method", "dga", "--bootstrap", "0").results[0], n = asked(w.table, "--method", "dga", "--bootstrap", "0").observed;
        const ten = r.variants.find(v => v.name.includes("10 times")), x = w.times === "10" ? ten : r;
        if (w.times === "10" && !["Artificial_3", "Korea", "Kosovo", "Ned_5", "NewOrl_5", "NewOrl_5_201"].includes(w.table)) check(`graphs: ${w.table}`, x !== undefined);
        const have = [x.intervals["95"][0], x.intervals["80"][0], x.N, x.intervals["80"][1], x.intervals["95"][1]];
        [w.q025, w.q10, w.q50, w.q90, w.q975].forEach((q, i) =>
            check(`graphs: ${w.table} ${w.times} times, quantile ${i}`, Math.abs(have[i] - q) <= Number(w.step) + 1e-3 * (q - n) + 1, `${have[i]} instead of ${q}`));
        if (w.mean && w.times === "30") near(`graphs, mean: ${w.table}`, r.variants.find(v => v.name === "posterior mean").N, Number(w.mean), 2e-4);
    }
    const ned = asked("Ned_5", "--method", "dga", "--bootstrap", "0").results[0];
    check("the upper limit of what is weighed is told", ned.notices.some(n => n.includes("30 times") && n.includes("10 times")));
    near("graphs, weight: Ned_5", ned.graphs["[125,245,235]"] ?? ned.graphs["[125,235,245]"], 0.555517234897127, 2e-3);
}

// LCMCR 0.4.14 with several seeds: medians within 5 % where its seeds agree.
function classes() {
    const want = {};
    for (const w of csv("expected_lcmcr.csv")) (want[w.table] ??= []).push(Number(w.median));
    const split = ["Ned_5", "UKdat"], today = process.env.LONG ? Object.keys(want) : ["Korea", "Ned_5"];
    for (const t of Object.keys(want)) {
        if (!today.includes(t)) { skip(); continue; }
        const r = t === "Korea" ? by(asked(t, "--bootstrap", "300"), "lcmcr") : asked(t, "--method", "lcmcr").results[0];
        const middle = want[t].reduce((a, b) => a + b) / want[t].length;
        if (split.includes(t)) check(`classes: ${t} has no number, chains disagree`, r.N === null && r.status === "refused" && /chains disagree/.test(r.why) && (r.rhat > 1.05 || r.effective_samples < 50), JSON.stringify(r));
        else if (r.status === "ok") near(`classes: ${t}`, r.N, middle, 0.05);
        else check(`classes: ${t}`, false, r.why);
    }
}

// ---- tables that have no answer, or hardly ----

function pathological() {
    const all = name => asked(name, "--bootstrap", "300"), step = name => asked(name, "--bootstrap", "300", "--method", "stepwise");
    const numbers = e => e.results.filter(r => r.N !== null).map(r => r.method).join();
    const asks = e => e.results.map(r => r.method).join();
    const two = "stepwise,bic,chao,mth,petersen,chapman", three = "stepwise,bic,dga,lcmcr,chao,mth";

    let e = all("path01_emptylist");
    check("path01: C is set aside, with a notice", e.status === "ok" && e.lists[2].is_set_aside && e.lists[2].notices.length === 1 && e.warnings.length > 0 && asks(e) === two && numbers(e) === two);
    for (const m of ["stepwise", "bic", "petersen"]) near(`path01: ${m}`, by(e, m).N, 200, 1e-9);
    near("path01: chapman", by(e, "chapman").N, 51 * 41 / 11 - 1, 1e-12);
    near("path01: stepwise alone", step("path01_emptylist").results[0].N, 200, 1e-9);

    for (const e of [all("path02_disjoint3"), step("path02_disjoint3")])
        check("path02: no overlap, no number of any method", e.status === "no-finite-estimate" && numbers(e) === "" && /overlap too little/.test(e.why), numbers(e));
    check("path02: every method was asked", asks(all("path02_disjoint3")) === three);

    e = all("path03_contained");
    near("path03: stepwise", by(e, "stepwise").N, 164.364369055, 1e-7);
    near("path03: bic", by(e, "bic").N, 164.36436905473, 1e-7);
    check("path03: every method has a number", e.status === "ok" && numbers(e) === three && by(e, "bic").models_valid === 2 && by(e, "bic").ranked[1].model === "[23,1]", JSON.stringify(by(e, "bic").ranked));
    near("path03: second model", by(e, "bic").ranked[1].N, 158.875, 1e-9);
    near("path03: stepwise alone", step("path03_contained").results[0].N, 164.364369055, 1e-7);

    for (const e of [all("path04_allonone"), step("path04_allonone")])
        check("path04: A is set aside; fewer than were seen, refused", e.status === "refused" && /72.*82/.test(e.why) && e.lists[0].is_set_aside && e.lists[0].notices.length === 1 && numbers(e) === "" && e.results.every(r => r.status === "refused" && !r.variants?.length), numbers(e));

    e = all("path05_duplist");
    check("path05: the copy is set aside", e.status === "ok" && e.lists[1].is_set_aside && e.lists[1].notices.length === 1 && asks(e) === two);
    for (const m of ["stepwise", "bic", "petersen"]) near(`path05: ${m}`, by(e, m).N, 275.5, 1e-9);
    near("path05: stepwise alone", step("path05_duplist").results[0].N, 275.5, 1e-9);

    for (const e of [all("path06_onecell"), step("path06_onecell")]) check("path06: one history", e.status === "not-identifiable" && e.results.length === 0 && /same lists/.test(e.why));

    e = all("path07_two_lists_zero");
    check("path07: infinite; Chapman is a lower bound only", e.status === "no-finite-estimate" && numbers(e) === "chapman" && by(e, "chapman").N === 805 && by(e, "chapman").is_lower_bound && by(e, "chapman").intervals === null && /lower bound only/.test(by(e, "chapman").notices.join()) && e.spread.methods === 0);
    check("path07: stepwise alone", step("path07_two_lists_zero").status === "no-finite-estimate" && step("path07_two_lists_zero").results[0].N === null);

    e = all("path08_dark_zero");
    near("path08: independent lists", by(e, "stepwise").N, 274.71644, 1e-7);
    check("path08: the model that says 0 is none of those ranked", e.status === "ok" && by(e, "bic").models_valid === 7 && by(e, "bic").models_tried === 8 && by(e, "bic").ranked.every(m => m.model !== "[12,13,23]" && m.N > 108.001), JSON.stringify(by(e, "bic").ranked));
    near("path08: stepwise alone", step("path08_dark_zero").results[0].N, 274.71644, 1e-7);
}

// ---- the rules of refusal: one table on each side ----

function rules() {
    const quick = ["--method", "stepwise", "--bootstrap", "0"];
    const pair = (what, passes, fails, why) => {
        check(`${what}: just passes`, passes.status === "ok" && passes.results[0].N > passes.observed, passes.why);
        check(`${what}: just fails`, fails.status === "refused" && why.test(fails.why), `${fails.status} ${fails.why}`);
    };
    const few = n => estimate(made({ 10: 20, "01": n - 30, 11: 10 }), ...quick);
    pair("fifty people", few(50), few(49), /49.*50/);
    const apart = n => estimate(made({ 100: 40, "010": 30, "001": 20, 110: 30, 101: n, "011": n }), ...quick);
    pair("a list met by five", apart(5), apart(4), /list C meets every other list in fewer than 5/);
    // A holds everybody and is set aside; B and C say 25 * 15 / 5 = 75.
    const seen = n => estimate(made({ 100: n - 35, 110: 20, 101: 10, 111: 5 }), ...quick);
    pair("fewer than were seen", seen(74), seen(76), /75.*76/);
    pair("nobody was missed", seen(74), seen(75), /nobody was missed/);
    check("what is withdrawn leaves no number behind", seen(76).results.every(r => r.N === null && r.dark === null && r.conditional_intervals === null));
    // Three pairs and nobody on all three: the dark figure of the model of all pairs is 0; with one person it is not.
    const zero = n => estimate(made({ 100: 20, "010": 30, "001": 40, 110: 6, 101: 7, "011": 5, 111: n }), "--model", "[12,13,23]", "--bootstrap", "0");
    pair("a dark figure of 0", zero(1), zero(0), /at 0/);
    // Methods: contained lists lie within a factor of 2 of one another, Korea's do not.
    const near2 = asked("path03_contained", "--bootstrap", "300"), far2 = asked("Korea", "--bootstrap", "300");
    check("a factor of two", near2.spread.ratio > 1.7 && near2.spread.ratio <= 2 && far2.spread.ratio > 2 && far2.spread.ratio < 2.1, `${near2.spread.ratio} ${far2.spread.ratio}`);
    pair("a factor of two", near2, far2, /do not determine the number/);
    check("the spread is that of methods with a number, bounds apart", (() => {
        const N = near2.results.filter(r => r.N !== null && !r.is_lower_bound).map(r => r.N);
        return near2.spread.methods === N.length && near2.spread.low === Math.min(...N) && near2.spread.high === Math.max(...N);
    })());
    check("refused, each method's number is there for whoever checks", far2.results.every(r => r.N > 123));
    // The text says the reason before any number, and that the rest is not for publication.
    const words = text(table("Korea"), "--method", "stepwise", "--bootstrap", "0"), refused = text(made({ 10: 20, "01": 19, 11: 10 }), "--method", "stepwise", "--bootstrap", "0");
    check("observed comes first", words.startsWith("Observed: 123 people on 3 lists."));
    const order = ["Observed:", "No estimate (refused): people seen: 49", "not to be published", "in all", "Every number here supposes", "stepwise  [1,2]"].map(s => refused.indexOf(s));
    check("the reason, then numbers", order.every((at, i) => at >= 0 && (i === 0 || at > order[i - 1])), order.join());
    check("two significant figures beside the exact ones", /stepwise +270 /.test(words + " ") || /stepwise +270\n/.test(words), words.slice(0, 900));
    check("warnings come before numbers", (w => w.indexOf("Warning:") > 0 && w.indexOf("Warning:") < w.indexOf("in all"))(text(table("path01_emptylist"), "--method", "stepwise", "--bootstrap", "0")));
    check("what cannot be tested stands beside every number", words.includes("Every number here supposes"));
}

// ---- what changes nothing ----

function sameness() {
    const rows = name => readFileSync(table(name), "utf8").trim().split("\n").map(l => l.split(","));
    // Lists and rows in another order, counts in two parts, a list of nobody: all at once.
    const shuffled = name => {
        const [head, ...body] = rows(name), t = head.length - 1;
        const parts = body.flatMap(r => Number(r[t]) > 1 ? [[...r.slice(0, t), 1], [...r.slice(0, t), r[t] - 1]] : [r]);
        return write([["nobody", ...head.slice(0, t).reverse(), "count"], ...parts.reverse().map(r => [0, ...r.slice(0, t).reverse(), r[t]])], `shuffled-${name}`);
    };
    const same = (name, a, b) => {
        check(`shuffled: ${name} asks the same methods`, a.results.length === b.results.length);
        a.results.forEach((r, i) => {
            const o = b.results[i], what = `${name} ${r.method}`;
            check(`shuffled: ${what} status`, r.status === o.status && r.method === o.method);
            if (r.N === null) return;
            near(`shuffled, N: ${what}`, o.N, r.N, 1e-9);
            for (const [level, [low, high]] of Object.entries(r.intervals ?? {}))
                check(`shuffled, limits: ${what}`, [[low, o.intervals[level][0]], [high, o.intervals[level][1]]].every(([x, y]) => x === y || Math.abs(x - y) <= 1e-8 * x), `${r.intervals[level]} ${o.intervals[level]}`);
        });
        check(`shuffled: ${name} has one notice more`, b.lists.flatMap(l => l.notices).length === a.lists.flatMap(l => l.notices).length + 1);
    };
    same("Korea", asked("Korea", "--bootstrap", "300"), estimate(shuffled("Korea"), "--bootstrap", "300", "--threads", "1"));
    for (const name of ["Kosovo", "NewOrl_5"]) for (const m of ["stepwise", "bic", "dga", "chao", "mth"])
        same(name, asked(name, "--method", m, "--bootstrap", m === "stepwise" || name === "Kosovo" ? "300" : "0"), estimate(shuffled(name), "--method", m, "--bootstrap", m === "stepwise" || name === "Kosovo" ? "300" : "0"));
    for (const m of ["petersen", "chapman"]) same("path07_two_lists_zero", asked("path07_two_lists_zero", "--method", m), estimate(shuffled("path07_two_lists_zero"), "--method", m));
    for (const m of ["stepwise", "bic", "dga", "chao", "mth"]) {
        const [one, two] = ["1", "2"].map(t => text(table("Kosovo"), "--json", "--method", m, "--bootstrap", "300", "--threads", t));
        check(`threads: ${m}`, one === two);
    }
    const options = (...o) => asked("Kosovo", "--method", "stepwise", "--bootstrap", "500", ...o).results[0];
    check("--seed: other resamples, the same number", options("--seed", "1").N === options("--seed", "2").N && options("--seed", "1").intervals["95"][0] !== options("--seed", "2").intervals["95"][0]);
    check("--seed: the same again", text(table("Kosovo"), "--method", "stepwise", "--bootstrap", "500", "--seed", "1") === text(table("Kosovo"), "--method", "stepwise", "--bootstrap", "500", "--seed", "1"));
    for (const m of ["stepwise", "dga", "mth", "chao"]) {
        const r = asked("Kosovo", "--method", m, "--bootstrap", "500", "--level", "50,99,99.5").results[0];
        check(`--level: ${m}`, Object.keys(r.intervals).join() === "50,99,99.5");
        const [a, b, c] = ["50", "99", "99.5"].map(l => r.intervals[l]);
        check(`--level, wider about narrower: ${m}`, c[0] <= b[0] && b[0] < a[0] && a[0] < r.N && r.N < a[1] && a[1] < b[1] && b[1] <= c[1], JSON.stringify(r.intervals));
    }
    // Two on both lists: some resamples have nobody there, and the limit on that side is none.
    const thin = estimate(made({ 10: 60, "01": 50, 11: 2 }), "--method", "stepwise", "--bootstrap", "2000").results[0];
    check("infinite resamples stay and are null", thin.infinite_resamples > 50 && thin.intervals["95"][1] === null && isNumber(thin.intervals["80"][0]), JSON.stringify(thin.intervals));
    check("and are told", thin.notices.some(n => n.includes("no finite estimate")));
    check("--help names every method", METHODS.every(m => spawnSync(binary, ["estimate", "--help"], { encoding: "utf8" }).stdout.includes(`  ${m} `)));
}

run(forms, bounds, graphs, classes, pathological, rules, sameness);
