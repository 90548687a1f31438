-- What waits for a second person, imports being looked at, replies not yet released. No public page reads these.
-- topic: none

-- facts_waiting_add: something waits for a second person
-- in: key id, kind text, deed text, claim text, cells text, reason text, why text, made_by id, now ms, keep_until ms    gives: count
INSERT INTO facts_waiting (id, kind, deed, claim, cells, reason, why, back, made_by, made_at, keep_until)
VALUES (:key, :kind, :deed, :claim, :cells, :reason, :why, '', :made_by, :now, :keep_until);

-- facts_waiting_get: one that waits or was given back
-- in: key id    gives: maybe one
-- out: facts_waiting { id id, kind text, deed text, claim text, cells text, reason text, why text, back text, made_by id, made_at ms }
SELECT id AS id, kind AS kind, deed AS deed, claim AS claim, cells AS cells, reason AS reason, why AS why, back AS back,
       made_by AS made_by, made_at AS made_at
  FROM facts_waiting WHERE id = :key;

-- facts_waiting_all: all of them, oldest first
-- in:    gives: many
-- out: facts_waiting { id id, kind text, deed text, claim text, cells text, reason text, why text, back text, made_by id, made_at ms }
SELECT id AS id, kind AS kind, deed AS deed, claim AS claim, cells AS cells, reason AS reason, why AS why, back AS back,
       made_by AS made_by, made_at AS made_at
  FROM facts_waiting ORDER BY id LIMIT 200;

-- facts_waiting_of: what waits about one statement
-- in: claim text    gives: many
-- out: facts_waiting { id id, kind text, deed text, claim text, cells text, reason text, why text, back text, made_by id, made_at ms }
SELECT id AS id, kind AS kind, deed AS deed, claim AS claim, cells AS cells, reason AS reason, why AS why, back AS back,
       made_by AS made_by, made_at AS made_at
  FROM facts_waiting WHERE claim = :claim AND back = '' ORDER BY id;

-- facts_waiting_count: how many wait for this person, and how many were given back to them
-- in: me id    gives: one
-- out: facts_count { waiting int, back int }
SELECT CAST(COALESCE(SUM(CASE WHEN back = '' AND made_by <> :me THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting,
       CAST(COALESCE(SUM(CASE WHEN back <> '' AND made_by = :me THEN 1 ELSE 0 END), 0) AS BIGINT) AS back
  FROM facts_waiting;

-- facts_waiting_full: how many one person has brought
-- in: me id    gives: one
-- out: facts_number { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM facts_waiting WHERE made_by = :me;

-- facts_waiting_give_back: the second person says no
-- in: key id, back text, keep_until ms    gives: count
UPDATE facts_waiting SET back = :back, keep_until = :keep_until WHERE id = :key AND back = '';

-- facts_waiting_drop: decided, or taken back
-- in: key id    gives: count
DELETE FROM facts_waiting WHERE id = :key;

-- facts_withdrawn_add: why a statement was withdrawn
-- in: claim text, at ms, reason text    gives: count
INSERT INTO facts_withdrawn (claim, at, reason) VALUES (:claim, :at, :reason) ON CONFLICT (claim, at) DO NOTHING;

-- facts_withdrawn_of: why it was withdrawn last
-- in: claim text    gives: maybe one
-- out: facts_reason { reason text, at ms }
SELECT reason AS reason, at AS at FROM facts_withdrawn WHERE claim = :claim ORDER BY at DESC LIMIT 1;

-- facts_import_add: a table somebody wants to bring in
-- in: key id, kind text, is_whole bool, words text, made_by id, now ms, keep_until ms    gives: count
INSERT INTO facts_import (id, kind, is_whole, words, asked, made_by, made_at, keep_until)
VALUES (:key, :kind, :is_whole, :words, '', :made_by, :now, :keep_until);

-- facts_import_get: one
-- in: key id    gives: maybe one
-- out: facts_import { id id, kind text, is_whole bool, words text, asked text, made_by id, made_at ms }
SELECT id AS id, kind AS kind, is_whole AS is_whole, words AS words, asked AS asked, made_by AS made_by, made_at AS made_at
  FROM facts_import WHERE id = :key;

-- facts_import_all: all of them without their words
-- in:    gives: many
-- out: facts_import_head { id id, kind text, is_asked bool, made_by id, made_at ms }
SELECT id AS id, kind AS kind, CAST(CASE WHEN asked = '' THEN 0 ELSE 1 END AS BIGINT) AS is_asked, made_by AS made_by,
       made_at AS made_at
  FROM facts_import ORDER BY id LIMIT 50;

-- facts_import_count: how many wait for a second person who is not this one
-- in: me id    gives: one
-- out: facts_number { n int }
SELECT CAST(COALESCE(SUM(CASE WHEN asked <> '' AND made_by <> :me THEN 1 ELSE 0 END), 0) AS BIGINT) AS n FROM facts_import;

-- facts_import_ask: its maker hands it to a second person
-- in: key id, asked text, keep_until ms    gives: count
UPDATE facts_import SET asked = :asked, keep_until = :keep_until WHERE id = :key;

-- facts_import_drop: done, or not wanted
-- in: key id    gives: count
DELETE FROM facts_import WHERE id = :key;

-- facts_import_drop_of: one person has one table in hand
-- in: me id    gives: count
DELETE FROM facts_import WHERE made_by = :me AND asked = '';

-- facts_reply_add: a state's reply, not yet released
-- in: key id, organisation id, iso3 text, claim text, speaker text, day text, made_by id, now ms, keep_until ms    gives: count
INSERT INTO facts_reply (id, organisation, iso3, claim, speaker, day, back, made_by, made_at, keep_until)
VALUES (:key, :organisation, :iso3, :claim, :speaker, :day, '', :made_by, :now, :keep_until);

-- facts_reply_text_add: its words in one language
-- in: reply id, lang text, words text    gives: count
INSERT INTO facts_reply_text (reply, lang, words) VALUES (:reply, :lang, :words);

-- facts_reply_get: one
-- in: key id    gives: maybe one
-- out: facts_reply { id id, organisation id, iso3 text, claim text, speaker text, day text, back text, made_by id, made_at ms }
SELECT id AS id, organisation AS organisation, iso3 AS iso3, claim AS claim, speaker AS speaker, day AS day, back AS back,
       made_by AS made_by, made_at AS made_at
  FROM facts_reply WHERE id = :key;

-- facts_replies_all: all that wait or were given back
-- in:    gives: many
-- out: facts_reply { id id, organisation id, iso3 text, claim text, speaker text, day text, back text, made_by id, made_at ms }
SELECT id AS id, organisation AS organisation, iso3 AS iso3, claim AS claim, speaker AS speaker, day AS day, back AS back,
       made_by AS made_by, made_at AS made_at
  FROM facts_reply ORDER BY id LIMIT 200;

-- facts_reply_texts: the words of one, by language
-- in: reply id    gives: many
-- out: facts_reply_words { lang text, words text }
SELECT lang AS lang, words AS words FROM facts_reply_text WHERE reply = :reply ORDER BY lang;

-- facts_reply_give_back: not released, with a reason
-- in: key id, back text, keep_until ms    gives: count
UPDATE facts_reply SET back = :back, keep_until = :keep_until WHERE id = :key AND back = '';

-- facts_reply_drop: released, or taken back
-- in: key id    gives: count
DELETE FROM facts_reply WHERE id = :key;
