CREATE TABLE pledge_sign (
    id BIGINT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    mail_hash BYTEA NOT NULL, -- personal
    name BYTEA, -- sealed pledge
    audience TEXT NOT NULL,
    promises TEXT NOT NULL,
    iso3 TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    CHECK (state IN ('asked', 'made'))
);
CREATE INDEX pledge_sign_mail ON pledge_sign (mail_hash);
CREATE INDEX pledge_sign_end ON pledge_sign (keep_until);
CREATE TABLE pledge_count (
    what TEXT NOT NULL,
    slot BIGINT NOT NULL,
    day TEXT NOT NULL,
    n BIGINT NOT NULL,
    earlier BIGINT NOT NULL,
    PRIMARY KEY (what, slot)
);
