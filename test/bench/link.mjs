// Two lists of N invented people, a third of them on both: node link.mjs N A.csv B.csv
import { writeFileSync } from "node:fs";

const [n, ...files] = process.argv.slice(2);
let seed = 9;
const draw = (k) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, (seed >>> 8) % k);
const syllables = "ka ro vi len sho mar tin ova dze sen gar cia pov li an de so ba tu ni el mi ra ze".split(" ");
const name = () => Array.from({ length: 2 + draw(3) }, () => syllables[draw(24)]).join("");
const two = (k) => String(k).padStart(2, "0");
const person = () => `${name()},${name()},${1950 + draw(60)}-${two(1 + draw(12))}-${two(1 + draw(28))},${"FMX"[draw(3)]},${["UKR", "NGA", "VNM", "MDA", "IND"][draw(5)]}`;
const first = Array.from({ length: Number(n) }, person);
const second = first.map((p, i) => (i % 3 === 0 ? p : person()));
[first, second].forEach((rows, i) => writeFileSync(files[i], `given_name,family_name,birth_date,sex,nationality\n${rows.join("\n")}\n`));
