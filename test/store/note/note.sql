-- A room that exists only in tests.

-- note_writer_add: somebody who writes
-- in: key id, name personal, keep_until ms   gives: count
INSERT INTO note_writer (id, name, keep_until) VALUES (:key, :name, :keep_until);

-- note_line_add: a line with sealed words
-- in: key id, writer id, above int, title text, words sealed, keep_until ms   gives: count
INSERT INTO note_line (id, writer, above, title, words, keep_until)
VALUES (:key, :writer, CASE WHEN CAST(:above AS BIGINT) = 0 THEN NULL ELSE CAST(:above AS BIGINT) END, :title, :words, :keep_until);

-- note_line_reply: an answer to a line
-- in: key id, reply sealed   gives: count
UPDATE note_line SET reply = :reply WHERE id = :key;

-- note_lines_all: every line
-- in:   gives: many
-- out: note_line { id id, writer id, title text, words sealed, reply sealed?, keep_until ms }
SELECT id AS id, writer AS writer, title AS title, words AS words, reply AS reply, keep_until AS keep_until FROM note_line ORDER BY id;

-- note_sum_set: a number with text and bytes
-- in: number int, title text?, raw bytes?   gives: count
INSERT INTO note_sum (number, title, raw) VALUES (:number, :title, :raw) ON CONFLICT (number) DO UPDATE SET title = excluded.title, raw = excluded.raw;

-- note_sum_add_blind: a number that may be there already
-- in: number int, title text?   gives: count
INSERT INTO note_sum (number, title) VALUES (:number, :title) ON CONFLICT (number) DO NOTHING;

-- note_sum_total: sum and count
-- in:   gives: one
-- out: note_total { sum int, n int }
SELECT CAST(COALESCE(SUM(number), 0) AS BIGINT) AS sum, CAST(COUNT(*) AS BIGINT) AS n FROM note_sum;

-- note_sums_all: all of them
-- in:   gives: many
-- out: note_sum { number int, title text?, raw bytes? }
SELECT number AS number, title AS title, raw AS raw FROM note_sum ORDER BY number;

-- note_line_keep: a line is kept longer
-- in: key id, keep_until ms   gives: count
UPDATE note_line SET keep_until = :keep_until WHERE id = :key;
