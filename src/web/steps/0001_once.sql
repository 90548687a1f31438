CREATE TABLE web_once (
    once BYTEA NOT NULL PRIMARY KEY,
    location TEXT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX web_once_end ON web_once (keep_until);
