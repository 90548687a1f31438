'use strict';
/* What a mail server may answer, and what becomes of a mail then. */
const fs = require('fs'), path = require('path');
const p = require('./post');

module.exports = async t => {
    const at = await t.data_home('outcomes'), to = await p.sink();
    for (const who of ['ana', 'nobody', 'full', 'policy', 'grey', 'cut', 'slow']) await p.fill(at, who, 1);
    t.check('without a mail server mails wait', (await p.counts(at)).waiting === 7);
    const running = await p.server(at, to);
    await p.until(15, async () => (await p.counts(at)).waiting === 2);
    let c = await p.counts(at);
    const by = reason => c.mails.filter(m => m.reason === reason).map(m => m.is_bounced);
    t.check('what is taken counts as sent, what is put off waits', c.sent === 2 && c.waiting === 2, JSON.stringify(c));
    t.check('no such address: bounced', JSON.stringify(by('address')) === '[true]', JSON.stringify(c));
    t.check('a full box: bounced', JSON.stringify(by('full')) === '[true]', JSON.stringify(c));
    t.check('words that are refused: failed, and may be tried again', JSON.stringify(by('refused')) === '[false]', JSON.stringify(c));

    const now = async () => p.sql(at, 'UPDATE send_mail SET due_at = 0 WHERE state = 1 AND node = 0');
    await now();
    await p.until(8, async () => (await p.counts(at)).waiting === 1);
    await now();
    t.check('what was put off twice arrives', await p.until(8, async () => (await p.counts(at)).sent === 4), JSON.stringify(await p.counts(at)));
    const cut = to.mails().filter(m => m.to === 'cut1@example.org');
    t.check('a yes that was lost on the way is a second delivery of the same mail', cut.length === 2 && cut[0].id === cut[1].id, JSON.stringify(cut));
    const copies = fs.readdirSync(to.dir).filter(f => f.endsWith('.eml')).map(f => fs.readFileSync(path.join(to.dir, f), 'latin1'))
        .filter(text => text.includes('<cut1@example.org>'));
    t.check('both copies are the same to the last byte', copies.length === 2 && copies[0] === copies[1]);
    t.check('the server is told our domain, never the name of this machine', to.mails().every(m => m.called === 'blueheart.example.org'));
    t.check('our address is the sender', to.mails().every(m => m.from === p.from));

    const failed = (await p.counts(at)).mails.find(m => m.reason === 'refused');
    t.check('no list names an address', !JSON.stringify(await p.counts(at)).includes('@'));
    await at.say('mail', 'retry', '--quiet');
    t.check('a failed mail is tried again', await p.until(8, async () => {
        const m = (await p.counts(at)).mails.find(m => m.name === failed.name);
        return m && m.ended_at > failed.ended_at;
    }));
    const ended = await t.stop(running);
    t.check('the sender ends well when it is told to', ended.code === 0, running.read_log());
    const left = (await p.sql(at, 'SELECT COUNT(*) FROM send_mail WHERE words IS NOT NULL AND state <> 3')).out.trim();
    t.check('no words stay of what was sent or cannot be', left === '0', left);
    t.check('nobody is named in the log', !/@|ana|Message/.test(running.read_log()), running.read_log());

    const slow = await p.sink(), quick = await p.server(at, slow);
    await p.fill(at, 'slowly', 3, 3);
    await p.until(8, async () => slow.mails().length > 0);
    const began = Date.now(), end = await t.stop(quick);
    t.check('told to end while a server thinks, it waits for the answer and no longer', end.code === 0 && Date.now() - began < 9000, Date.now() - began);
    t.check('and what it had not begun waits', (await p.counts(at)).waiting >= 1 && slow.mails().length === (await p.counts(at)).sent - 4,
        JSON.stringify(await p.counts(at)));
};
