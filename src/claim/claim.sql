-- Claims of all rooms. The topic is the room of the kind, noted by hand.
-- topic: none

-- claim_rows_of: claims of a kind about a subject, as held on a day and known at a moment; one day's unsorted
-- in: kind text, subject text, on text, known ms    gives: many
-- out: claim_found { id text, cells text, recorded_at ms, retracted_at ms, entered_by id, subject text, on_day text }
SELECT id AS id, cells AS cells, recorded_at AS recorded_at, retracted_at AS retracted_at, entered_by AS entered_by,
       subject AS subject, on_day AS on_day
  FROM claim_row
 WHERE kind = :kind AND subject = :subject AND on_day <= :on AND recorded_at <= :known AND retracted_at > :known AND hidden_at = 0
 ORDER BY on_day;

-- claim_rows_all: claims of a kind, as held on a day and known at a moment; a subject's of one day unsorted
-- in: kind text, on text, known ms    gives: many
-- out: claim_found { id text, cells text, recorded_at ms, retracted_at ms, entered_by id, subject text, on_day text }
SELECT id AS id, cells AS cells, recorded_at AS recorded_at, retracted_at AS retracted_at, entered_by AS entered_by,
       subject AS subject, on_day AS on_day
  FROM claim_row
 WHERE kind = :kind AND on_day <= :on AND recorded_at <= :known AND retracted_at > :known AND hidden_at = 0
 ORDER BY subject, on_day;

-- claim_rows_from: claims of a kind that hold from exactly this day, as known at a moment; unsorted
-- in: kind text, on_day text, known ms    gives: many
-- out: claim_found { id text, cells text, recorded_at ms, retracted_at ms, entered_by id, subject text, on_day text }
SELECT id AS id, cells AS cells, recorded_at AS recorded_at, retracted_at AS retracted_at, entered_by AS entered_by,
       subject AS subject, on_day AS on_day
  FROM claim_row
 WHERE kind = :kind AND on_day = :on_day AND recorded_at <= :known AND retracted_at > :known AND hidden_at = 0;

-- claim_days_of: the days from which claims of a kind hold
-- in: kind text    gives: many
-- out: claim_day { on_day text }
SELECT on_day AS on_day FROM claim_row WHERE kind = :kind GROUP BY on_day ORDER BY on_day;

-- claim_times_before: the last times up to a day and a moment at which anything of a kind changes
-- in: kind text, on text, known ms    gives: one
-- out: claim_times { on_day text, recorded_at ms, retracted_at ms }
SELECT COALESCE(MAX(CASE WHEN on_day <= :on THEN on_day ELSE '' END), '') AS on_day,
       CAST(COALESCE(MAX(CASE WHEN recorded_at <= :known THEN recorded_at ELSE 0 END), 0) AS BIGINT) AS recorded_at,
       CAST(COALESCE(MAX(CASE WHEN retracted_at <= :known THEN retracted_at ELSE 0 END), 0) AS BIGINT) AS retracted_at
  FROM claim_row WHERE kind = :kind;

-- claim_rows_of_day: every record of a kind that holds from this day, live or not; unsorted
-- in: kind text, on_day text    gives: many
-- out: claim_found { id text, cells text, recorded_at ms, retracted_at ms, entered_by id, subject text, on_day text }
SELECT id AS id, cells AS cells, recorded_at AS recorded_at, retracted_at AS retracted_at, entered_by AS entered_by,
       subject AS subject, on_day AS on_day
  FROM claim_row
 WHERE kind = :kind AND on_day = :on_day AND hidden_at = 0;

-- claim_records_of: every record of a kind about a subject, live or not, oldest first
-- in: kind text, subject text    gives: many
-- out: claim_found { id text, cells text, recorded_at ms, retracted_at ms, entered_by id, subject text, on_day text }
SELECT id AS id, cells AS cells, recorded_at AS recorded_at, retracted_at AS retracted_at, entered_by AS entered_by,
       subject AS subject, on_day AS on_day
  FROM claim_row
 WHERE kind = :kind AND subject = :subject AND hidden_at = 0
 ORDER BY recorded_at, on_day, cells;

-- claim_row_get: the newest record of one claim
-- in: id text    gives: maybe one
-- out: claim_one { id text, kind text, cells text, recorded_at ms, retracted_at ms, entered_by id }
SELECT id AS id, kind AS kind, cells AS cells, recorded_at AS recorded_at, retracted_at AS retracted_at, entered_by AS entered_by
  FROM claim_row
 WHERE id = :id AND hidden_at = 0
 ORDER BY recorded_at DESC LIMIT 1;

-- claim_row_add: a claim is recorded
-- in: key id, content text, kind text, subject text, on_day text, cells text, now ms, by id    gives: count
INSERT INTO claim_row (key, id, kind, subject, on_day, cells, recorded_at, retracted_at, entered_by)
VALUES (:key, :content, :kind, :subject, :on_day, :cells, :now, 9007199254740991, :by)
    ON CONFLICT (id, retracted_at) DO NOTHING;

-- claim_row_retract: a claim is no longer made; by 0: its file no longer has it
-- in: content text, now ms, by id    gives: count
UPDATE claim_row SET retracted_at = :now, retracted_by = :by WHERE id = :content AND retracted_at = 9007199254740991;

-- claim_row_hide: an earlier record is shown nowhere any more, because it could harm somebody
-- in: id text, now ms    gives: count
UPDATE claim_row SET hidden_at = :now WHERE id = :id AND hidden_at = 0 AND retracted_at < 9007199254740991;

-- claim_dropped_ids: what a person withdrew; an import does not bring it back
-- in: kind text    gives: many
-- out: claim_dropped { id text }
SELECT id AS id FROM claim_row WHERE kind = :kind AND retracted_by <> 0;

-- claim_live_ids: what an import compares with
-- in: kind text    gives: many
-- out: claim_live { id text, entered_by id }
SELECT id AS id, entered_by AS entered_by FROM claim_row WHERE kind = :kind AND retracted_at = 9007199254740991;

-- claim_import_add: notes that an import took place
-- in: kind text, now ms, added int, retracted int    gives: count
INSERT INTO claim_import (kind, imported_at, added, retracted) VALUES (:kind, :now, :added, :retracted);

-- claim_import_last: when something was last recorded; recorded time never goes back
-- in:   gives: one
-- out: claim_moment { moment ms }
SELECT CAST(COALESCE(MAX(imported_at), 0) AS BIGINT) AS moment FROM claim_import;
