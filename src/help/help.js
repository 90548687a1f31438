(function () {
var d = document, out = d.querySelector('.exit'), shifts = 0, first = 0;
function leave() { d.documentElement.hidden = true; d.title = ' '; location.replace(out.href); }
out.onclick = function (e) { e.preventDefault(); leave(); };
addEventListener('keyup', function (e) {
if (e.key != 'Shift') { shifts = 0; return; }
if (!shifts || Date.now() - first > 5000) { shifts = 0; first = Date.now(); }
if (++shifts == 3) leave();
});
d.querySelectorAll('nav a').forEach(function (a) {
a.onclick = function (e) { e.preventDefault(); location.replace(a.href); };
});
var box = d.getElementById('copy'), worker = navigator.serviceWorker, here = location.pathname;
if (!box || !worker || !window.caches) return;
var buttons = box.querySelectorAll('button'), says = box.querySelectorAll('[role] span');
function isHere(all) { return all.some(function (r) { return r.scope == location.origin + here; }); }
/* A copy in any language is a copy: it is told of, and removed with the others. */
function show(said) {
return worker.getRegistrations().then(function (all) {
box.hidden = false; buttons[0].hidden = isHere(all); buttons[1].hidden = !all.length;
if (said < 0 && all.length) said = 0;
says.forEach(function (s, i) { s.hidden = i != said; });
});
}
function failed() { show(2); }
function each(all, what) { return Promise.all(all.map(what)); }
buttons[0].onclick = function () {
worker.register('/copy.js', { scope: here }).then(function (r) {
return new Promise(function (yes, no) {
var w = r.installing || r.waiting || r.active;
function look() { if (w.state == 'activated') yes(); if (w.state == 'redundant') no(); }
w.onstatechange = look; look();
});
}).then(function () { return show(0); }).catch(failed);
};
buttons[1].onclick = function () {
worker.getRegistrations().then(function (all) { return each(all, function (r) { return r.unregister(); }); })
.then(function () { return caches.keys(); })
.then(function (all) { return each(all, function (k) { return caches.delete(k); }); })
.then(function () { return show(1); }).catch(failed);
};
show(-1).catch(function () {});
})();
