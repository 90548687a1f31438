'use strict';
/* kill -9 of the sender, and of everything, at any moment: nothing is lost, nothing is another mail. */
const p = require('./post');

module.exports = async t => {
    const n = Number(process.env.MAILS || 4000), most = Number(process.env.KILLS || 60), at = await t.data_home('kills'), to = await p.sink('hasty');
    let running = await p.server(at, to), kills = 0, whole = 0;
    const filling = p.fill(at, 'kill', n, 40);
    let seen = 0;
    for (let i = 0; to.mails().length < n * 0.9 && kills + whole < most; i++) {
        await t.wait(20 + Math.random() * 180);
        const sender = p.sender_of(running);
        if (i % 10 === 9) {
            for (const pid of [running.child.pid, ...t.children_of(running.child.pid)])
                try {
                    process.kill(pid, 'SIGKILL');
                } catch { /* gone */
                }
            await running.child.ended;
            running = await p.server(at, to, [], '127.0.0.1');
            whole++;
        } else if (sender && sender !== seen) {
            try {
                process.kill(sender, 'SIGKILL');
                kills++;
            } catch { /* gone */
            }
            seen = sender;
        }
    }
    t.check('all were queued, each once', await filling === n);
    const is_done = await p.until(30, async () => (await p.counts(at)).waiting === 0);
    const c = await p.counts(at), mails = to.mails(), ids = new Set(mails.map(m => m.id)), who = new Map();
    for (const m of mails) who.set(m.to, (who.get(m.to) || new Set()).add(m.id));
    t.check(`after ${kills} kills of the sender and ${whole} of everything no mail waits or failed`, is_done && c.sent === n && c.failed + c.bounced === 0,
        JSON.stringify({...c, mails: undefined}) + running.read_log().slice(-400));
    t.check(`all ${n} arrived: none is lost`, who.size === n, who.size);
    t.check('none arrived as two mails: each address has one Message-ID', ids.size === n && [...who.values()].every(s => s.size === 1), ids.size);
    t.check(`second copies of a mail, which a receiver drops by its Message-ID: ${mails.length - n}, at most one a kill`, mails.length - n <= kills + whole);
    console.log(`# ${n} mails, ${kills} + ${whole} kills, ${mails.length - n} copies beyond`);
    await t.stop(running);
};
