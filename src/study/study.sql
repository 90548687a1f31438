-- Studies of the desk, their runs, and the editions that were published. Only the last are for the public: what changes them notes
-- the topic by hand.
-- topic: none

-- study_add: a study begins
-- in: key id, title text, iso3 text, place text, first_day text, last_day text, counted text, lists sealed, wish text, made_by id, now ms, keep_until ms    gives: count
INSERT INTO study_study (id, title, iso3, place, first_day, last_day, counted, lists, wish, made_by, made_at, changed_at, keep_until)
VALUES (:key, :title, :iso3, :place, :first_day, :last_day, :counted, :lists, :wish, :made_by, :now, :now, :keep_until);

-- study_get: one study
-- in: key id    gives: maybe one
-- out: study_row { id id, title text, iso3 text, place text, first_day text, last_day text, counted text, lists sealed, wish text, made_by id, made_at ms, changed_at ms, keep_until ms }
SELECT id AS id, title AS title, iso3 AS iso3, place AS place, first_day AS first_day, last_day AS last_day,
       counted AS counted, lists AS lists, wish AS wish, made_by AS made_by, made_at AS made_at,
       changed_at AS changed_at, keep_until AS keep_until
  FROM study_study WHERE id = :key;

-- study_all: all of them, newest first, with their newest run
-- in: most int    gives: many
-- out: study_listed { id id, title text, iso3 text, place text, first_day text, last_day text, made_by id, changed_at ms, keep_until ms, state text?, permille int? }
SELECT s.id AS id, s.title AS title, s.iso3 AS iso3, s.place AS place, s.first_day AS first_day, s.last_day AS last_day,
       s.made_by AS made_by, s.changed_at AS changed_at, s.keep_until AS keep_until, r.state AS state, r.permille AS permille
  FROM study_study s LEFT JOIN study_run r
    ON r.study = s.id AND r.id = (SELECT MAX(x.id) FROM study_run x WHERE x.study = s.id)
 ORDER BY s.id DESC LIMIT :most;

-- study_wish_set: how the numbers are to be made, and what the study is about
-- in: key id, title text, iso3 text, place text, first_day text, last_day text, counted text, wish text, now ms    gives: count
UPDATE study_study SET title = :title, iso3 = :iso3, place = :place, first_day = :first_day, last_day = :last_day,
       counted = :counted, wish = :wish, changed_at = :now
 WHERE id = :key;

-- study_drop: a study ends before its time
-- in: key id    gives: count
DELETE FROM study_study WHERE id = :key;

-- study_run_add: a run waits for the machine
-- in: key id, study id, asked_by id, now ms, keep_until ms, nothing sealed    gives: count
INSERT INTO study_run (id, study, state, asked_by, asked_at, begun_at, ended_at, node, tries, seen_at, doing, permille, is_unwanted, result, keep_until)
VALUES (:key, :study, 'waiting', :asked_by, :now, 0, 0, 0, 0, 0, '', 0, 0, :nothing, :keep_until);

-- study_run_newest: the newest run of a study
-- in: study id    gives: maybe one
-- out: study_run { id id, study id, state text, asked_by id, asked_at ms, begun_at ms, ended_at ms, doing text, permille int, is_unwanted bool, result sealed }
SELECT id AS id, study AS study, state AS state, asked_by AS asked_by, asked_at AS asked_at, begun_at AS begun_at,
       ended_at AS ended_at, doing AS doing, permille AS permille, is_unwanted AS is_unwanted, result AS result
  FROM study_run WHERE study = :study ORDER BY id DESC LIMIT 1;

-- study_run_get: one run
-- in: key id    gives: maybe one
-- out: study_run { id id, study id, state text, asked_by id, asked_at ms, begun_at ms, ended_at ms, doing text, permille int, is_unwanted bool, result sealed }
SELECT id AS id, study AS study, state AS state, asked_by AS asked_by, asked_at AS asked_at, begun_at AS begun_at,
       ended_at AS ended_at, doing AS doing, permille AS permille, is_unwanted AS is_unwanted, result AS result
  FROM study_run WHERE id = :key;

-- study_runs_open: how many wait or are at work
-- in:    gives: one
-- out: study_number { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM study_run WHERE state = 'waiting' OR state = 'running';

-- study_run_unwant: somebody no longer wants it
-- in: key id, now ms    gives: count
UPDATE study_run SET is_unwanted = 1,
       state = CASE WHEN state = 'waiting' THEN 'stopped' ELSE state END,
       ended_at = CASE WHEN state = 'waiting' THEN :now ELSE ended_at END
 WHERE id = :key AND (state = 'waiting' OR state = 'running');

-- study_run_due: the oldest that waits, or was left behind by a machine that died
-- in: silent ms, me int    gives: maybe one
-- out: study_due { id id, study id, tries int }
SELECT id AS id, study AS study, tries AS tries FROM study_run
 WHERE state = 'waiting' OR (state = 'running' AND (seen_at < :silent OR node = :me))
 ORDER BY id LIMIT 1;

-- study_run_take: it is ours
-- in: key id, silent ms, me int, now ms    gives: count
UPDATE study_run SET state = 'running', node = :me, tries = tries + 1, begun_at = :now, seen_at = :now, permille = 0, doing = ''
 WHERE id = :key AND (state = 'waiting' OR (state = 'running' AND (seen_at < :silent OR node = :me)));

-- study_run_give_up: it ended the process that made it too often
-- in: key id, now ms    gives: count
UPDATE study_run SET state = 'failed', ended_at = :now, node = 0 WHERE id = :key AND (state = 'waiting' OR state = 'running');

-- study_run_seen: still at work; how far
-- in: key id, me int, now ms, doing text, permille int    gives: count
UPDATE study_run SET seen_at = :now, doing = :doing, permille = :permille
 WHERE id = :key AND node = :me AND state = 'running' AND is_unwanted = 0;

-- study_run_end: it came to an end
-- in: key id, me int, now ms, state text, result sealed    gives: count
UPDATE study_run SET state = :state, ended_at = :now, permille = 1000, doing = '', result = :result
 WHERE id = :key AND node = :me AND state = 'running';

-- study_run_put_back: the machine is told to end; another start takes it up
-- in: key id, me int    gives: count
UPDATE study_run SET state = 'waiting', node = 0, tries = 0, permille = 0, doing = '' WHERE id = :key AND node = :me AND state = 'running';

-- study_edition_add: an edition is put forward, and waits for a second person
-- in: key id, series text, number int, study id, lang text, title text, iso3 text, place text, first_day text, last_day text, counted text, lists text, remark text, result text, made_by id, now ms    gives: count
INSERT INTO study_edition (id, series, number, state, study, lang, title, iso3, place, first_day, last_day, counted, lists, remark, result,
                           back, made_by, made_at, agreed_by, published_at, withdrawn_at)
VALUES (:key, :series, :number, 'waiting', :study, :lang, :title, :iso3, :place, :first_day, :last_day, :counted, :lists, :remark, :result,
        '', :made_by, :now, 0, 0, 0);

-- study_edition_get: one edition
-- in: key id    gives: maybe one
-- out: study_edition { id id, series text, number int, state text, study id, lang text, title text, iso3 text, place text, first_day text, last_day text, counted text, lists text, remark text, result text, back text, made_by id, made_at ms, agreed_by id, published_at ms, withdrawn_at ms }
SELECT id AS id, series AS series, number AS number, state AS state, study AS study, lang AS lang, title AS title, iso3 AS iso3,
       place AS place, first_day AS first_day, last_day AS last_day, counted AS counted, lists AS lists, remark AS remark,
       result AS result, back AS back, made_by AS made_by, made_at AS made_at, agreed_by AS agreed_by,
       published_at AS published_at, withdrawn_at AS withdrawn_at
  FROM study_edition WHERE id = :key;

-- study_editions_waiting: those that wait for a second person, oldest first
-- in:    gives: many
-- out: study_edition { id id, series text, number int, state text, study id, lang text, title text, iso3 text, place text, first_day text, last_day text, counted text, lists text, remark text, result text, back text, made_by id, made_at ms, agreed_by id, published_at ms, withdrawn_at ms }
SELECT id AS id, series AS series, number AS number, state AS state, study AS study, lang AS lang, title AS title, iso3 AS iso3,
       place AS place, first_day AS first_day, last_day AS last_day, counted AS counted, lists AS lists, remark AS remark,
       result AS result, back AS back, made_by AS made_by, made_at AS made_at, agreed_by AS agreed_by,
       published_at AS published_at, withdrawn_at AS withdrawn_at
  FROM study_edition WHERE state = 'waiting' ORDER BY id LIMIT 100;

-- study_editions_of_study: what was put forward of a study, newest first
-- in: study id    gives: many
-- out: study_edition { id id, series text, number int, state text, study id, lang text, title text, iso3 text, place text, first_day text, last_day text, counted text, lists text, remark text, result text, back text, made_by id, made_at ms, agreed_by id, published_at ms, withdrawn_at ms }
SELECT id AS id, series AS series, number AS number, state AS state, study AS study, lang AS lang, title AS title, iso3 AS iso3,
       place AS place, first_day AS first_day, last_day AS last_day, counted AS counted, lists AS lists, remark AS remark,
       result AS result, back AS back, made_by AS made_by, made_at AS made_at, agreed_by AS agreed_by,
       published_at AS published_at, withdrawn_at AS withdrawn_at
  FROM study_edition WHERE study = :study ORDER BY id DESC LIMIT 50;

-- study_editions_of: every edition of a series that was published, newest first
-- in: series text    gives: many
-- out: study_edition { id id, series text, number int, state text, study id, lang text, title text, iso3 text, place text, first_day text, last_day text, counted text, lists text, remark text, result text, back text, made_by id, made_at ms, agreed_by id, published_at ms, withdrawn_at ms }
SELECT id AS id, series AS series, number AS number, state AS state, study AS study, lang AS lang, title AS title, iso3 AS iso3,
       place AS place, first_day AS first_day, last_day AS last_day, counted AS counted, lists AS lists, remark AS remark,
       result AS result, back AS back, made_by AS made_by, made_at AS made_at, agreed_by AS agreed_by,
       published_at AS published_at, withdrawn_at AS withdrawn_at
  FROM study_edition WHERE series = :series AND published_at > 0 ORDER BY number DESC LIMIT 200;

-- study_series_all: the newest published edition of each series that was not withdrawn, by place
-- in:    gives: many
-- out: study_edition { id id, series text, number int, state text, study id, lang text, title text, iso3 text, place text, first_day text, last_day text, counted text, lists text, remark text, result text, back text, made_by id, made_at ms, agreed_by id, published_at ms, withdrawn_at ms }
SELECT id AS id, series AS series, number AS number, state AS state, study AS study, lang AS lang, title AS title, iso3 AS iso3,
       place AS place, first_day AS first_day, last_day AS last_day, counted AS counted, lists AS lists, remark AS remark,
       result AS result, back AS back, made_by AS made_by, made_at AS made_at, agreed_by AS agreed_by,
       published_at AS published_at, withdrawn_at AS withdrawn_at
  FROM study_edition e
 WHERE state = 'published' AND number = (SELECT MAX(x.number) FROM study_edition x WHERE x.series = e.series AND x.state = 'published')
 ORDER BY iso3, series LIMIT 500;

-- study_edition_newest_number: the number of the newest edition of a series, published or not
-- in: series text    gives: one
-- out: study_number_of { n int }
SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) AS n FROM study_edition WHERE series = :series;

-- study_edition_publish: a second person agreed
-- in: key id, agreed_by id, now ms    gives: count
UPDATE study_edition SET state = 'published', agreed_by = :agreed_by, published_at = :now WHERE id = :key AND state = 'waiting';

-- study_edition_give_back: a second person did not agree
-- in: key id, agreed_by id, back text    gives: count
UPDATE study_edition SET state = 'back', agreed_by = :agreed_by, back = :back WHERE id = :key AND state = 'waiting';

-- study_edition_withdraw: it is no longer stood by; the page stays and says so
-- in: key id, back text, now ms    gives: count
UPDATE study_edition SET state = 'withdrawn', back = :back, withdrawn_at = :now WHERE id = :key AND state = 'published';

-- study_edition_drop: what was not published is taken back by whoever put it forward
-- in: key id    gives: count
DELETE FROM study_edition WHERE id = :key AND (state = 'waiting' OR state = 'back');
