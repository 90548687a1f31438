-- Questions under texts: those that wait, those that were answered. Only the answered are seen by the public, so the topic is
-- noted by hand: a question that comes in changes no page.
-- topic: none

-- ask_add: a question comes in
-- in: key id, text_hash bytes, about text, lang text, words sealed, made_on text, keep_until ms    gives: count
INSERT INTO ask_waiting (id, text_hash, about, lang, words, draft, drafts, by_person, n, made_on, keep_until)
VALUES (:key, :text_hash, :about, :lang, :words, NULL, 0, 0, 1, :made_on, :keep_until) ON CONFLICT (text_hash, about) DO NOTHING;

-- ask_again: the same came once more
-- in: text_hash bytes, about text, now ms    gives: count
UPDATE ask_waiting SET n = n + 1 WHERE text_hash = :text_hash AND about = :about AND keep_until > :now;

-- ask_ended: one that ended and was not swept yet makes way
-- in: text_hash bytes, about text, now ms    gives: count
DELETE FROM ask_waiting WHERE text_hash = :text_hash AND about = :about AND keep_until <= :now;

-- ask_waiting_get: one
-- in: key id, now ms    gives: maybe one
-- out: ask_row { id id, text_hash bytes, about text, lang text, words sealed, draft sealed?, drafts int, by_person id, n int, made_on text, keep_until ms }
SELECT id AS id, text_hash AS text_hash, about AS about, lang AS lang, words AS words, draft AS draft, drafts AS drafts,
       by_person AS by_person, n AS n, made_on AS made_on, keep_until AS keep_until
  FROM ask_waiting WHERE id = :key AND keep_until > :now;

-- ask_waiting_list: the oldest that wait for an answer (drafts 0), or for a second person
-- in: is_drafted int, now ms, most int    gives: many
-- out: ask_row { id id, text_hash bytes, about text, lang text, words sealed, draft sealed?, drafts int, by_person id, n int, made_on text, keep_until ms }
SELECT id AS id, text_hash AS text_hash, about AS about, lang AS lang, words AS words, draft AS draft, drafts AS drafts,
       by_person AS by_person, n AS n, made_on AS made_on, keep_until AS keep_until
  FROM ask_waiting WHERE keep_until > :now AND CASE WHEN by_person = 0 THEN 0 ELSE 1 END = :is_drafted
 ORDER BY made_on, id LIMIT :most;

-- ask_same: all of the same words, under whichever text
-- in: text_hash bytes    gives: many
-- out: ask_same_row { id id, keep_until ms, n int }
SELECT id AS id, keep_until AS keep_until, n AS n FROM ask_waiting WHERE text_hash = :text_hash ORDER BY id;

-- ask_waiting_count: how many wait
-- in: now ms    gives: one
-- out: ask_many { texts int, times int, drafted int }
SELECT CAST(COUNT(*) AS BIGINT) AS texts, CAST(COALESCE(SUM(n), 0) AS BIGINT) AS times,
       CAST(COALESCE(SUM(CASE WHEN by_person = 0 THEN 0 ELSE 1 END), 0) AS BIGINT) AS drafted
  FROM ask_waiting WHERE keep_until > :now;

-- ask_draft: an answer is prepared, or taken back (draft absent)
-- in: key id, draft sealed?, by_person id    gives: count
UPDATE ask_waiting SET draft = :draft, drafts = drafts + 1, by_person = :by_person WHERE id = :key;

-- ask_drop: it waits no more
-- in: key id    gives: count
DELETE FROM ask_waiting WHERE id = :key;

-- ask_publish: a question with its answer, for everybody
-- in: key id, code text, about text, lang text, question text, is_short bool, answer text, day text    gives: count
INSERT INTO ask_answer (id, code, about, lang, question, is_short, answer, day)
VALUES (:key, :code, :about, :lang, :question, :is_short, :answer, :day) ON CONFLICT (code) DO NOTHING;

-- ask_answer_get: one
-- in: code text    gives: maybe one
-- out: ask_answer_row { id id, code text, about text, lang text, question text, is_short bool, answer text, day text }
SELECT id AS id, code AS code, about AS about, lang AS lang, question AS question, is_short AS is_short, answer AS answer,
       day AS day FROM ask_answer WHERE code = :code;

-- ask_answers_under: the newest under a text, in a language
-- in: about text, lang text, day text, most int    gives: many
-- out: ask_answer_row { id id, code text, about text, lang text, question text, is_short bool, answer text, day text }
SELECT id AS id, code AS code, about AS about, lang AS lang, question AS question, is_short AS is_short, answer AS answer,
       day AS day FROM ask_answer WHERE about = :about AND lang = :lang AND day <= :day ORDER BY id DESC LIMIT :most;

-- ask_answers_of: those under a text in every language ("": under any), newest first
-- in: about text, day text, before id, most int    gives: many
-- out: ask_answer_row { id id, code text, about text, lang text, question text, is_short bool, answer text, day text }
SELECT id AS id, code AS code, about AS about, lang AS lang, question AS question, is_short AS is_short, answer AS answer,
       day AS day FROM ask_answer WHERE (about = :about OR CAST(:about AS TEXT) = '') AND day <= :day AND id < :before
 ORDER BY id DESC LIMIT :most;

-- ask_answers_in: all of a language, for search
-- in: lang text    gives: many
-- out: ask_answer_row { id id, code text, about text, lang text, question text, is_short bool, answer text, day text }
SELECT id AS id, code AS code, about AS about, lang AS lang, question AS question, is_short AS is_short, answer AS answer,
       day AS day FROM ask_answer WHERE lang = :lang ORDER BY id DESC LIMIT 5000;

-- ask_withdraw_one: shown no more
-- in: code text    gives: count
DELETE FROM ask_answer WHERE code = :code;

-- ask_count_add: one more, in a month
-- in: month text, what text, more int    gives: count
INSERT INTO ask_count (month, what, n) VALUES (:month, :what, :more) ON CONFLICT (month, what) DO UPDATE SET n = ask_count.n + :more;

-- ask_counts: what came of questions, by month
-- in:    gives: many
-- out: ask_counted { month text, what text, n int }
SELECT month AS month, what AS what, n AS n FROM ask_count ORDER BY month DESC, what LIMIT 120;
