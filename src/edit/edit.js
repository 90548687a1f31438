/* The editor's live half: shows how the text will look while one types, and keeps what is not saved. Without this script
 * the buttons do the same. */
"use strict";
(() => {
  const form = document.querySelector("form[data-preview]"), shown = document.getElementById("preview");
  if (!form || !window.fetch) return;
  const kept = document.getElementById("kept"), names = ["token", "title", "summary", "body", "theme", "states", "published", "based_on"];
  const typed = () => new URLSearchParams(names.filter((n) => form.elements[n]).map((n) => [n, form.elements[n].value]));
  const words = () => { const t = typed(); t.delete("token"); return t.toString(); };
  const send = (to) => fetch(to, { method: "POST", body: typed(), credentials: "same-origin", redirect: "error" });
  const saved = words();
  let last = saved, previewed = saved, timer = 0, asking = false, leaving = false;

  const preview = async () => {
    if (asking || words() === previewed) return;
    asking = true;
    previewed = words();
    try {
      const answer = await send(form.dataset.preview);
      if (answer.ok) shown.innerHTML = await answer.text();
    } catch { /* the line is away: what is shown stays */ }
    asking = false;
    if (words() !== previewed) wait();
  };
  const wait = () => { clearTimeout(timer); timer = setTimeout(preview, 500); };
  form.addEventListener("input", wait);

  const keep = async () => {
    const now = words();
    if (leaving || now === last || !form.dataset.keep) return;
    try {
      const answer = await send(form.dataset.keep);
      if (!answer.ok) return;
      last = now;
      kept.textContent = form.dataset.saved;
    } catch { /* tried again in a while */ }
  };
  setInterval(keep, Number(form.dataset.every) || 20000);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });

  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (e) => { if (!leaving && words() !== saved && words() !== last) e.preventDefault(); });
})();
