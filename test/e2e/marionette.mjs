// Drives Firefox by its own remote protocol (Marionette: "length:json" over TCP), because the browser of the
// distribution has no other driver here. Only what the measurement of history needs.
import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server.mjs';

export const firefox = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((p) => p && existsSync(p));

export async function startFirefox({ scripts }) {
  const profile = mkdtempSync(join(tmpdir(), 'blueheart-firefox-'));
  const port = await freePort();
  const prefs = { 'marionette.port': port, 'javascript.enabled': scripts, 'browser.shell.checkDefaultBrowser': false, 'datareporting.policy.dataSubmissionEnabled': false,
    'app.update.enabled': false, 'network.captive-portal-service.enabled': false, 'browser.aboutwelcome.enabled': false, 'network.connectivity-service.enabled': false };
  writeFileSync(join(profile, 'user.js'), Object.entries(prefs).map(([k, v]) => `user_pref(${JSON.stringify(k)}, ${JSON.stringify(v)});\n`).join(''));
  const child = spawn(firefox, ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access', '--profile', profile, 'about:blank'],
    { stdio: 'ignore', env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' } });

  let socket;
  for (let i = 0; !socket; i++) {
    socket = await new Promise((done) => {
      const s = createConnection(port, '127.0.0.1', () => done(s));
      s.on('error', () => done(null));
    });
    if (!socket && (i > 240 || child.exitCode !== null)) { child.kill(); throw new Error('Firefox did not start'); }
    if (!socket) await new Promise((r) => setTimeout(r, 250));
  }
  let bytes = Buffer.alloc(0), number = 0;
  const waiting = new Map();
  socket.on('data', (d) => {
    bytes = Buffer.concat([bytes, d]);
    for (;;) {
      const colon = bytes.indexOf(58);
      if (colon < 0) return;
      const n = Number(bytes.subarray(0, colon).toString());
      if (bytes.length < colon + 1 + n) return;
      const message = JSON.parse(bytes.subarray(colon + 1, colon + 1 + n).toString());
      bytes = bytes.subarray(colon + 1 + n);
      if (!Array.isArray(message)) continue; // the greeting
      const [, id, error, result] = message;
      const { yes, no } = waiting.get(id);
      waiting.delete(id);
      if (error) no(new Error(`${error.error}: ${error.message}`)); else yes(result);
    }
  });
  const send = (name, parameters = {}) => new Promise((yes, no) => {
    const text = JSON.stringify([0, ++number, name, parameters]);
    waiting.set(number, { yes, no });
    socket.write(`${Buffer.byteLength(text)}:${text}`);
  });
  await send('WebDriver:NewSession', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });

  // As the browser itself sees it, so that pages without scripts can be measured too.
  const chrome = async (script) => {
    await send('Marionette:SetContext', { value: 'chrome' });
    const { value } = await send('WebDriver:ExecuteScript', { script, args: [], newSandbox: true });
    await send('Marionette:SetContext', { value: 'content' });
    return value;
  };
  const find = async (css, i = 0) => {
    const all = await send('WebDriver:FindElements', { using: 'css selector', value: css });
    return Object.values(all[i])[0];
  };
  return {
    open: (url) => send('WebDriver:Navigate', { url }),
    click: async (css, i) => send('WebDriver:ElementClick', { id: await find(css, i) }),
    key: (k) => send('WebDriver:PerformActions', { actions: [{ type: 'key', id: 'k', actions: [{ type: 'keyDown', value: k }, { type: 'keyUp', value: k }] }] }),
    history: () => chrome(`const h = gBrowser.selectedBrowser.browsingContext.sessionHistory;
      return Array.from({ length: h.count }, (_, i) => { const e = h.getEntryAtIndex(i); return [e.URI.spec, e.title]; });`),
    visits: () => chrome(`const { PlacesUtils } = ChromeUtils.importESModule('resource://gre/modules/PlacesUtils.sys.mjs');
      const q = PlacesUtils.history.getNewQuery(), o = PlacesUtils.history.getNewQueryOptions(), r = PlacesUtils.history.executeQuery(q, o).root;
      r.containerOpen = true; const all = []; for (let i = 0; i < r.childCount; i++) all.push([r.getChild(i).uri, r.getChild(i).title]); r.containerOpen = false; return all;`),
    close: async () => {
      await send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {});
      socket.destroy();
      if (child.exitCode === null) await new Promise((done) => { child.on('exit', done); setTimeout(() => { child.kill('SIGKILL'); }, 5000).unref(); });
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
