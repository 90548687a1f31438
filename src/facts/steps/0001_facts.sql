CREATE TABLE facts_waiting (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    deed TEXT NOT NULL,
    claim TEXT NOT NULL,
    cells TEXT NOT NULL,
    reason TEXT NOT NULL,
    why TEXT NOT NULL,
    back TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX facts_waiting_end ON facts_waiting (keep_until);
CREATE TABLE facts_withdrawn (
    claim TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (claim, at)
);
CREATE TABLE facts_import (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    is_whole BIGINT NOT NULL,
    words TEXT NOT NULL,
    asked TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX facts_import_end ON facts_import (keep_until);
CREATE TABLE facts_reply (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation BIGINT NOT NULL,
    iso3 TEXT NOT NULL,
    claim TEXT NOT NULL,
    speaker TEXT NOT NULL,
    day TEXT NOT NULL,
    back TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX facts_reply_claim ON facts_reply (claim, iso3);
CREATE INDEX facts_reply_end ON facts_reply (keep_until);
CREATE TABLE facts_reply_text (
    reply BIGINT NOT NULL REFERENCES facts_reply (id) ON DELETE CASCADE,
    lang TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (reply, lang)
);
