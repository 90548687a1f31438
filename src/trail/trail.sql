-- The trail. No page of the public reads it, so it raises no topic.
-- topic: none

-- trail_head_get: the newest entry
-- in:   gives: maybe one
-- out: trail_newest { number int, hash bytes }
SELECT number AS number, hash AS hash FROM trail_entry ORDER BY number DESC LIMIT 1;

-- trail_hash_of: the hash of one entry
-- in: number int    gives: maybe one
-- out: trail_newest { number int, hash bytes }
SELECT number AS number, hash AS hash FROM trail_entry WHERE number = :number;

-- trail_entry_add: one more entry, unless someone was quicker
-- in: number int, at ms, deed text, actor id, subject text, subject_row id, subject_code text, organisation id, keyed bytes, before bytes, hash bytes   gives: count
INSERT INTO trail_entry (number, at, deed, actor, subject, subject_row, subject_code, organisation, keyed, before, hash)
VALUES (:number, :at, :deed, :actor, :subject, :subject_row, :subject_code, :organisation, :keyed, :before, :hash)
    ON CONFLICT (number) DO NOTHING;

-- trail_rows_from: entries with all that is hashed, in their order, for the check
-- in: number int    gives: many
-- out: trail_row { number int, at ms, deed text, actor id, subject text, subject_row id, subject_code text, organisation id, keyed bytes, before bytes, hash bytes }
SELECT number AS number, at AS at, deed AS deed, actor AS actor, subject AS subject, subject_row AS subject_row,
       subject_code AS subject_code, organisation AS organisation, keyed AS keyed, before AS before, hash AS hash
  FROM trail_entry WHERE number >= :number ORDER BY number LIMIT 1000;

-- trail_list_all: the newest entries below a number
-- in: below int, most int    gives: many
-- out: trail_line { number int, at ms, deed text, actor id, subject text, subject_row id, subject_code text, organisation id }
SELECT number AS number, at AS at, deed AS deed, actor AS actor, subject AS subject, subject_row AS subject_row,
       subject_code AS subject_code, organisation AS organisation
  FROM trail_entry WHERE number < :below ORDER BY number DESC LIMIT :most;

-- trail_list_of_actor: what somebody did
-- in: who id, below int, most int    gives: many
-- out: trail_line { number int, at ms, deed text, actor id, subject text, subject_row id, subject_code text, organisation id }
SELECT number AS number, at AS at, deed AS deed, actor AS actor, subject AS subject, subject_row AS subject_row,
       subject_code AS subject_code, organisation AS organisation
  FROM trail_entry WHERE actor = :who AND number < :below ORDER BY number DESC LIMIT :most;

-- trail_list_of_deed: where one kind of deed was done
-- in: code text, below int, most int    gives: many
-- out: trail_line { number int, at ms, deed text, actor id, subject text, subject_row id, subject_code text, organisation id }
SELECT number AS number, at AS at, deed AS deed, actor AS actor, subject AS subject, subject_row AS subject_row,
       subject_code AS subject_code, organisation AS organisation
  FROM trail_entry WHERE deed = :code AND number < :below ORDER BY number DESC LIMIT :most;

-- trail_list_of_subject: what was done to one thing
-- in: kind text, which id, code text, below int, most int    gives: many
-- out: trail_line { number int, at ms, deed text, actor id, subject text, subject_row id, subject_code text, organisation id }
SELECT number AS number, at AS at, deed AS deed, actor AS actor, subject AS subject, subject_row AS subject_row,
       subject_code AS subject_code, organisation AS organisation
  FROM trail_entry
 WHERE subject = :kind AND subject_row = :which AND subject_code = :code AND number < :below
 ORDER BY number DESC LIMIT :most;

-- trail_list_of_organisation: what was done in the name of one organisation
-- in: whose id, below int, most int    gives: many
-- out: trail_line { number int, at ms, deed text, actor id, subject text, subject_row id, subject_code text, organisation id }
SELECT number AS number, at AS at, deed AS deed, actor AS actor, subject AS subject, subject_row AS subject_row,
       subject_code AS subject_code, organisation AS organisation
  FROM trail_entry WHERE organisation = :whose AND number < :below ORDER BY number DESC LIMIT :most;
