-- Applications to join, what was said about them, and the memberships they became. What public pages show of it (a pause, a
-- count of advocates) notes the topic by hand: an application that comes in changes no page.
-- topic: none

-- join_application_add: somebody applied
-- in: key id, kind text, iso3 text, partner text, lang text, mail_hash bytes, name_hash bytes, host_hash bytes, mail sealed, words sealed, now ms, keep_until ms    gives: count
INSERT INTO join_application (id, kind, iso3, partner, state, lang, mail_hash, name_hash, host_hash, mail, words, links, linked_at,
                              erased, made_at, moved_at, reason, decided_by, agreed_by, decided_at, organisation, member,
                              joined_on, left_on, ending_by, keep_until)
VALUES (:key, :kind, :iso3, :partner, 'unconfirmed', :lang, :mail_hash, :name_hash, :host_hash, :mail, :words, 1, :now,
        0, :now, :now, '', 0, 0, 0, 0, '', '', '', 0, :keep_until);

-- join_application_get: one
-- in: key id    gives: maybe one
-- out: join_row { id id, kind text, iso3 text, partner text, state text, lang text, mail sealed, words sealed, links int, linked_at ms, erased int, made_at ms, moved_at ms, reason text, decided_by id, agreed_by id, decided_at ms, organisation id, member text, joined_on text, left_on text, ending_by id, keep_until ms }
SELECT id AS id, kind AS kind, iso3 AS iso3, partner AS partner, state AS state, lang AS lang, mail AS mail,
       words AS words, links AS links, linked_at AS linked_at, erased AS erased, made_at AS made_at,
       moved_at AS moved_at, reason AS reason, decided_by AS decided_by, agreed_by AS agreed_by,
       decided_at AS decided_at, organisation AS organisation, member AS member, joined_on AS joined_on,
       left_on AS left_on, ending_by AS ending_by, keep_until AS keep_until
  FROM join_application
 WHERE id = :key;

-- join_application_of: the newest membership or application of an organisation
-- in: organisation id    gives: maybe one
-- out: join_row { id id, kind text, iso3 text, partner text, state text, lang text, mail sealed, words sealed, links int, linked_at ms, erased int, made_at ms, moved_at ms, reason text, decided_by id, agreed_by id, decided_at ms, organisation id, member text, joined_on text, left_on text, ending_by id, keep_until ms }
SELECT id AS id, kind AS kind, iso3 AS iso3, partner AS partner, state AS state, lang AS lang, mail AS mail,
       words AS words, links AS links, linked_at AS linked_at, erased AS erased, made_at AS made_at,
       moved_at AS moved_at, reason AS reason, decided_by AS decided_by, agreed_by AS agreed_by,
       decided_at AS decided_at, organisation AS organisation, member AS member, joined_on AS joined_on,
       left_on AS left_on, ending_by AS ending_by, keep_until AS keep_until
  FROM join_application
 WHERE organisation = :organisation ORDER BY id DESC LIMIT 1;

-- join_applications_in: those in one of two states, newest first
-- in: a text, b text, before id, most int    gives: many
-- out: join_row { id id, kind text, iso3 text, partner text, state text, lang text, mail sealed, words sealed, links int, linked_at ms, erased int, made_at ms, moved_at ms, reason text, decided_by id, agreed_by id, decided_at ms, organisation id, member text, joined_on text, left_on text, ending_by id, keep_until ms }
SELECT id AS id, kind AS kind, iso3 AS iso3, partner AS partner, state AS state, lang AS lang, mail AS mail,
       words AS words, links AS links, linked_at AS linked_at, erased AS erased, made_at AS made_at,
       moved_at AS moved_at, reason AS reason, decided_by AS decided_by, agreed_by AS agreed_by,
       decided_at AS decided_at, organisation AS organisation, member AS member, joined_on AS joined_on,
       left_on AS left_on, ending_by AS ending_by, keep_until AS keep_until
  FROM join_application
 WHERE (state = :a OR state = :b) AND id < :before ORDER BY id DESC LIMIT :most;

-- join_applications_by_mail: what an address asked for, newest first
-- in: mail_hash bytes    gives: many
-- out: join_row { id id, kind text, iso3 text, partner text, state text, lang text, mail sealed, words sealed, links int, linked_at ms, erased int, made_at ms, moved_at ms, reason text, decided_by id, agreed_by id, decided_at ms, organisation id, member text, joined_on text, left_on text, ending_by id, keep_until ms }
SELECT id AS id, kind AS kind, iso3 AS iso3, partner AS partner, state AS state, lang AS lang, mail AS mail,
       words AS words, links AS links, linked_at AS linked_at, erased AS erased, made_at AS made_at,
       moved_at AS moved_at, reason AS reason, decided_by AS decided_by, agreed_by AS agreed_by,
       decided_at AS decided_at, organisation AS organisation, member AS member, joined_on AS joined_on,
       left_on AS left_on, ending_by AS ending_by, keep_until AS keep_until
  FROM join_application
 WHERE mail_hash = :mail_hash ORDER BY id DESC LIMIT 3;

-- join_applications_ending: memberships that somebody wants to end
-- in:     gives: many
-- out: join_row { id id, kind text, iso3 text, partner text, state text, lang text, mail sealed, words sealed, links int, linked_at ms, erased int, made_at ms, moved_at ms, reason text, decided_by id, agreed_by id, decided_at ms, organisation id, member text, joined_on text, left_on text, ending_by id, keep_until ms }
SELECT id AS id, kind AS kind, iso3 AS iso3, partner AS partner, state AS state, lang AS lang, mail AS mail,
       words AS words, links AS links, linked_at AS linked_at, erased AS erased, made_at AS made_at,
       moved_at AS moved_at, reason AS reason, decided_by AS decided_by, agreed_by AS agreed_by,
       decided_at AS decided_at, organisation AS organisation, member AS member, joined_on AS joined_on,
       left_on AS left_on, ending_by AS ending_by, keep_until AS keep_until
  FROM join_application
 WHERE ending_by <> 0 AND left_on = '' ORDER BY id DESC LIMIT 50;

-- join_applications_renewable: memberships whose words are to be kept longer
-- in: soon ms    gives: many
-- out: join_row { id id, kind text, iso3 text, partner text, state text, lang text, mail sealed, words sealed, links int, linked_at ms, erased int, made_at ms, moved_at ms, reason text, decided_by id, agreed_by id, decided_at ms, organisation id, member text, joined_on text, left_on text, ending_by id, keep_until ms }
SELECT id AS id, kind AS kind, iso3 AS iso3, partner AS partner, state AS state, lang AS lang, mail AS mail,
       words AS words, links AS links, linked_at AS linked_at, erased AS erased, made_at AS made_at,
       moved_at AS moved_at, reason AS reason, decided_by AS decided_by, agreed_by AS agreed_by,
       decided_at AS decided_at, organisation AS organisation, member AS member, joined_on AS joined_on,
       left_on AS left_on, ending_by AS ending_by, keep_until AS keep_until
  FROM join_application
 WHERE state = 'accepted' AND left_on = '' AND keep_until < :soon ORDER BY id LIMIT 500;

-- join_applications_alike: others of the same name, address or host that were confirmed
-- in: key id, name_hash bytes, host_hash bytes, mail_hash bytes    gives: many
-- out: join_row { id id, kind text, iso3 text, partner text, state text, lang text, mail sealed, words sealed, links int, linked_at ms, erased int, made_at ms, moved_at ms, reason text, decided_by id, agreed_by id, decided_at ms, organisation id, member text, joined_on text, left_on text, ending_by id, keep_until ms }
SELECT id AS id, kind AS kind, iso3 AS iso3, partner AS partner, state AS state, lang AS lang, mail AS mail,
       words AS words, links AS links, linked_at AS linked_at, erased AS erased, made_at AS made_at,
       moved_at AS moved_at, reason AS reason, decided_by AS decided_by, agreed_by AS agreed_by,
       decided_at AS decided_at, organisation AS organisation, member AS member, joined_on AS joined_on,
       left_on AS left_on, ending_by AS ending_by, keep_until AS keep_until
  FROM join_application
 WHERE id <> :key AND state <> 'unconfirmed'
   AND (name_hash = :name_hash OR host_hash = :host_hash OR mail_hash = :mail_hash) ORDER BY id DESC LIMIT 10;

-- join_applications_of_state: other applications and memberships of a state
-- in: key id, iso3 text    gives: many
-- out: join_row { id id, kind text, iso3 text, partner text, state text, lang text, mail sealed, words sealed, links int, linked_at ms, erased int, made_at ms, moved_at ms, reason text, decided_by id, agreed_by id, decided_at ms, organisation id, member text, joined_on text, left_on text, ending_by id, keep_until ms }
SELECT id AS id, kind AS kind, iso3 AS iso3, partner AS partner, state AS state, lang AS lang, mail AS mail,
       words AS words, links AS links, linked_at AS linked_at, erased AS erased, made_at AS made_at,
       moved_at AS moved_at, reason AS reason, decided_by AS decided_by, agreed_by AS agreed_by,
       decided_at AS decided_at, organisation AS organisation, member AS member, joined_on AS joined_on,
       left_on AS left_on, ending_by AS ending_by, keep_until AS keep_until
  FROM join_application
 WHERE id <> :key AND kind = 'state' AND iso3 = :iso3 AND state <> 'unconfirmed' AND left_on = '' ORDER BY id DESC LIMIT 10;

-- join_hashes_get: what an application is compared by
-- in: key id    gives: maybe one
-- out: join_hashes { mail_hash bytes, name_hash bytes, host_hash bytes }
SELECT mail_hash AS mail_hash, name_hash AS name_hash, host_hash AS host_hash FROM join_application WHERE id = :key;

-- join_counts: how many are in each state
-- in:    gives: many
-- out: join_counted { state text, n int }
SELECT state AS state, CAST(COUNT(*) AS BIGINT) AS n FROM join_application GROUP BY state ORDER BY state;

-- join_made_since: how many applied since a moment
-- in: since ms    gives: one
-- out: join_count { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM join_application WHERE made_at > :since;

-- join_made_by_since: how many applied with one address since a moment
-- in: mail_hash bytes, since ms    gives: one
-- out: join_count { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM join_application WHERE mail_hash = :mail_hash AND made_at > :since;

-- join_erased_sum: in how many fields somebody told of a case
-- in:    gives: one
-- out: join_count { n int }
SELECT CAST(COALESCE(SUM(erased), 0) AS BIGINT) AS n FROM join_application;

-- join_advocates: advocates by state
-- in:    gives: many
-- out: join_advocated { iso3 text, n int }
SELECT iso3 AS iso3, CAST(COUNT(*) AS BIGINT) AS n FROM join_application
 WHERE kind = 'advocate' AND state = 'accepted' GROUP BY iso3 ORDER BY iso3;

-- join_move: from one state to another, unless somebody was quicker; resealed for its new end
-- in: key id, before text, seen_at ms, after text, mail sealed, words sealed, now ms, keep_until ms    gives: count
UPDATE join_application SET state = :after, moved_at = :now, mail = :mail, words = :words, keep_until = :keep_until
 WHERE id = :key AND state = :before AND moved_at = :seen_at;

-- join_decide: what was decided, by whom
-- in: key id, reason text, decided_by id, agreed_by id, now ms    gives: count
UPDATE join_application SET reason = :reason, decided_by = :decided_by, agreed_by = :agreed_by, decided_at = :now WHERE id = :key;

-- join_become_member: where the membership stands
-- in: key id, organisation id, member text, joined_on text    gives: count
UPDATE join_application SET organisation = :organisation, member = :member, joined_on = :joined_on WHERE id = :key;

-- join_reseal: words as they now are
-- in: key id, mail sealed, words sealed, keep_until ms, erased int    gives: count
UPDATE join_application SET mail = :mail, words = :words, keep_until = :keep_until, erased = :erased WHERE id = :key;

-- join_ending: somebody wants to end a membership, or no longer does (0)
-- in: key id, by id    gives: count
UPDATE join_application SET ending_by = :by WHERE id = :key AND left_on = '' AND state = 'accepted';

-- join_leave: it ended
-- in: key id, left_on text    gives: count
UPDATE join_application SET left_on = :left_on, ending_by = 0 WHERE id = :key AND left_on = '';

-- join_linked: one more mail with a link
-- in: key id, now ms    gives: count
UPDATE join_application SET links = links + 1, linked_at = :now WHERE id = :key;

-- join_forget: nothing of it stays
-- in: key id    gives: count
DELETE FROM join_application WHERE id = :key;

-- join_said_add: a question, an answer, a word on the decision
-- in: key id, application id, sort text, by_person id, words sealed, now ms, keep_until ms    gives: count
INSERT INTO join_said (id, application, sort, by_person, words, said_at, keep_until)
VALUES (:key, :application, :sort, :by_person, :words, :now, :keep_until);

-- join_said_of: what was said, in its order
-- in: application id    gives: many
-- out: join_said_row { id id, application id, sort text, by_person id, words sealed, said_at ms, keep_until ms }
SELECT id AS id, application AS application, sort AS sort, by_person AS by_person, words AS words, said_at AS said_at,
       keep_until AS keep_until
  FROM join_said WHERE application = :application ORDER BY id LIMIT 200;

-- join_said_erase: its words are gone, that something was said stays
-- in: key id, application id, words sealed    gives: count
UPDATE join_said SET words = :words, sort = 'erased' WHERE id = :key AND application = :application AND sort <> 'erased';

-- join_event_add: a member tells of something it did
-- in: key id, organisation id, event text, day text, observance text, detail text, title text, address text, by_person id, now ms, keep_until ms    gives: count
INSERT INTO join_event (id, organisation, event, day, observance, detail, title, address, by_person, made_at, keep_until)
VALUES (:key, :organisation, :event, :day, :observance, :detail, :title, :address, :by_person, :now, :keep_until);

-- join_event_get: one
-- in: key id    gives: maybe one
-- out: join_event_row { id id, organisation id, event text, day text, observance text, detail text, title text, address text, by_person id, made_at ms }
SELECT id AS id, organisation AS organisation, event AS event, day AS day, observance AS observance, detail AS detail, title AS title, address AS address, by_person AS by_person, made_at AS made_at
  FROM join_event WHERE id = :key;

-- join_events_of: what waits of a member
-- in: organisation id    gives: many
-- out: join_event_row { id id, organisation id, event text, day text, observance text, detail text, title text, address text, by_person id, made_at ms }
SELECT id AS id, organisation AS organisation, event AS event, day AS day, observance AS observance, detail AS detail, title AS title, address AS address, by_person AS by_person, made_at AS made_at
  FROM join_event WHERE organisation = :organisation ORDER BY id LIMIT 50;

-- join_events_all: what waits of everybody
-- in:     gives: many
-- out: join_event_row { id id, organisation id, event text, day text, observance text, detail text, title text, address text, by_person id, made_at ms }
SELECT id AS id, organisation AS organisation, event AS event, day AS day, observance AS observance, detail AS detail, title AS title, address AS address, by_person AS by_person, made_at AS made_at
  FROM join_event WHERE id > 0 ORDER BY id LIMIT 500;

-- join_event_drop: it was agreed to, or taken back
-- in: key id    gives: count
DELETE FROM join_event WHERE id = :key;

-- join_pause_get: since when no applications are taken
-- in:    gives: maybe one
-- out: join_paused { paused_at ms, by_person id }
SELECT paused_at AS paused_at, by_person AS by_person FROM join_pause WHERE one = 1;

-- join_pause_put: no applications are taken from now on
-- in: now ms, by_person id    gives: count
INSERT INTO join_pause (one, paused_at, by_person) VALUES (1, :now, :by_person) ON CONFLICT (one) DO NOTHING;

-- join_pause_drop: applications are taken again
-- in:    gives: count
DELETE FROM join_pause WHERE one = 1;
