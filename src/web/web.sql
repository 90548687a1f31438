-- Forms that were followed by a deed, so that none is done twice.
-- topic: none

-- web_once_get: where a form already led
-- in: once bytes    gives: maybe one
-- out: web_done { location text }
SELECT location AS location FROM web_once WHERE once = :once;

-- web_once_add: this form was followed by a deed
-- in: once bytes, location text, keep_until ms    gives: count
INSERT INTO web_once (once, location, keep_until) VALUES (:once, :location, :keep_until) ON CONFLICT (once) DO NOTHING;

-- web_load_add: a form of the public was paid for
-- in: form text, minute int, slot int, keep_until ms    gives: count
INSERT INTO web_load (form, minute, slot, n, keep_until) VALUES (:form, :minute, :slot, 1, :keep_until)
    ON CONFLICT (form, minute, slot) DO UPDATE SET n = web_load.n + 1;

-- web_load_since: how many came after a minute
-- in: form text, minute int    gives: one
-- out: web_came { n int }
SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) AS n FROM web_load WHERE form = :form AND minute > :minute;

-- web_shut_get: since when a form is shut
-- in: form text    gives: maybe one
-- out: web_shut { shut_at ms, by_person id }
SELECT shut_at AS shut_at, by_person AS by_person FROM web_shut WHERE form = :form;

-- web_shut_put: a form is shut
-- in: form text, now ms, by_person id    gives: count
INSERT INTO web_shut (form, shut_at, by_person) VALUES (:form, :now, :by_person) ON CONFLICT (form) DO NOTHING;

-- web_shut_drop: it is open again
-- in: form text    gives: count
DELETE FROM web_shut WHERE form = :form;
