'use strict';
/* Reports that a mail did not arrive, as a mail server pipes them. */
const p = require('./post');

const report = (o = {}) => [
    'From: MAILER-DAEMON@elsewhere.example', `To: <${o.to || p.from}>`, 'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status;', '\tboundary="AbC/1 2"', '', 'words', '--AbC/1 2',
    'Content-Type: text/plain', '', 'I am sorry.', '--AbC/1 2', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; elsewhere.example', '',
    'Final-Recipient: rfc822; somebody@example.org', `Action: ${o.action || 'failed'}`, `Status: ${o.status || '5.1.1'}`,
    'Diagnostic-Code: smtp; 550 5.1.1 no', '', '--AbC/1 2', `Content-Type: ${o.type || 'text/rfc822-headers'}`, '', `From: <${p.from}>`,
    `Message-ID: <${o.id}@blueheart.example.org>`, '', '--AbC/1 2--', ''
].join('\r\n');

module.exports = async t => {
    const at = await t.data_home('bounces'), to = await p.sink(), running = await p.server(at, to, ['--smtp-verp']);
    await p.fill(at, 'back', 4);
    await p.until(8, async () => to.mails().length === 4);
    await p.until(4, async () => (await p.counts(at)).sent === 4);
    const ids = to.mails().map(m => m.id);
    t.check('with --smtp-verp the sender carries the name of the mail', to.mails().every(m => m.from === `hello+${m.id}@blueheart.example.org`));
    const take = async text => t.run(t.binary, ['mail', 'bounce', '-', ...at.common], {input: text});
    const bounced = async () => (await p.counts(at)).bounced;

    let said = await take(report({id: ids[0]}));
    t.check('a report about a mail of ours marks it', said.code === 0 && /is marked/.test(said.err) && await bounced() === 1, said.err);
    said = await take(report({id: ids[0]}));
    t.check('the same again changes nothing', said.code === 0 && await bounced() === 1, said.err);
    said = await take(report({id: ids[1], action: 'delayed', status: '4.4.1'}));
    t.check('a delay is no end', said.code === 0 && /not final/.test(said.err) && await bounced() === 1, said.err);
    said = await take(report({id: '0123456789abcdefghjkmnpq'}));
    t.check('a mail we never sent is not ours', said.code === 0 && /no message sent from here/.test(said.err), said.err);
    said = await take(report({id: 'x', to: `hello+${ids[1].toUpperCase()}@blueheart.example.org`}));
    t.check('where nothing is quoted the address it came to tells', said.code === 0 && await bounced() === 2, said.err);
    said = await take(report({id: ids[2], to: `hello+${ids[3]}@blueheart.example.org`}));
    t.check('one that names two mails is refused', said.code === 1 && /two different/.test(said.err) && await bounced() === 2, said.err);
    said = await take(report({id: ids[2], status: '5.2.2', type: 'message/rfc822'}));
    t.check('a full box is told apart', (await p.counts(at)).mails.some(m => m.reason === 'full'), said.err);
    said = await take('Subject: Re: A message for you\r\n\r\nI am on holiday.\r\n');
    t.check('an answer is no report', said.code === 0 && /no report/.test(said.err), said.err);
    for (const [what, text] of [
             ['a megabyte and more', 'a: b\r\n'.repeat(200000)], ['one endless line', `a: ${'b'.repeat(10000)}\r\n`],
             ['a NUL', 'Subject: a\0b\r\n\r\n'], ['endless folding', `a: b\r\n${' c\r\n'.repeat(15000)}`],
             ['too many parts', report({id: ids[3]}).replace('--AbC/1 2\r\nContent-Type: text/plain', '--AbC/1 2\r\n\r\n'.repeat(20))]
         ]) {
        said = await take(text);
        t.check(`${what}: refused in words`, said.code === 1 && /refused, nothing was changed/.test(said.err), said.err);
    }
    said = await t.run(t.binary, ['mail', 'bounce', '/nonexistent', ...at.common]);
    t.check('a file that is not there is said so', said.code === 1 && /cannot be read/.test(said.err), said.err);
    await t.stop(running);
};
