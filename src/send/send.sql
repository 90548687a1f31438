-- The queue of mails. States: 1 waiting, 2 sent, 3 failed, 4 bounced, 5 forgotten (enum send_state). A mail that a node is
-- sending has its node, and is due again when the node's lease ends. No cached page shows any of this.
-- topic: none

-- send_mail_add: queues a mail unless its key was used
-- in: key id, once text, token text, room text, kind text, rank int, now ms, useful_until ms, keep_until ms, words sealed    gives: count
INSERT INTO send_mail (id, once, token, room, kind, state, rank, reason, queued_at, useful_until, tried_from, tries, due_at,
                       node, ended_at, keep_until, words)
VALUES (:key, :once, :token, :room, :kind, 1, :rank, 0, :now, :useful_until, 0, 0, :now, 0, 0, :keep_until, :words)
    ON CONFLICT (once) DO NOTHING;

-- send_state_get: what became of a mail
-- in: once text    gives: maybe one
-- out: send_state_row { state int }
SELECT state AS state FROM send_mail WHERE once = :once;

-- send_mail_call_back: a mail that has not gone shall not go
-- in: once text, now ms    gives: count
UPDATE send_mail SET state = 5, words = NULL, node = 0, ended_at = :now WHERE once = :once AND (state = 1 OR state = 3);

-- send_mails_due: what to send next, those first that somebody waits for; what is due too far ahead was put off by a wrong clock
-- in: now ms, far ms    gives: many
-- out: send_due { id id }
SELECT id AS id FROM send_mail WHERE state = 1 AND (due_at <= :now OR due_at > :far) ORDER BY rank, due_at LIMIT 20;

-- send_lease: a node takes a mail for itself, if nobody else has it
-- in: key id, node int, now ms, far ms, until ms    gives: count
UPDATE send_mail SET node = :node, due_at = :until WHERE id = :key AND state = 1 AND (due_at <= :now OR due_at > :far);

-- send_lease_longer: a node keeps a mail that takes its time
-- in: key id, node int, until ms    gives: count
UPDATE send_mail SET due_at = :until WHERE id = :key AND node = :node AND state = 1;

-- send_lease_end: a node gives a mail back untried
-- in: key id, node int, now ms    gives: count
UPDATE send_mail SET node = 0, due_at = :now WHERE id = :key AND node = :node AND state = 1;

-- send_leases_end: what a process of this node had when it died; of any node where there is only one
-- in: node int, is_alone bool, now ms    gives: count
UPDATE send_mail SET node = 0, due_at = :now WHERE state = 1 AND node <> 0 AND (node = :node OR :is_alone = 1);

-- send_leased_get: a mail that this node has
-- in: key id, node int    gives: maybe one
-- out: send_leased { id id, token text, queued_at ms, useful_until ms, tried_from ms, tries int, words sealed }
SELECT id AS id, token AS token, queued_at AS queued_at, useful_until AS useful_until, tried_from AS tried_from,
       CAST(tries AS BIGINT) AS tries, words AS words
  FROM send_mail WHERE id = :key AND node = :node AND state = 1;

-- send_mail_sent: the server took it
-- in: key id, node int, now ms    gives: count
UPDATE send_mail SET state = 2, words = NULL, reason = 0, node = 0, tries = tries + 1, ended_at = :now
 WHERE id = :key AND node = :node AND state = 1;

-- send_mail_later: not now
-- in: key id, node int, tried_from ms, due_at ms, reason int    gives: count
UPDATE send_mail SET node = 0, tries = tries + 1, tried_from = :tried_from, due_at = :due_at, reason = :reason
 WHERE id = :key AND node = :node AND state = 1;

-- send_mail_failed: given up; its words stay, so that it can be tried again
-- in: key id, node int, reason int, now ms    gives: count
UPDATE send_mail SET state = 3, node = 0, tries = tries + 1, reason = :reason, ended_at = :now
 WHERE id = :key AND node = :node AND state = 1;

-- send_mail_over: given up for good
-- in: key id, node int, state int, reason int, now ms    gives: count
UPDATE send_mail SET state = :state, words = NULL, node = 0, tries = tries + 1, reason = :reason, ended_at = :now
 WHERE id = :key AND node = :node AND state = 1;

-- send_mails_give_up: what waited through all the days in which the server took nothing
-- in: before ms, reason int, now ms    gives: count
UPDATE send_mail SET state = 3, reason = :reason, ended_at = :now
 WHERE id IN (SELECT id FROM send_mail WHERE state = 1 AND node = 0 AND queued_at <= :before ORDER BY rank, due_at LIMIT 200);

-- send_mail_returned: a report came that it did not arrive
-- in: token text, reason int, now ms    gives: count
UPDATE send_mail SET state = 4, words = NULL, node = 0, reason = :reason, ended_at = :now
 WHERE token = :token AND (state = 1 OR state = 2);

-- send_token_get: whether a mail is called so
-- in: token text    gives: maybe one
-- out: send_token_row { state int }
SELECT state AS state FROM send_mail WHERE token = :token;

-- send_counts_all: how many mails are in each state
-- in:    gives: many
-- out: send_counted { state int, mails int }
SELECT state AS state, CAST(COUNT(*) AS BIGINT) AS mails FROM send_mail GROUP BY state ORDER BY state;

-- send_oldest: since when the first of the waiting waits
-- in:    gives: one
-- out: send_oldest_row { queued_at ms }
SELECT CAST(COALESCE(MIN(queued_at), 0) AS BIGINT) AS queued_at FROM send_mail WHERE state = 1;

-- send_list: mails in a state, the newest first
-- in: state int    gives: many
-- out: send_listed { token text, room text, kind text, queued_at ms, ended_at ms, tries int, reason int }
SELECT token AS token, room AS room, kind AS kind, queued_at AS queued_at, ended_at AS ended_at,
       CAST(tries AS BIGINT) AS tries, CAST(reason AS BIGINT) AS reason
  FROM send_mail WHERE state = :state ORDER BY ended_at DESC, token LIMIT 200;

-- send_retry_one: a failed mail is tried anew
-- in: token text, now ms    gives: count
UPDATE send_mail SET state = 1, tries = 0, tried_from = 0, queued_at = :now, due_at = :now, reason = 0, ended_at = 0
 WHERE token = :token AND state = 3 AND useful_until > :now;

-- send_retry_some: failed mails are tried anew
-- in: now ms    gives: count
UPDATE send_mail SET state = 1, tries = 0, tried_from = 0, queued_at = :now, due_at = :now, reason = 0, ended_at = 0
 WHERE id IN (SELECT id FROM send_mail WHERE state = 3 AND useful_until > :now ORDER BY rank, due_at LIMIT 200);

-- send_forget_one: a mail that did not go is forgotten
-- in: token text, now ms    gives: count
UPDATE send_mail SET state = 5, words = NULL, ended_at = :now WHERE token = :token AND (state = 3 OR state = 4);

-- send_server_get: since when the mail server takes nothing, and why
-- in:    gives: maybe one
-- out: send_server_row { trouble_since ms, reason int }
SELECT trouble_since AS trouble_since, CAST(reason AS BIGINT) AS reason FROM send_server WHERE one = 1;

-- send_server_trouble: it takes nothing; since when stays as it was
-- in: now ms, reason int    gives: count
INSERT INTO send_server (one, trouble_since, reason) VALUES (1, :now, :reason)
    ON CONFLICT (one) DO UPDATE SET reason = excluded.reason,
       trouble_since = CASE WHEN send_server.trouble_since = 0 THEN excluded.trouble_since ELSE send_server.trouble_since END;

-- send_server_works: it takes mail
-- in:    gives: count
UPDATE send_server SET trouble_since = 0, reason = 0 WHERE one = 1;

-- send_unwanted_get: whoever reads an address wants nothing that others ask for
-- in: mail_hash bytes, now ms    gives: maybe one
-- out: send_unwanted_row { keep_until ms }
SELECT keep_until AS keep_until FROM send_unwanted WHERE mail_hash = :mail_hash AND keep_until > :now;

-- send_unwanted_put: from now on, for a while
-- in: mail_hash bytes, keep_until ms    gives: count
INSERT INTO send_unwanted (mail_hash, keep_until) VALUES (:mail_hash, :keep_until)
    ON CONFLICT (mail_hash) DO UPDATE SET keep_until = :keep_until;

-- send_asked_count: how often forms of the public made a mail go to an address lately
-- in: mail_hash bytes, now ms    gives: one
-- out: send_asked_row { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM send_asked WHERE mail_hash = :mail_hash AND keep_until > :now;

-- send_asked_add: once more
-- in: key id, mail_hash bytes, keep_until ms    gives: count
INSERT INTO send_asked (id, mail_hash, keep_until) VALUES (:key, :mail_hash, :keep_until);
