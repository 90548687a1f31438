-- Forms that were followed by a deed, so that none is done twice.
-- topic: none

-- web_once_get: where a form already led
-- in: once bytes    gives: maybe one
-- out: web_done { location text }
SELECT location AS location FROM web_once WHERE once = :once;

-- web_once_add: this form was followed by a deed
-- in: once bytes, location text, keep_until ms    gives: count
INSERT INTO web_once (once, location, keep_until) VALUES (:once, :location, :keep_until) ON CONFLICT (once) DO NOTHING;
