/* A photo in a frame, in this browser alone: it is read, drawn and saved here, and no line of this sends anything. */
const $ = (id) => document.getElementById(id), editor = $('wear-editor');
const canvas = $('wear-canvas'), small = $('wear-small'), paint = canvas.getContext('2d');
const side = canvas.width, most = 50e6, bytesMost = 40e6, sideMost = 2048;
const range = { zoom: $('wear-zoom'), turn: $('wear-turn'), x: $('wear-x'), y: $('wear-y') };
const frames = new Map();
let photo = null, turn = 0;
const tell = (what) => {
  const words = document.querySelector(`[data-said="${what}"]`);
  $('wear-said').textContent = words ? words.textContent : '';
  $('wear-said').classList.toggle('wrong', ['kind', 'large', 'broken', 'frame'].includes(what));
};

/* What the first bytes say: a kind that browsers decode to pixels, and how many. Names and types given by others are not asked. */
function look(b) {
  const v = new DataView(b.buffer, b.byteOffset, b.byteLength), n = b.length;
  const is = (at, text) => at + text.length <= n && [...text].every((c, i) => b[at + i] === c.charCodeAt(0));
  if (is(0, '\x89PNG\r\n\x1a\n') && is(12, 'IHDR') && n > 24) return [v.getUint32(16), v.getUint32(20)];
  if (is(0, 'GIF8') && n > 10) return [v.getUint16(6, true), v.getUint16(8, true)];
  if (is(0, 'RIFF') && is(8, 'WEBP') && n > 30) {
    if (is(12, 'VP8X')) return [1 + (v.getUint32(24, true) & 0xffffff), 1 + (v.getUint32(26, true) >>> 8)];
    if (is(12, 'VP8L')) { const bits = v.getUint32(21, true); return [1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff)]; }
    if (is(12, 'VP8 ')) return [v.getUint16(26, true) & 0x3fff, v.getUint16(28, true) & 0x3fff];
    return null;
  }
  if (is(4, 'ftypavi')) {
    for (let at = 8; at + 16 <= n; at++) if (is(at, 'ispe')) return [v.getUint32(at + 8), v.getUint32(at + 12)];
    return null;
  }
  if (b[0] !== 0xff || b[1] !== 0xd8) return null;
  for (let at = 2; at + 9 < n;) {
    if (b[at] !== 0xff) return null;
    const mark = b[at + 1];
    if (mark === 0xff) { at++; continue; }
    if (mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark)) return [v.getUint16(at + 7), v.getUint16(at + 5)];
    if (mark === 0xda || mark === 0xd9) return null;
    at += mark === 1 || (mark >= 0xd0 && mark <= 0xd7) ? 2 : 2 + v.getUint16(at + 2);
  }
  return null;
}

function draw() {
  paint.setTransform(1, 0, 0, 1, 0, 0);
  paint.fillStyle = '#cfe6f5';
  paint.fillRect(0, 0, side, side);
  if (photo) {
    const k = Math.max(side / photo.width, side / photo.height) * range.zoom.value / 100;
    paint.translate(side / 2 + +range.x.value, side / 2 + +range.y.value);
    paint.rotate((+range.turn.value) * Math.PI / 180);
    paint.scale(k, k);
    paint.drawImage(photo, -photo.width / 2, -photo.height / 2);
    paint.setTransform(1, 0, 0, 1, 0, 0);
  }
  const frame = frames.get(editor.querySelector('[name=frame]:checked').value);
  if (frame) paint.drawImage(frame, 0, 0, side, side);
  const s = small.getContext('2d');
  s.clearRect(0, 0, small.width, small.height);
  s.drawImage(canvas, 0, 0, small.width, small.height);
}

function fetchFrame() {
  const input = editor.querySelector('[name=frame]:checked');
  if (frames.has(input.value)) { draw(); return; }
  const image = new Image();
  image.onload = () => { frames.set(input.value, image); draw(); };
  image.onerror = () => tell('frame');
  image.src = input.dataset.svg;
}

async function take(file) {
  if (!file) return;
  const mine = ++turn;
  if (file.size > bytesMost) { tell('large'); return; }
  let read;
  try { read = look(new Uint8Array(await file.slice(0, 1 << 20).arrayBuffer())); } catch { read = null; }
  if (mine !== turn) return;
  if (!read || !read[0] || !read[1]) { tell('kind'); return; }
  if (read[0] * read[1] > most) { tell('large'); return; }
  const k = sideMost / Math.min(read[0], read[1]), how = { imageOrientation: 'from-image' };
  if (k < 1) Object.assign(how, { resizeWidth: Math.max(1, Math.round(read[0] * k)), resizeQuality: 'high' });
  try {
    const made = await createImageBitmap(file, how);
    if (mine !== turn) { made.close(); return; }
    if (photo) photo.close();
    photo = made;
  } catch { tell('broken'); return; }
  range.zoom.value = 100;
  range.turn.value = range.x.value = range.y.value = 0;
  $('wear-save').disabled = false;
  tell('ready');
  draw();
}

const move = (what, by) => { range[what].value = +range[what].value + by; draw(); };
const keys = { ArrowLeft: ['x', -1], ArrowRight: ['x', 1], ArrowUp: ['y', -1], ArrowDown: ['y', 1], '+': ['zoom', 1], '=': ['zoom', 1], '-': ['zoom', -1] };
canvas.addEventListener('keydown', (e) => {
  const [what, by] = keys[e.key] || [];
  if (!what || e.ctrlKey || e.metaKey || e.altKey) return;
  e.preventDefault();
  move(what, by * (what === 'zoom' ? 5 : e.shiftKey ? 64 : 12));
});
const fingers = new Map();
const span = () => { const [a, b] = [...fingers.values()]; return { far: Math.hypot(b.x - a.x, b.y - a.y), angle: Math.atan2(b.y - a.y, b.x - a.x) }; };
canvas.addEventListener('pointerdown', (e) => { canvas.setPointerCapture(e.pointerId); fingers.set(e.pointerId, { x: e.clientX, y: e.clientY }); });
canvas.addEventListener('pointermove', (e) => {
  const was = fingers.get(e.pointerId);
  if (!was) return;
  const unit = side / canvas.getBoundingClientRect().width, before = fingers.size === 2 ? span() : null;
  fingers.set(e.pointerId, { x: e.clientX, y: e.clientY });
  const part = unit / fingers.size;
  range.x.value = +range.x.value + Math.round((e.clientX - was.x) * part);
  range.y.value = +range.y.value + Math.round((e.clientY - was.y) * part);
  if (before && before.far > 0) {
    const now = span();
    range.zoom.value = range.zoom.value * now.far / before.far;
    range.turn.value = +range.turn.value + (now.angle - before.angle) * 180 / Math.PI;
  }
  draw();
});
for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, (e) => fingers.delete(e.pointerId));
for (const r of Object.values(range)) r.addEventListener('input', draw);
for (const r of editor.querySelectorAll('[name=frame]')) r.addEventListener('change', fetchFrame);
$('wear-file').addEventListener('change', (e) => take(e.target.files[0]));
$('wear-save').addEventListener('click', () => canvas.toBlob((blob) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = 'blue-heart.png';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  tell('saved');
}, 'image/png'));
editor.hidden = false;
fetchFrame();
