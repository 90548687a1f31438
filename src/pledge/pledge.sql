-- Pledges, and how many there are. What the public sees of the counts changes with the day alone, so no topic is raised.
-- topic: none

-- pledge_add: somebody says they pledge; the address is not confirmed yet
-- in: key id, mail_hash bytes, name sealed, audience text, promises text, iso3 text, now ms, keep_until ms    gives: count
INSERT INTO pledge_sign (id, state, mail_hash, name, audience, promises, iso3, made_at, keep_until)
VALUES (:key, 'asked', :mail_hash, :name, :audience, :promises, :iso3, :now, :keep_until);

-- pledge_get: one
-- in: key id    gives: maybe one
-- out: pledge_row { id id, state text, mail_hash bytes, name sealed?, audience text, promises text, iso3 text, made_at ms, keep_until ms }
SELECT id AS id, state AS state, mail_hash AS mail_hash, name AS name, audience AS audience, promises AS promises,
       iso3 AS iso3, made_at AS made_at, keep_until AS keep_until
  FROM pledge_sign WHERE id = :key;

-- pledge_made_by: the confirmed one of an address
-- in: mail_hash bytes    gives: maybe one
-- out: pledge_row { id id, state text, mail_hash bytes, name sealed?, audience text, promises text, iso3 text, made_at ms, keep_until ms }
SELECT id AS id, state AS state, mail_hash AS mail_hash, name AS name, audience AS audience, promises AS promises,
       iso3 AS iso3, made_at AS made_at, keep_until AS keep_until
  FROM pledge_sign WHERE mail_hash = :mail_hash AND state = 'made' ORDER BY id LIMIT 1;

-- pledge_make: the address is confirmed; of who it was nothing stays but the hash
-- in: key id, now ms, keep_until ms    gives: count
UPDATE pledge_sign SET state = 'made', name = NULL, made_at = :now, keep_until = :keep_until WHERE id = :key AND state = 'asked';

-- pledge_drop: taken back, or never made by whoever reads that address
-- in: key id    gives: count
DELETE FROM pledge_sign WHERE id = :key;

-- pledge_drop_asked: all that an address did not confirm
-- in: mail_hash bytes    gives: count
DELETE FROM pledge_sign WHERE mail_hash = :mail_hash AND state = 'asked';

-- pledge_count_add: one more or less of something; what it was before today is kept beside it. A day behind tomorrow is one of
-- a clock that ran ahead: it ends
-- in: what text, slot int, day text, tomorrow text, more int    gives: count
INSERT INTO pledge_count (what, slot, day, n, earlier) VALUES (:what, :slot, :day, :more, 0)
    ON CONFLICT (what, slot) DO UPDATE SET
       earlier = CASE WHEN pledge_count.day < :day OR pledge_count.day > :tomorrow THEN pledge_count.n
                      ELSE pledge_count.earlier END,
       day = CASE WHEN pledge_count.day < :day OR pledge_count.day > :tomorrow THEN :day ELSE pledge_count.day END,
       n = pledge_count.n + :more;

-- pledge_counts: how many of each, as a day began
-- in: day text    gives: many
-- out: pledge_counted { what text, n int, now int }
SELECT what AS what, CAST(SUM(CASE WHEN day < :day THEN n ELSE earlier END) AS BIGINT) AS n, CAST(SUM(n) AS BIGINT) AS now
  FROM pledge_count GROUP BY what ORDER BY what;
