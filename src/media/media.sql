-- Pictures and films of the campaign's own: what they are, their sizes, what is said of them, and who agreed.
-- topic: media

-- media_item_add: a picture or a film
-- in: key id, name text, kind text, content text, wide int, high int, notes int, people int, credit text, licence text, link text, organisation id, person id, now ms    gives: count
INSERT INTO media_item (id, name, kind, state, content, wide, high, notes, people, credit, licence, link, organisation, entered_by,
                        entered_at, changed_at, withdrawn_why)
VALUES (:key, :name, :kind, 'draft', :content, :wide, :high, :notes, :people, :credit, :licence, :link, :organisation, :person,
        :now, :now, '');

-- media_item_get: one, by its key
-- in: key id    gives: maybe one
-- out: media_row { id id, name text, kind text, state text, content text, wide int, high int, notes int, people int, credit text, licence text, link text, organisation id, entered_by id, entered_at ms, changed_at ms, withdrawn_why text }
SELECT id AS id, name AS name, kind AS kind, state AS state, content AS content, wide AS wide, high AS high, notes AS notes,
       people AS people, credit AS credit, licence AS licence, link AS link, organisation AS organisation,
       entered_by AS entered_by, entered_at AS entered_at, changed_at AS changed_at, withdrawn_why AS withdrawn_why
  FROM media_item WHERE id = :key;

-- media_item_named: one, by the name in its address
-- in: name text    gives: maybe one
-- out: media_row { id id, name text, kind text, state text, content text, wide int, high int, notes int, people int, credit text, licence text, link text, organisation id, entered_by id, entered_at ms, changed_at ms, withdrawn_why text }
SELECT id AS id, name AS name, kind AS kind, state AS state, content AS content, wide AS wide, high AS high, notes AS notes,
       people AS people, credit AS credit, licence AS licence, link AS link, organisation AS organisation,
       entered_by AS entered_by, entered_at AS entered_at, changed_at AS changed_at, withdrawn_why AS withdrawn_why
  FROM media_item WHERE name = :name;

-- media_items_of: a page of them in a state, newest first
-- in: state text, before id, most int    gives: many
-- out: media_row { id id, name text, kind text, state text, content text, wide int, high int, notes int, people int, credit text, licence text, link text, organisation id, entered_by id, entered_at ms, changed_at ms, withdrawn_why text }
SELECT id AS id, name AS name, kind AS kind, state AS state, content AS content, wide AS wide, high AS high, notes AS notes,
       people AS people, credit AS credit, licence AS licence, link AS link, organisation AS organisation,
       entered_by AS entered_by, entered_at AS entered_at, changed_at AS changed_at, withdrawn_why AS withdrawn_why
  FROM media_item
 WHERE (state = CAST(:state AS TEXT) OR CAST(:state AS TEXT) = '') AND id < :before
 ORDER BY id DESC LIMIT :most;

-- media_item_same: whether this very file was brought before
-- in: content text    gives: maybe one
-- out: media_same { id id }
SELECT id AS id FROM media_item WHERE content = :content ORDER BY id LIMIT 1;

-- media_item_change: what is said of all of it
-- in: key id, people int, credit text, licence text, link text, now ms    gives: count
UPDATE media_item SET people = :people, credit = :credit, licence = :licence, link = :link, changed_at = :now WHERE id = :key;

-- media_item_turn: published, or withdrawn and why
-- in: key id, state text, why text, now ms    gives: count
UPDATE media_item SET state = :state, withdrawn_why = :why, changed_at = :now WHERE id = :key;

-- media_item_drop: all of it, for good
-- in: key id    gives: count
DELETE FROM media_item WHERE id = :key;

-- media_items_that_ended: published, though today fewer agree than can be recognised
-- in: today text    gives: many
-- out: media_same { id id }
SELECT i.id AS id
  FROM media_item i
 WHERE i.state = 'published' AND i.people > (
       SELECT CAST(COALESCE(SUM(c.people), 0) AS BIGINT) FROM media_consent c
        WHERE c.item = i.id AND c.withdrawn_at = 0 AND c.is_for_site = 1 AND c.given_on <= :today AND c.expires_on >= :today)
 ORDER BY i.id LIMIT 200;

-- media_items_ending: published, and the last agreement it needs ends by a day
-- in: today text, by_day text    gives: many
-- out: media_same { id id }
SELECT i.id AS id
  FROM media_item i
 WHERE i.state = 'published' AND i.people > (
       SELECT CAST(COALESCE(SUM(c.people), 0) AS BIGINT) FROM media_consent c
        WHERE c.item = i.id AND c.withdrawn_at = 0 AND c.is_for_site = 1 AND c.given_on <= :today AND c.expires_on > :by_day)
 ORDER BY i.id LIMIT 200;

-- media_drafts_count: how many wait to be published
-- in:    gives: one
-- out: media_count { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM media_item WHERE state = 'draft';

-- media_size_add: one of its pictures
-- in: item id, wide int, format text, high int, content text, length int, bytes bytes, keep_until ms    gives: count
INSERT INTO media_size (item, wide, format, high, content, length, bytes, keep_until)
VALUES (:item, :wide, :format, :high, :content, :length, :bytes, :keep_until) ON CONFLICT (item, wide, format) DO NOTHING;

-- media_sizes_of: which there are, without their bytes
-- in: item id    gives: many
-- out: media_sized { wide int, format text, high int, content text, length int, keep_until ms }
SELECT wide AS wide, format AS format, high AS high, content AS content, length AS length, keep_until AS keep_until
  FROM media_size WHERE item = :item ORDER BY wide, format;

-- media_size_get: one, without its bytes
-- in: item id, wide int, format text    gives: maybe one
-- out: media_sized { wide int, format text, high int, content text, length int, keep_until ms }
SELECT wide AS wide, format AS format, high AS high, content AS content, length AS length, keep_until AS keep_until
  FROM media_size WHERE item = :item AND wide = :wide AND format = :format;

-- media_bytes_get: its bytes
-- in: item id, wide int, format text    gives: maybe one
-- out: media_bytes { bytes bytes }
SELECT bytes AS bytes FROM media_size WHERE item = :item AND wide = :wide AND format = :format;

-- media_sizes_keep: how long its pictures are kept
-- in: item id, keep_until ms    gives: count
UPDATE media_size SET keep_until = :keep_until WHERE item = :item;

-- media_sizes_drop: none of its pictures is kept
-- in: item id    gives: count
DELETE FROM media_size WHERE item = :item;

-- media_text_set: what it shows and what is said under it, in a language
-- in: item id, lang text, alt text, caption text    gives: count
INSERT INTO media_text (item, lang, alt, caption) VALUES (:item, :lang, :alt, :caption)
    ON CONFLICT (item, lang) DO UPDATE SET alt = excluded.alt, caption = excluded.caption;

-- media_text_drop: nothing is said in a language
-- in: item id, lang text    gives: count
DELETE FROM media_text WHERE item = :item AND lang = :lang;

-- media_texts_of: in every language
-- in: item id    gives: many
-- out: media_said { lang text, alt text, caption text }
SELECT lang AS lang, alt AS alt, caption AS caption FROM media_text WHERE item = :item ORDER BY lang;

-- media_consent_add: somebody agreed
-- in: key id, item id, people int, scope text, is_for_site bool, given_on text, expires_on text, holder id, reference personal, person id, now ms, keep_until ms    gives: count
INSERT INTO media_consent (id, item, people, scope, is_for_site, given_on, expires_on, holder, reference, withdrawn_at,
                           entered_by, entered_at, keep_until)
VALUES (:key, :item, :people, :scope, :is_for_site, :given_on, :expires_on, :holder, :reference, 0, :person, :now, :keep_until);

-- media_consents_of: who agreed, and to what
-- in: item id    gives: many
-- out: media_agreed { id id, people int, scope text, is_for_site bool, given_on text, expires_on text, holder id, reference personal, withdrawn_at ms, entered_by id, entered_at ms }
SELECT id AS id, people AS people, scope AS scope, is_for_site AS is_for_site, given_on AS given_on, expires_on AS expires_on,
       holder AS holder, reference AS reference, withdrawn_at AS withdrawn_at, entered_by AS entered_by, entered_at AS entered_at
  FROM media_consent WHERE item = :item ORDER BY id;

-- media_consent_end: somebody agrees no more
-- in: key id, item id, now ms, keep_until ms    gives: count
UPDATE media_consent SET withdrawn_at = :now, keep_until = :keep_until WHERE id = :key AND item = :item AND withdrawn_at = 0;

-- media_agreed_today: for how many people there is an agreement that they may be shown on the site, and until when the last holds
-- in: item id, today text    gives: one
-- out: media_agreement { people int, until_day text }
SELECT CAST(COALESCE(SUM(people), 0) AS BIGINT) AS people, COALESCE(MIN(expires_on), '') AS until_day
  FROM media_consent
 WHERE item = :item AND withdrawn_at = 0 AND is_for_site = 1 AND given_on <= :today AND expires_on >= :today;

-- media_use_add: a place carries it
-- in: item id, place text, lang text, now ms    gives: count
INSERT INTO media_use (item, place, lang, noted_at) VALUES (:item, :place, :lang, :now)
    ON CONFLICT (item, place, lang) DO NOTHING;

-- media_uses_drop: a place is noted anew
-- in: place text, lang text    gives: count
DELETE FROM media_use WHERE place = :place AND lang = :lang;

-- media_uses_of: where it is carried, besides texts that are published
-- in: item id    gives: many
-- out: media_used { place text, lang text }
SELECT place AS place, lang AS lang FROM media_use WHERE item = :item ORDER BY place, lang;

-- media_event_add: what was done
-- in: key id, item id, now ms, what text, why text, person id    gives: count
INSERT INTO media_event (id, item, at, what, why, who) VALUES (:key, :item, :now, :what, :why, :person);

-- media_hand_last: who last said something of it, or recorded that somebody agreed
-- in: item id    gives: maybe one
-- out: media_hand { who id }
SELECT who AS who FROM media_event WHERE item = :item AND what IN ('added', 'changed', 'agreed') ORDER BY id DESC LIMIT 1;

-- media_events_of: what was done to it, newest first
-- in: item id    gives: many
-- out: media_done { at ms, what text, why text, who id }
SELECT at AS at, what AS what, why AS why, who AS who FROM media_event WHERE item = :item ORDER BY id DESC LIMIT 60;
