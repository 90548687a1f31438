// Editors without a browser: accounts with both factors, and one text they write. For what is tested and measured over plain
// sockets.
import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { openAccount, token } from './account.mjs';

export function client(port, data, binary = 'build/blueheart') {
  const ask = (path, { cookie, form, headers = {} } = {}) => new Promise((yes, no) => {
    const body = form && new URLSearchParams(form).toString();
    const rq = request({ port, host: '127.0.0.1', path, agent: false, method: form ? 'POST' : 'GET', headers: { ...headers, ...(cookie ? { Cookie: cookie } : {}),
      ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) } : {}) } }, (r) => {
      let text = '';
      r.setEncoding('utf8');
      r.on('data', (d) => { text += d; });
      r.on('end', () => yes({ status: r.statusCode, text, to: r.headers.location ?? '', cookie: r.headers['set-cookie']?.[0].split(';')[0] }));
      r.on('error', no);
    });
    rq.on('error', no);
    rq.end(body);
  });
  const account = async (name) => {
    const link = execFileSync(binary, ['user', 'add', name, `${name}@example.org`, 'editor', ...data]).toString().trim().split('\n').pop();
    return (await openAccount(ask, link, name)).cookie;
  };
  const at = '/en/desk/texts/hard-text/en';
  const begin = async (cookie) => {
    const r = await ask('/en/desk/new-text', { cookie });
    return ask('/en/desk/new-text', { cookie, form: { token: token(r.text), kind: 'news', title: 'Hard', slug: 'hard-text', language: 'en' } });
  };
  const look = async (cookie) => {
    const { text } = await ask(at, { cookie });
    return { token: token(text), head: Number(/name="based_on" value="(\d+)"/.exec(text)?.[1]), body: /<textarea name="body"[^>]*>\n?([^<]*)</.exec(text)?.[1] };
  };
  const save = (cookie, seen, body, act = 'save') => ask(at, { cookie, form: { token: seen.token, act, based_on: seen.head, title: 'Hard', summary: 's', body, published: '2026-01-05' } });
  return { ask, account, begin, look, save, at };
}

