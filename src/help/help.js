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
function show(kept, said) {
box.hidden = false; buttons[0].hidden = kept; buttons[1].hidden = !kept;
says.forEach(function (s, i) { s.hidden = i != said; });
}
function mine() { return worker.getRegistration(here).then(function (r) { return r && r.scope == location.origin + here ? r : null; }); }
function failed() { mine().then(function (r) { show(!!r, 2); }); }
buttons[0].onclick = function () {
worker.register('/copy.js', { scope: here }).then(function (r) {
return new Promise(function (yes, no) {
var w = r.installing || r.waiting || r.active;
function look() { if (w.state == 'activated') yes(); if (w.state == 'redundant') no(); }
w.onstatechange = look; look();
});
}).then(function () { show(true, 0); }, failed);
};
buttons[1].onclick = function () {
mine().then(function (r) { return r && r.unregister(); })
.then(function () { return caches.delete('copy:' + here); }).then(function () { show(false, 1); }, failed);
};
mine().then(function (r) { show(!!r, r ? 0 : -1); }, function () {});
})();
