// A mail server of our own, and what came: for journeys that go through somebody's letter box.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server.mjs';

// The words of a mail: parts in base64 or quoted-printable made plain.
const quoted = (text) => Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, h) => String.fromCharCode(parseInt(h, 16))), 'latin1').toString('utf8');
const plain = (mail) => mail.split(/^--[^\r\n]+\r?$/m).map((part) => {
  const [head, ...rest] = part.replace(/^\r?\n/, '').split(/\r?\n\r?\n/), body = rest.join('\n\n');
  return `${head}\n\n${/base64/i.test(head) ? Buffer.from(body, 'base64').toString('utf8') : quoted(body)}`;
}).join('\n');
const wait = (ms) => new Promise((r) => setTimeout(r, ms));

export const link_in = (mail, path) => (new RegExp(`https?://[^\\s"<>]*(/[a-z]{2}${path}[A-Za-z0-9_-]+)`).exec(mail) ?? [])[1];

export async function startPost() {
  const folder = mkdtempSync(join(tmpdir(), 'blueheart-post-')), port = await freePort();
  const sink = spawn('node', ['test/mail/sink.js', `${port}`, join(folder, 'log'), 'keep', folder], { stdio: 'ignore' });
  const mails = () => readdirSync(folder).filter((f) => f.endsWith('.eml')).sort((a, b) => parseInt(a) - parseInt(b)).map((f) => plain(readFileSync(join(folder, f), 'latin1')));
  const seen = new Map(); // how many of an address's were handed out
  return {
    options: ['--smtp', `smtp://127.0.0.1:${port}`, '--smtp-from', 'hello@blueheart.example.org'],
    mails,
    async next(to) {
      for (let i = 0; i < 200; i++, await wait(100)) {
        const theirs = mails().filter((m) => m.includes(`To: <${to}>`) || m.includes(`To: ${to}`)), n = seen.get(to) ?? 0;
        if (theirs.length > n) { seen.set(to, n + 1); return theirs[n]; }
      }
      throw new Error(`no mail to ${to}`);
    },
    end() { sink.kill(); rmSync(folder, { recursive: true, force: true }); },
  };
}
