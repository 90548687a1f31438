CREATE TABLE media_item (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('picture', 'film')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    content TEXT NOT NULL,
    wide BIGINT NOT NULL,
    high BIGINT NOT NULL,
    notes BIGINT NOT NULL,
    people BIGINT NOT NULL,
    credit TEXT NOT NULL,
    licence TEXT NOT NULL,
    link TEXT NOT NULL,
    organisation BIGINT NOT NULL,
    entered_by BIGINT NOT NULL,
    entered_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    withdrawn_why TEXT NOT NULL
);
CREATE UNIQUE INDEX media_item_name ON media_item (name);
CREATE INDEX media_item_state ON media_item (state, changed_at);
CREATE TABLE media_size (
    item BIGINT NOT NULL REFERENCES media_item (id) ON DELETE CASCADE,
    wide BIGINT NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('jpg', 'png', 'webp')),
    high BIGINT NOT NULL,
    content TEXT NOT NULL,
    length BIGINT NOT NULL,
    bytes BYTEA NOT NULL, -- personal
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (item, wide, format)
);
CREATE INDEX media_size_end ON media_size (keep_until);
CREATE TABLE media_text (
    item BIGINT NOT NULL REFERENCES media_item (id) ON DELETE CASCADE,
    lang TEXT NOT NULL,
    alt TEXT NOT NULL,
    caption TEXT NOT NULL,
    PRIMARY KEY (item, lang)
);
CREATE TABLE media_consent (
    id BIGINT NOT NULL PRIMARY KEY,
    item BIGINT NOT NULL REFERENCES media_item (id) ON DELETE CASCADE,
    people BIGINT NOT NULL CHECK (people > 0),
    scope TEXT NOT NULL,
    is_for_site BIGINT NOT NULL,
    given_on TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    holder BIGINT NOT NULL,
    reference TEXT NOT NULL, -- personal
    withdrawn_at BIGINT NOT NULL,
    entered_by BIGINT NOT NULL,
    entered_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX media_consent_item ON media_consent (item);
CREATE INDEX media_consent_end ON media_consent (keep_until);
CREATE TABLE media_use (
    item BIGINT NOT NULL REFERENCES media_item (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    lang TEXT NOT NULL,
    noted_at BIGINT NOT NULL,
    PRIMARY KEY (item, place, lang)
);
CREATE INDEX media_use_place ON media_use (place, lang);
CREATE TABLE media_event (
    id BIGINT NOT NULL PRIMARY KEY,
    item BIGINT NOT NULL REFERENCES media_item (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    who BIGINT NOT NULL
);
CREATE INDEX media_event_item ON media_event (item, id);
