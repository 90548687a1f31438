// Valid HTML on every kind of page, in two languages.
import { HtmlValidate } from 'html-validate';
import { check, close } from './count.mjs';
import { startServer } from './server.mjs';

const server = await startServer();
const validator = new HtmlValidate({ extends: ['html-validate:standard'], rules: {
  'long-title': 'off',          // a country may have a long name
  'no-inline-style': 'error',
  'require-sri': 'off',         // everything is of this host
  'tel-non-breaking': 'off',
  'no-trailing-whitespace': 'off',
} });
const pages = ['/', '/countries', '/countries?region=019', '/countries/MEX', '/countries/SDN', '/countries/TUV', '/law/TIP-PROTOCOL',
  '/law/TIP-PROTOCOL/articles/3', '/law/TIP-PROTOCOL/parties', '/tiers', '/tiers/2023', '/sources', '/help', '/missing', '/nothing'];
for (const lang of ['en', 'ar']) {
  for (const path of pages) {
    const text = await (await fetch(`${server.base}/${lang}${path}`)).text();
    const report = await validator.validateString(text);
    const words = report.results.flatMap((r) => r.messages.map((m) => `${m.ruleId}: ${m.message} (${text.split('\n')[m.line - 1]?.slice(Math.max(0, m.column - 40), m.column + 60)})`));
    check(`/${lang}${path} is valid HTML`, report.valid, [...new Set(words)].slice(0, 6).join('\n  '));
  }
}
await server.stop();
close();
