-- The fediverse: keys of the actors, what was announced, who follows (sealed, by keyed hashes), what waits to be delivered, what
-- strangers' servers sent. Only fedi_post is for the public: what reads or changes it notes the topic by hand.
-- topic: none

-- fedi_key_add: a new key of an actor
-- in: key id, lang text, now ms, keep_until ms, public_pem text, private sealed    gives: count
INSERT INTO fedi_key (id, lang, made_at, keep_until, public_pem, private)
VALUES (:key, :lang, :now, :keep_until, :public_pem, :private);

-- fedi_key_newest: what an actor signs with
-- in: lang text    gives: maybe one
-- out: fedi_key_row { id id, made_at ms, public_pem text, private sealed }
SELECT id AS id, made_at AS made_at, public_pem AS public_pem, private AS private
  FROM fedi_key WHERE lang = :lang ORDER BY id DESC LIMIT 1;

-- fedi_posts_of: everything announced in a language, also what was withdrawn
-- in: lang text    gives: many
-- out: fedi_post_row { name text, slug text, times int, digest text, published text, noted_at ms, changed_at ms, withdrawn_at ms }
SELECT name AS name, slug AS slug, CAST(times AS BIGINT) AS times, digest AS digest, published AS published,
       noted_at AS noted_at, changed_at AS changed_at, withdrawn_at AS withdrawn_at
  FROM fedi_post WHERE lang = :lang ORDER BY published DESC, slug, times;

-- fedi_post_get: one of them
-- in: lang text, slug text, times int    gives: maybe one
-- out: fedi_post_row { name text, slug text, times int, digest text, published text, noted_at ms, changed_at ms, withdrawn_at ms }
SELECT name AS name, slug AS slug, CAST(times AS BIGINT) AS times, digest AS digest, published AS published,
       noted_at AS noted_at, changed_at AS changed_at, withdrawn_at AS withdrawn_at
  FROM fedi_post WHERE lang = :lang AND slug = :slug AND times = :times;

-- fedi_post_add: a text is announced
-- in: name text, lang text, slug text, times int, digest text, published text, now ms    gives: count
INSERT INTO fedi_post (name, lang, slug, times, digest, published, noted_at, changed_at, withdrawn_at)
VALUES (:name, :lang, :slug, :times, :digest, :published, :now, 0, 0)
    ON CONFLICT DO NOTHING;

-- fedi_post_changed: it says something else now
-- in: name text, digest text, was text, now ms    gives: count
UPDATE fedi_post SET digest = :digest, changed_at = :now WHERE name = :name AND digest = :was;

-- fedi_post_withdrawn: it is gone
-- in: name text, now ms    gives: count
UPDATE fedi_post SET withdrawn_at = :now WHERE name = :name AND withdrawn_at = 0;

-- fedi_activity_add: something to be told
-- in: key id, name text, lang text, post text, body text, keep_until ms, words sealed    gives: count
INSERT INTO fedi_activity (id, name, lang, post, body, keep_until, words)
VALUES (:key, :name, :lang, :post, :body, :keep_until, :words);

-- fedi_activity_named: one that everybody may read
-- in: name text, lang text    gives: maybe one
-- out: fedi_activity_row { body text }
SELECT body AS body FROM fedi_activity WHERE name = :name AND lang = :lang AND body <> '';

-- fedi_activities_unsent: of a text that changed once more, what was not told yet need not be told
-- in: post text    gives: count
DELETE FROM fedi_delivery WHERE node = 0 AND activity IN (SELECT id FROM fedi_activity WHERE post = :post);

-- fedi_fan_out: to every inbox in which somebody follows in this language
-- in: activity id, lang text, now ms, keep_until ms    gives: count
INSERT INTO fedi_delivery (activity, box, host, due_at, tries, tried_from, node, keep_until)
SELECT :activity, b.id, b.host, :now, 0, 0, 0, :keep_until FROM fedi_box b
 WHERE EXISTS (SELECT 1 FROM fedi_follower f WHERE f.box = b.id AND f.lang = :lang)
   AND NOT EXISTS (SELECT 1 FROM fedi_host h WHERE h.host = b.host AND h.is_blocked = 1)
    ON CONFLICT DO NOTHING;

-- fedi_delivery_add: to one inbox
-- in: activity id, box id, host text, now ms, keep_until ms    gives: count
INSERT INTO fedi_delivery (activity, box, host, due_at, tries, tried_from, node, keep_until)
VALUES (:activity, :box, :host, :now, 0, 0, 0, :keep_until)
    ON CONFLICT DO NOTHING;

-- fedi_hosts_due: hosts with something to deliver; those that work come first
-- in: now ms, far ms, most int    gives: many
-- out: fedi_due { host text, speaks int, failing_since ms }
SELECT d.host AS host, CAST(COALESCE(MAX(h.speaks), 0) AS BIGINT) AS speaks,
       CAST(COALESCE(MAX(h.failing_since), 0) AS BIGINT) AS failing_since
  FROM fedi_delivery d LEFT JOIN fedi_host h ON h.host = d.host
 WHERE d.due_at <= :now OR d.due_at > :far
 GROUP BY d.host ORDER BY CASE WHEN MAX(h.failing_since) > 0 THEN 1 ELSE 0 END, MIN(d.due_at), d.host LIMIT :most;

-- fedi_delivery_next: the first that a host has not got
-- in: host text, now ms, far ms    gives: maybe one
-- out: fedi_delivery_row { activity id, box id, lang text, name text, body text, words sealed, address sealed, tries int, tried_from ms, box_until ms }
SELECT d.activity AS activity, d.box AS box, a.lang AS lang, a.name AS name, a.body AS body, a.words AS words,
       b.address AS address, CAST(d.tries AS BIGINT) AS tries, d.tried_from AS tried_from, b.keep_until AS box_until
  FROM fedi_delivery d JOIN fedi_activity a ON a.id = d.activity JOIN fedi_box b ON b.id = d.box
 WHERE d.host = :host AND (d.due_at <= :now OR d.due_at > :far)
 ORDER BY d.activity, d.box LIMIT 1;

-- fedi_delivery_lease: a node takes it
-- in: activity id, box id, node int, now ms, far ms, until ms    gives: count
UPDATE fedi_delivery SET node = :node, due_at = :until
 WHERE activity = :activity AND box = :box AND (due_at <= :now OR due_at > :far);

-- fedi_leases_end: what a process of this node had when it died; of any node where there is only one
-- in: node int, is_alone bool, now ms    gives: count
UPDATE fedi_delivery SET node = 0, due_at = :now WHERE node <> 0 AND (node = :node OR :is_alone = 1);

-- fedi_delivery_done: it arrived, or is not to be tried again
-- in: activity id, box id    gives: count
DELETE FROM fedi_delivery WHERE activity = :activity AND box = :box;

-- fedi_delivery_later: not now
-- in: activity id, box id, tried_from ms, due_at ms    gives: count
UPDATE fedi_delivery SET node = 0, tries = tries + 1, tried_from = :tried_from, due_at = :due_at
 WHERE activity = :activity AND box = :box;

-- fedi_deliveries_wait: the rest for a host that does not answer waits as long
-- in: host text, due_at ms    gives: count
UPDATE fedi_delivery SET due_at = :due_at WHERE host = :host AND node = 0 AND due_at < :due_at;

-- fedi_deliveries_drop: nothing more goes to an inbox
-- in: box id    gives: count
DELETE FROM fedi_delivery WHERE box = :box;

-- fedi_host_get: what is known of a host
-- in: host text    gives: maybe one
-- out: fedi_host_row { speaks int, failing_since ms, is_blocked bool }
SELECT CAST(speaks AS BIGINT) AS speaks, failing_since AS failing_since, CAST(is_blocked AS BIGINT) AS is_blocked
  FROM fedi_host WHERE host = :host;

-- fedi_host_works: it took something, and what form of signature it understood
-- in: host text, speaks int, keep_until ms    gives: count
INSERT INTO fedi_host (host, speaks, failing_since, status, is_blocked, keep_until)
VALUES (:host, :speaks, 0, 0, 0, :keep_until)
    ON CONFLICT (host) DO UPDATE SET speaks = excluded.speaks, failing_since = 0, status = 0, keep_until = excluded.keep_until;

-- fedi_host_fails: it took nothing; since when stays as it was
-- in: host text, status int, now ms, keep_until ms    gives: count
INSERT INTO fedi_host (host, speaks, failing_since, status, is_blocked, keep_until)
VALUES (:host, 0, :now, :status, 0, :keep_until)
    ON CONFLICT (host) DO UPDATE SET status = excluded.status, keep_until = excluded.keep_until,
       failing_since = CASE WHEN fedi_host.failing_since = 0 THEN excluded.failing_since ELSE fedi_host.failing_since END;

-- fedi_host_block: nothing goes there and nothing is taken from there, or again
-- in: host text, is_blocked bool, keep_until ms    gives: count
INSERT INTO fedi_host (host, speaks, failing_since, status, is_blocked, keep_until)
VALUES (:host, 0, 0, 0, :is_blocked, :keep_until)
    ON CONFLICT (host) DO UPDATE SET is_blocked = excluded.is_blocked, keep_until = excluded.keep_until;

-- fedi_hosts_shown: hosts that take nothing, and those that are blocked
-- in:    gives: many
-- out: fedi_host_shown { host text, failing_since ms, status int, is_blocked bool, waiting int }
SELECT h.host AS host, h.failing_since AS failing_since, CAST(h.status AS BIGINT) AS status,
       CAST(h.is_blocked AS BIGINT) AS is_blocked,
       CAST((SELECT COUNT(*) FROM fedi_delivery d WHERE d.host = h.host) AS BIGINT) AS waiting
  FROM fedi_host h WHERE h.failing_since > 0 OR h.is_blocked = 1 ORDER BY h.is_blocked DESC, h.failing_since, h.host LIMIT 200;

-- fedi_host_followers_end: everybody who follows from a host
-- in: host text    gives: count
DELETE FROM fedi_follower WHERE box IN (SELECT id FROM fedi_box WHERE host = :host);

-- fedi_host_deliveries_end: and what waits for it
-- in: host text    gives: count
DELETE FROM fedi_delivery WHERE host = :host;

-- fedi_host_boxes_end: and its inboxes
-- in: host text    gives: count
DELETE FROM fedi_box WHERE host = :host;

-- fedi_box_get: an inbox by its keyed hash
-- in: hash text    gives: maybe one
-- out: fedi_box_row { id id }
SELECT id AS id FROM fedi_box WHERE hash = :hash;

-- fedi_box_add: an inbox
-- in: key id, hash text, host text, keep_until ms, address sealed    gives: count
INSERT INTO fedi_box (id, hash, host, keep_until, address) VALUES (:key, :hash, :host, :keep_until, :address);

-- fedi_box_longer: it is in use, so it is kept
-- in: key id, keep_until ms, address sealed    gives: count
UPDATE fedi_box SET keep_until = :keep_until, address = :address WHERE id = :key;

-- fedi_followers_longer: and so are those who follow in it
-- in: box id, keep_until ms    gives: count
UPDATE fedi_follower SET keep_until = :keep_until WHERE box = :box;

-- fedi_box_followers_end: its server says that it is gone
-- in: box id    gives: count
DELETE FROM fedi_follower WHERE box = :box;

-- fedi_boxes_idle: inboxes in which nobody follows and for which nothing waits
-- in:    gives: count
DELETE FROM fedi_box WHERE NOT EXISTS (SELECT 1 FROM fedi_follower f WHERE f.box = fedi_box.id)
   AND NOT EXISTS (SELECT 1 FROM fedi_delivery d WHERE d.box = fedi_box.id);

-- fedi_follower_add: somebody follows, or asked once more
-- in: key id, lang text, actor text, asked text, box id, now ms, keep_until ms    gives: count
INSERT INTO fedi_follower (id, lang, actor, asked, box, since, keep_until)
VALUES (:key, :lang, :actor, :asked, :box, :now, :keep_until)
    ON CONFLICT (lang, actor) DO UPDATE SET asked = excluded.asked, box = excluded.box, keep_until = excluded.keep_until;

-- fedi_follower_end: follows no more in this language
-- in: lang text, actor text    gives: count
DELETE FROM fedi_follower WHERE lang = :lang AND actor = :actor;

-- fedi_follower_asked_end: takes back what was asked
-- in: actor text, asked text    gives: count
DELETE FROM fedi_follower WHERE actor = :actor AND asked = :asked;

-- fedi_actor_ends: is no more, or has moved
-- in: actor text    gives: count
DELETE FROM fedi_follower WHERE actor = :actor;

-- fedi_actor_follows: in how many languages
-- in: actor text    gives: one
-- out: fedi_number { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM fedi_follower WHERE actor = :actor;

-- fedi_followers_count: how many follow, by language
-- in:    gives: many
-- out: fedi_counted { lang text, n int }
SELECT lang AS lang, CAST(COUNT(*) AS BIGINT) AS n FROM fedi_follower GROUP BY lang ORDER BY lang;

-- fedi_queue_count: what waits to be delivered
-- in:    gives: one
-- out: fedi_number { n int }
SELECT CAST(COUNT(*) AS BIGINT) AS n FROM fedi_delivery;

-- fedi_inbox_add: something a server sent
-- in: key id, once text, sender text, kind int, now ms, keep_until ms, words sealed    gives: count
INSERT INTO fedi_inbox (id, once, sender, kind, taken_at, is_done, due_at, tries, keep_until, words)
VALUES (:key, :once, :sender, :kind, :now, 0, :now, 0, :keep_until, :words)
    ON CONFLICT (once) DO NOTHING;

-- fedi_inbox_count: how many wait, and how many of a sender's and of everybody's were taken lately
-- in: sender text, kind int, since ms    gives: one
-- out: fedi_inbox_counts { waiting int, lately int, all_lately int }
SELECT CAST((SELECT COUNT(*) FROM fedi_inbox WHERE is_done = 0) AS BIGINT) AS waiting,
       CAST((SELECT COUNT(*) FROM fedi_inbox WHERE sender = :sender AND kind = :kind AND taken_at > :since) AS BIGINT) AS lately,
       CAST((SELECT COUNT(*) FROM fedi_inbox WHERE kind = :kind AND taken_at > :since) AS BIGINT) AS all_lately;

-- fedi_inbox_due: what is to be looked at
-- in: now ms, far ms, most int    gives: many
-- out: fedi_inbox_row { id id, kind int, tries int, words sealed }
SELECT id AS id, CAST(kind AS BIGINT) AS kind, CAST(tries AS BIGINT) AS tries, words AS words
  FROM fedi_inbox WHERE is_done = 0 AND (due_at <= :now OR due_at > :far) ORDER BY id LIMIT :most;

-- fedi_inbox_lease: it is being looked at
-- in: key id, now ms, far ms, until ms    gives: count
UPDATE fedi_inbox SET due_at = :until, tries = tries + 1 WHERE id = :key AND (due_at <= :now OR due_at > :far);

-- fedi_inbox_done: its words are deleted; the rest stays for a day, so that it is not taken twice
-- in: key id    gives: count
UPDATE fedi_inbox SET words = NULL, is_done = 1 WHERE id = :key;
