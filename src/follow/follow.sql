-- Who asked for mail, and what was noticed as new. No public page shows any of it.
-- topic: none

-- follow_add: somebody asks for mail; the address is not confirmed yet
-- in: key id, mail_hash bytes, mail sealed, topics text, lang text, now ms, keep_until ms    gives: count
INSERT INTO follow_follower (id, state, mail_hash, mail, topics, lang, made_at, seen_at, mailed_at, keep_until)
VALUES (:key, 'asked', :mail_hash, :mail, :topics, :lang, :now, :now, :now, :keep_until);

-- follow_get: one
-- in: key id    gives: maybe one
-- out: follow_row { id id, state text, mail_hash bytes, mail sealed, topics text, lang text, made_at ms, seen_at ms, mailed_at ms, keep_until ms }
SELECT id AS id, state AS state, mail_hash AS mail_hash, mail AS mail, topics AS topics, lang AS lang, made_at AS made_at,
       seen_at AS seen_at, mailed_at AS mailed_at, keep_until AS keep_until
  FROM follow_follower WHERE id = :key;

-- follow_drop_others: one address follows once
-- in: mail_hash bytes, key id    gives: count
DELETE FROM follow_follower WHERE mail_hash = :mail_hash AND id <> :key;

-- follow_on: the address is confirmed, or asks for more time
-- in: key id, mail sealed, now ms, keep_until ms    gives: count
UPDATE follow_follower SET state = 'on', mail = :mail, seen_at = :now, keep_until = :keep_until WHERE id = :key;

-- follow_drop: no more mail
-- in: key id    gives: count
DELETE FROM follow_follower WHERE id = :key;

-- follow_due: whoever may get a mail today and has not been told of everything; a mail of tomorrow was one of a wrong clock
-- in: newest ms, before ms, now ms, most int    gives: many
-- out: follow_row { id id, state text, mail_hash bytes, mail sealed, topics text, lang text, made_at ms, seen_at ms, mailed_at ms, keep_until ms }
SELECT id AS id, state AS state, mail_hash AS mail_hash, mail AS mail, topics AS topics, lang AS lang, made_at AS made_at,
       seen_at AS seen_at, mailed_at AS mailed_at, keep_until AS keep_until
  FROM follow_follower
 WHERE state = 'on' AND seen_at < :newest AND (mailed_at <= :before OR mailed_at > :now) AND keep_until > :now
 ORDER BY id LIMIT :most;

-- follow_seen: told of everything up to now
-- in: key id, now ms, mailed_at ms    gives: count
UPDATE follow_follower SET seen_at = :now, mailed_at = :mailed_at WHERE id = :key;

-- follow_countries: which countries somebody follows
-- in:    gives: many
-- out: follow_topic { topics text }
SELECT DISTINCT topics AS topics FROM follow_follower WHERE state = 'on';

-- follow_notice: something is there that was not there before
-- in: what text, now ms    gives: count
INSERT INTO follow_noticed (what, noticed_at) VALUES (:what, :now) ON CONFLICT (what) DO NOTHING;

-- follow_notice_again: it changed
-- in: what text, now ms    gives: count
INSERT INTO follow_noticed (what, noticed_at) VALUES (:what, :now)
    ON CONFLICT (what) DO UPDATE SET noticed_at = CASE WHEN follow_noticed.noticed_at < :now THEN :now ELSE follow_noticed.noticed_at END;

-- follow_noticed_since: what was noticed after a moment, newest first
-- in: since ms, most int    gives: many
-- out: follow_item { what text, noticed_at ms }
SELECT what AS what, noticed_at AS noticed_at FROM follow_noticed WHERE noticed_at > :since ORDER BY noticed_at DESC, what LIMIT :most;

-- follow_newest: when something was noticed last; 0 if nothing ever was
-- in:    gives: one
-- out: follow_moment { moment ms }
SELECT CAST(COALESCE(MAX(noticed_at), 0) AS BIGINT) AS moment FROM follow_noticed;
