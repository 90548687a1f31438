/* Keeps one page for when there is no network. Runs only where somebody pressed "Keep a copy". */
const page = registration.scope, name = 'copy:' + new URL(page).pathname;
const keep = (answer) => caches.open(name).then((c) => c.put(page, answer));
const again = (answer) => caches.has(name).then((has) => { if (has) return keep(answer); });
addEventListener('install', (e) => e.waitUntil(fetch(page, { cache: 'no-store' }).then((r) => {
  if (!r.ok) throw new Error('no copy');
  return keep(r);
}).then(() => skipWaiting())));
addEventListener('fetch', (e) => {
  if (e.request.url !== page || e.request.method !== 'GET') return;
  e.respondWith(fetch(e.request).then((r) => {
    if (!r.ok) return caches.match(page).then((kept) => kept || r);
    e.waitUntil(again(r.clone()));
    return r;
  }, () => caches.match(page)));
});
