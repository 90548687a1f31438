-- Texts being written: which there are, every revision of each, and what somebody has not saved yet. No public page is made
-- of any of it; what is published is a claim.
-- topic: none

-- edit_text_get: a text that somebody works on here
-- in: slug text    gives: maybe one
-- out: edit_text { slug text, id id, kind text, organisation id, original text, made_at ms }
SELECT slug AS slug, id AS id, kind AS kind, organisation AS organisation, original AS original, made_at AS made_at
  FROM edit_text WHERE slug = :slug;

-- edit_texts_all: every one
-- in:    gives: many
-- out: edit_text { slug text, id id, kind text, organisation id, original text, made_at ms }
SELECT slug AS slug, id AS id, kind AS kind, organisation AS organisation, original AS original, made_at AS made_at
  FROM edit_text ORDER BY slug;

-- edit_text_add: a text is worked on from now on
-- in: slug text, key id, kind text, organisation id, original text, now ms    gives: count
INSERT INTO edit_text (slug, id, kind, organisation, original, made_at)
VALUES (:slug, :key, :kind, :organisation, :original, :now) ON CONFLICT (slug) DO NOTHING;

-- edit_text_drop: a text that was never shown is given up
-- in: slug text    gives: count
DELETE FROM edit_text WHERE slug = :slug;

-- edit_version_get: a text in a language
-- in: slug text, lang text    gives: maybe one
-- out: edit_version { slug text, lang text, head int, shown int, worded int, follows int, state text, author id, changed_at ms, title text, published text, claim text, asked_by id, asked_at ms, remark text, remark_by id, take_by id }
SELECT slug AS slug, lang AS lang, head AS head, shown AS shown, worded AS worded, follows AS follows, state AS state,
       author AS author, changed_at AS changed_at, title AS title, published AS published, claim AS claim,
       asked_by AS asked_by, asked_at AS asked_at, remark AS remark, remark_by AS remark_by, take_by AS take_by
  FROM edit_version WHERE slug = :slug AND lang = :lang;

-- edit_versions_all: every text in every language
-- in:    gives: many
-- out: edit_version { slug text, lang text, head int, shown int, worded int, follows int, state text, author id, changed_at ms, title text, published text, claim text, asked_by id, asked_at ms, remark text, remark_by id, take_by id }
SELECT slug AS slug, lang AS lang, head AS head, shown AS shown, worded AS worded, follows AS follows, state AS state,
       author AS author, changed_at AS changed_at, title AS title, published AS published, claim AS claim,
       asked_by AS asked_by, asked_at AS asked_at, remark AS remark, remark_by AS remark_by, take_by AS take_by
  FROM edit_version ORDER BY slug, lang;

-- edit_version_put: how it stands now
-- in: slug text, lang text, head int, shown int, worded int, follows int, state text, author id, changed_at ms, title text, published text, claim text, asked_by id, asked_at ms, remark text, remark_by id, take_by id    gives: count
INSERT INTO edit_version (slug, lang, head, shown, worded, follows, state, author, changed_at, title, published, claim,
                          asked_by, asked_at, remark, remark_by, take_by)
VALUES (:slug, :lang, :head, :shown, :worded, :follows, :state, :author, :changed_at, :title, :published, :claim,
        :asked_by, :asked_at, :remark, :remark_by, :take_by)
    ON CONFLICT (slug, lang) DO UPDATE SET head = excluded.head, shown = excluded.shown, worded = excluded.worded,
        follows = excluded.follows, state = excluded.state, author = excluded.author, changed_at = excluded.changed_at,
        title = excluded.title, published = excluded.published, claim = excluded.claim, asked_by = excluded.asked_by,
        asked_at = excluded.asked_at, remark = excluded.remark, remark_by = excluded.remark_by, take_by = excluded.take_by;

-- edit_version_drop: a version that was never shown is given up
-- in: slug text, lang text    gives: count
DELETE FROM edit_version WHERE slug = :slug AND lang = :lang;

-- edit_revision_add: somebody saved
-- in: slug text, lang text, number int, now ms, author id, how text, based_on int, follows int, title text, summary text, body text, theme text, states text, published text    gives: count
INSERT INTO edit_revision (slug, lang, number, at, author, how, based_on, follows, title, summary, body, theme, states, published)
VALUES (:slug, :lang, :number, :now, :author, :how, :based_on, :follows, :title, :summary, :body, :theme, :states, :published);

-- edit_revision_get: one revision
-- in: slug text, lang text, number int    gives: maybe one
-- out: edit_revision { number int, at ms, author id, how text, based_on int, follows int, title text, summary text, body text, theme text, states text, published text }
SELECT number AS number, at AS at, author AS author, how AS how, based_on AS based_on, follows AS follows, title AS title,
       summary AS summary, body AS body, theme AS theme, states AS states, published AS published
  FROM edit_revision WHERE slug = :slug AND lang = :lang AND number = :number;

-- edit_revision_last: the highest number there is
-- in: slug text, lang text    gives: one
-- out: edit_number { number int }
SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) AS number FROM edit_revision WHERE slug = :slug AND lang = :lang;

-- edit_revisions_of: what was saved, newest first, without the words
-- in: slug text, lang text    gives: many
-- out: edit_saved { number int, at ms, author id, how text, based_on int, title text }
SELECT number AS number, at AS at, author AS author, how AS how, based_on AS based_on, title AS title
  FROM edit_revision WHERE slug = :slug AND lang = :lang ORDER BY number DESC LIMIT 200;

-- edit_revisions_drop: the revisions of a version that was never shown
-- in: slug text, lang text    gives: count
DELETE FROM edit_revision WHERE slug = :slug AND lang = :lang;

-- edit_mine_put: what somebody typed and has not saved
-- in: person id, slug text, lang text, now ms, based_on int, title text, summary text, body text, theme text, states text, published text, keep_until ms    gives: count
INSERT INTO edit_mine (person, slug, lang, at, based_on, title, summary, body, theme, states, published, keep_until)
VALUES (:person, :slug, :lang, :now, :based_on, :title, :summary, :body, :theme, :states, :published, :keep_until)
    ON CONFLICT (person, slug, lang) DO UPDATE SET at = excluded.at, based_on = excluded.based_on, title = excluded.title,
        summary = excluded.summary, body = excluded.body, theme = excluded.theme, states = excluded.states,
        published = excluded.published, keep_until = excluded.keep_until;

-- edit_mine_get: the same, read again
-- in: person id, slug text, lang text, now ms    gives: maybe one
-- out: edit_unsaved { at ms, based_on int, title text, summary text, body text, theme text, states text, published text }
SELECT at AS at, based_on AS based_on, title AS title, summary AS summary, body AS body, theme AS theme, states AS states,
       published AS published
  FROM edit_mine WHERE person = :person AND slug = :slug AND lang = :lang AND keep_until > :now;

-- edit_mine_drop: it was saved, or thrown away
-- in: person id, slug text, lang text    gives: count
DELETE FROM edit_mine WHERE person = :person AND slug = :slug AND lang = :lang;
