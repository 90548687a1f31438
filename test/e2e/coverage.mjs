// docs/coverage.md: every address is there and says what the table promises.
import { readFileSync } from 'node:fs';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';

const lines = readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8').split('\n').filter((l) => l.startsWith('| ')).slice(1);
const server = await startServer();
const text = (html) => html.replace(/<[^>]+>/g, ' ').replace(/&#39;|&#x27;/g, "'").replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/\s+/g, ' ');
let placed = 0, later = 0;
for (const line of lines) {
  const [, said, address, words] = line.split('|').map((s) => s.trim());
  if (address === 'later') { later++; continue; }
  const answer = await fetch(server.base + address);
  const shown = text(await answer.text());
  check(`${address} is there for "${said.slice(0, 60)}"`, answer.status === 200, `${answer.status}`);
  check(`${address} says "${words}"`, shown.includes(words));
  placed++;
}
check(`the sentences have a place (${placed}, later ${later})`, placed > 60);
check('the server ends well', (await server.stop()) === 0, server.log());
close();
