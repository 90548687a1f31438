// Invented records with CTDC's columns, the same every time, and how anybody would count their combinations. For publish.mjs
// and for the bench.
export function invented(n, seed) {
    const all = (1n << 64n) - 1n;
    let s = (BigInt(seed) * 2862933555777941757n + 3037000493n) & all;
    const u = () => { s = (s * 6364136223846793005n + 1442695040888963407n) & all; return Number(s >> 11n) / 2 ** 53; };
    const pick = (w) => { const t = u() * w.reduce((a, b) => a + b, 0); let c = 0; for (let i = 0; i < w.length; i++) { c += w[i]; if (t < c) return i; } return w.length - 1; };
    const citizen = 'UA MD PH ID KH BY US UZ MM BG KG NP LA TH VN RO GH HT NG TJ KZ MG BD ET ML SV MX LK AL CO'.split(' ');
    const country = 'US RU UA MD ID PH AE MY PL TR TH KZ GH HT LB SA ZA IT DE UZ KW BH OM CN MX'.split(' ');
    const age = '0--8 9--17 18--20 21--23 24--26 27--29 30--38 39--47 48+'.split(' ');
    const labour = 'Agriculture Construction DomesticWork Hospitality Manufacturing Begging Fishing Other'.split(' ');
    const recruiter = 'Friend Family IntimatePartner Other Stranger'.split(' ');
    const z = citizen.map((_, i) => 1 / (i + 1) ** 0.9);
    const rows = ['yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation,traffickMonths,meansDebtBondage,meansThreats,meansAbusePsyPhySex,meansFalsePromises,meansDrugsAlcohol,meansDenyBasicNeeds,meansExcessiveWorkHours,meansWithholdDocs,isForcedLabour,isSexualExploit,isOtherExploit,typeOfLabour,typeOfSex,isAbduction,recruiterRelationship'];
    for (let k = 0; k < n; k++) {
        const c = pick(z), a1 = u(), a2 = u(), y = 2002 + Math.min(20, Math.trunc(Math.abs(a1 + a2 - 0.3) * 14)), g = pick([68, 30, 2]);
        const a = pick(g === 0 ? [2, 14, 14, 15, 12, 9, 20, 9, 5] : [4, 10, 8, 9, 10, 10, 26, 15, 8]);
        const x = pick(country.map((_, i) => 1 / (1 + ((i * 7 + c * 3) % 25)) ** 1.2));
        const sex = u() < (g === 0 ? 0.62 : 0.12), lab = u() < (g === 0 ? 0.30 : 0.83), other = !(sex || lab) || u() < 0.03;
        const means = [.10, .25, .22, .30, .05, .14, .20, .15].map((p, i) => u() < p * (sex && (i === 2 || i === 4) ? 1.5 : 1) * (lab && (i === 0 || i === 6 || i === 7) ? 1.6 : 1));
        const known = u() < 0.62, r = [];
        r.push(u() < .98 ? y : '', ['Woman', 'Man', 'Trans/Transgender/NonConforming'][g]);
        r.push(u() < .86 ? age[a] : ''); r.push(u() < .95 ? citizen[c] : ''); r.push(u() < .90 ? country[x] : '');
        r.push(u() < .4 ? ['0--12 (0-1 yr)', '13--24 (1-2 yrs)', '25+ (2+ yrs)'][pick([70, 18, 12])] : '');
        r.push(...means.map((v) => known ? v ? 1 : 0 : ''), lab ? 1 : 0, sex ? 1 : 0, other ? 1 : 0);
        r.push(lab && u() < .7 ? labour[(pick([12, 18, 25, 8, 10, 6, 8, 13]) + (g === 0 ? 0 : 1)) % 8] : '');
        r.push(sex && u() < .8 ? ['Prostitution', 'Pornography', 'PrivateSexualServices'][pick([88, 6, 6])] : '');
        r.push(u() < .05 ? 1 : 0); r.push(u() < .45 ? recruiter[pick([30, 25, 12, 20, 13])] : '');
        rows.push(r.join(','));
    }
    return rows.join('\r\n') + '\r\n';
}

// The plain way, as anybody would write it: every subset of every row's attributes in one map.
export function plainly(csv) {
    const [head, ...rows] = csv.trim().split('\r\n').map((l) => l.split(','));
    const begun = process.hrtime.bigint(), n = new Map(), add = (k) => n.set(k, (n.get(k) || 0) + 1);
    for (const row of rows) {
        const all = row.map((v, i) => v && v !== '0' ? `${head[i]}:${v}` : '').filter(Boolean).sort();
        for (let i = 0; i < all.length; i++) {
            add(all[i]);
            for (let j = i + 1; j < all.length; j++) {
                add(`${all[i]};${all[j]}`);
                for (let k = j + 1; k < all.length; k++) add(`${all[i]};${all[j]};${all[k]}`);
            }
        }
    }
    return { counts: n, ms: Number(process.hrtime.bigint() - begun) / 1e6 };
}
