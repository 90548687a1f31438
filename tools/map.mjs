// Makes data/world.csv, the world map that the server draws as SVG.
//
// Needs Node 20 or later and these npm packages, installed outside the repository:
//   npm init -y      (in an empty folder)
//   npm install world-atlas@2.0.2 topojson-client@3.1.0 topojson-server@3.0.1 topojson-simplify@3.0.3 d3-geo@3.1.2
// and the Debian package iso-codes. Run it in that folder:
//   cp REPO/tools/map.mjs . && node map.mjs REPO/data/world.csv
//
// Geometry: Natural Earth (public domain) by way of world-atlas, 1:50m for shapes, 1:10m for the places of dots.
// Projection: Equal Earth, turned by 11 degrees so that the edge of the map runs through the Bering Strait.
// Neighbours keep the same border, for the lines are simplified once, as a topology, and rounded the same way.

import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { createRequire } from 'node:module';
import { geoContains, geoEqualEarth, geoPath } from 'd3-geo';
import { feature, merge } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';

const WIDTH = 2000, HEIGHT = 900, EDGE = 6;  // of the viewBox; the height follows from the width
const DETAIL = 1;            // triangles smaller than this (in square units) are cut off
const ISLAND = 6;            // islands smaller than this are left out, except the largest of a state
const HIT = 12;              // a shape narrower than this (6 px on a map 1000 px wide) also gets a dot
const APART = 15;            // dots are moved until they are this far apart

const require = createRequire(import.meta.url);
const load = n => JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${n}.json`)));
const iso = JSON.parse(readFileSync('/usr/share/iso-codes/json/iso_3166-1.json'))['3166-1'];
const alpha3 = new Map(iso.map(c => [c.numeric, c.alpha_3]));
// Areas without a number in Natural Earth. Somaliland is drawn with Somalia and N. Cyprus with Cyprus.
const byName = { 'Kosovo': 'XKX', 'Somaliland': 'SOM', 'N. Cyprus': 'CYP' };
const code = g => g.id ? alpha3.get(g.id) : byName[g.properties.name];

// States that must be reachable: all of ISO 3166-1 but the territories, and Kosovo. COK and NIU get a dot too.
const territories = new Set(('ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM ' +
  'HKG HMD IMN IOT JEY MAC MAF MNP MSR MTQ MYT NCL NFK PCN PRI PYF REU SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF').split(' '));
const states = new Set([...alpha3.values(), 'XKX'].filter(c => !territories.has(c)));

// Crimea is drawn with Ukraine, as in General Assembly resolution 68/262; Natural Earth has it with Russia.
const CRIMEA = [34.3, 45.2];

function byCode(topo) {       // iso3 -> geographic feature, parts of one state merged
  const groups = new Map();
  const put = (c, g) => groups.set(c, [...(groups.get(c) ?? []), g]);
  for (const g of topo.objects.countries.geometries) {
    const c = code(g);
    if (!c || c === 'ATA' || !/Polygon/.test(g.type)) continue;
    if (c !== 'RUS') { put(c, g); continue; }
    for (const arcs of g.arcs) {
      const part = { type: 'Polygon', arcs };
      put(geoContains(feature(topo, part), CRIMEA) ? 'UKR' : 'RUS', part);
    }
  }
  return new Map([...groups].map(([c, gs]) => [c, gs.length > 1
    ? { type: 'Feature', geometry: merge(topo, gs), properties: {} } : feature(topo, gs[0])]));
}

const fine = byCode(load('10m')), world = byCode(load('50m'));
const all = { type: 'FeatureCollection', features: [...world.values()] };
const projection = geoEqualEarth().rotate([-11, 0]).precision(0).fitExtent([[EDGE, EDGE], [WIDTH - EDGE, 1e6]], all);
projection.translate([projection.translate()[0], projection.translate()[1] + EDGE - geoPath(projection).bounds(all)[0][1]]);

// Project each state into planar rings; a small sink collects what d3-geo streams out.
function planar(f) {
  const rings = [];
  let ring;
  const sink = { point: (x, y) => ring.push([x, y]), lineStart: () => { ring = []; }, lineEnd: () => { ring.push(ring[0]); rings.push(ring); },
    polygonStart() {}, polygonEnd() {}, sphere() {} };
  const out = projection.stream(sink);
  const polygon = p => { out.polygonStart(); for (const r of p) { out.lineStart(); for (const [x, y] of r.slice(0, -1)) out.point(x, y); out.lineEnd(); } out.polygonEnd(); };
  (f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates).forEach(polygon);
  return rings.filter(r => r.length > 3);
}
const area = r => { let a = 0; for (let i = 1; i < r.length; i++) a += r[i - 1][0] * r[i][1] - r[i][0] * r[i - 1][1]; return a / 2; };
const largest = rings => rings.reduce((a, b) => Math.abs(area(b)) > Math.abs(area(a)) ? b : a);
function centre(r) {
  const a = area(r); let x = 0, y = 0;
  if (Math.abs(a) < 1e-6) return r[0];
  for (let i = 1; i < r.length; i++) { const k = r[i - 1][0] * r[i][1] - r[i][0] * r[i - 1][1]; x += (r[i - 1][0] + r[i][0]) * k; y += (r[i - 1][1] + r[i][1]) * k; }
  return [x / (6 * a), y / (6 * a)];
}

// One planar topology of all rings, simplified.
const objects = {};
for (const [c, f] of world) objects[c] = { type: 'MultiLineString', coordinates: planar(f) };
const topo = simplify(presimplify(topology(objects)), DETAIL);

function tidy(ring) {         // integers, no point twice, no point on a straight line
  const p = ring.map(q => q.map(Math.round)).filter((q, i, a) => i === 0 || q[0] !== a[i - 1][0] || q[1] !== a[i - 1][1]);
  p.pop();
  for (let i = 0; i < p.length && p.length > 3;) {
    const a = p[(i + p.length - 1) % p.length], b = p[i], c = p[(i + 1) % p.length];
    if ((b[0] - a[0]) * (c[1] - b[1]) === (b[1] - a[1]) * (c[0] - b[0])) { p.splice(i, 1); i = Math.max(0, i - 1); } else i++;
  }
  return p;
}
function draw(rings) {        // relative path data; after z the pen is back at the start of the ring
  let d = '', x = 0, y = 0;
  for (const ring of rings) {
    let sx, sy, first = true;
    for (const [px, py] of ring) {
      const dx = String(px - x), dy = String(py - y);
      d += (first ? 'm' : d.endsWith('l') || dx[0] === '-' ? '' : ' ') + dx + (dy[0] === '-' ? '' : ' ') + dy;
      x = px; y = py;
      if (first) { [sx, sy] = [x, y]; d += 'l'; first = false; }
    }
    d += 'z'; x = sx; y = sy;
  }
  return d;
}

// Islands too small for a centre of their own: longitude and latitude.
const PLACES = { MDV: [73.22, 3.2] };

const rows = [], dots = [];
for (const c of [...new Set([...world.keys(), ...states])].sort()) {
  const raw = world.has(c) ? planar(world.get(c)) : null;
  let shown = false;
  if (raw) {
    const rings = feature(topo, topo.objects[c]).geometry.coordinates.map(tidy).filter(r => r.length > 2);
    const size = r => Math.abs(area([...r, r[0]]));
    const top = rings.length ? largest(rings.map(r => [...r, r[0]])) : null;
    const keep = rings.filter(r => size(r) >= ISLAND || (states.has(c) && size(r) === Math.abs(area(top)) && size(r) >= 3));
    if (keep.length) {
      rows.push([c, 'shape', '', '', draw(keep)]);
      const big = largest(keep.map(r => [...r, r[0]]));
      const xs = big.map(p => p[0]), ys = big.map(p => p[1]);
      const narrow = Math.min(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
      shown = narrow >= HIT && Math.abs(area(big)) >= HIT * HIT * 0.7;
    }
  }
  if (states.has(c) && !shown) {
    const at = PLACES[c] ? projection(PLACES[c]) : centre(largest(planar(fine.get(c))));
    dots.push({ c, at, x: at[0], y: at[1] });
  }
}
for (let n = 0; n < 400; n++)  // push dots apart, pull each back to its place
  for (const a of dots) {
    a.x += (a.at[0] - a.x) * 0.02; a.y += (a.at[1] - a.y) * 0.02;
    for (const b of dots) if (a !== b) {
      const dx = b.x - a.x, dy = b.y - a.y, d = Math.hypot(dx, dy) || 0.1;
      if (d < APART) { const k = (APART - d) / d / 2; a.x -= dx * k; a.y -= dy * k; b.x += dx * k; b.y += dy * k; }
    }
  }
for (const { c, x, y } of dots) rows.push([c, 'dot', String(Math.round(x)), String(Math.round(y)), '']);

rows.sort((a, b) => { for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1; return 0; });
writeFileSync(process.argv[2], 'iso3,kind,x,y,path\n' + rows.map(r => r.join(',') + '\n').join(''));

const paths = rows.map(r => r[4]).join('');
const reach = new Set(rows.map(r => r[0]));
console.log(`viewBox 0 0 ${WIDTH} ${HEIGHT}; ${rows.filter(r => r[1] === 'shape').length} shapes, ${dots.length} dots; ` +
  `paths ${paths.length} bytes, ${gzipSync(paths, { level: 9 }).length} gzipped; missing: ${[...states].filter(c => !reach.has(c)).join(' ') || 'none'}`);
console.log('moved most:', dots.map(d => [d.c, Math.round(Math.hypot(d.x - d.at[0], d.y - d.at[1]))]).sort((a, b) => b[1] - a[1]).slice(0, 8).join(' '));
