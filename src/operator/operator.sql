-- Who operates this site, as it was said; the newest row holds, the older ones say what was said before.
-- topic: operator

-- operator_last: what holds
-- in:    gives: maybe one
-- out: operator_row { said_at ms, said_by id, name text, iso3 text, contact text, address text, mark text, mark_note text }
SELECT said_at AS said_at, said_by AS said_by, name AS name, iso3 AS iso3, contact AS contact, address AS address, mark AS mark,
       mark_note AS mark_note
  FROM operator_said ORDER BY id DESC LIMIT 1;

-- operator_add: somebody says who operates this
-- in: key id, at ms, by id, name text, iso3 text, contact text, address text, mark text, mark_note text    gives: count
INSERT INTO operator_said (id, said_at, said_by, name, iso3, contact, address, mark, mark_note)
VALUES (:key, :at, :by, :name, :iso3, :contact, :address, :mark, :mark_note);

-- operator_alone_last: whether one person alone runs this
-- in:    gives: maybe one
-- out: operator_alone_row { is_alone bool, said_at ms, said_by id }
SELECT CAST(is_alone AS BIGINT) AS is_alone, said_at AS said_at, said_by AS said_by
  FROM operator_alone ORDER BY id DESC LIMIT 1;

-- operator_alone_add: somebody says so, or that it is so no more
-- in: key id, at ms, by id, is_alone bool    gives: count
INSERT INTO operator_alone (id, said_at, said_by, is_alone) VALUES (:key, :at, :by, :is_alone);
