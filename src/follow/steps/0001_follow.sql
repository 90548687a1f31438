CREATE TABLE follow_follower (
    id BIGINT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    mail_hash BYTEA NOT NULL, -- personal
    mail BYTEA NOT NULL, -- sealed follow
    topics TEXT NOT NULL,
    lang TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    mailed_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    CHECK (state IN ('asked', 'on'))
);
CREATE INDEX follow_follower_mail ON follow_follower (mail_hash);
CREATE INDEX follow_follower_due ON follow_follower (state, seen_at);
CREATE INDEX follow_follower_end ON follow_follower (keep_until);
CREATE TABLE follow_noticed (
    what TEXT NOT NULL PRIMARY KEY,
    noticed_at BIGINT NOT NULL
);
CREATE INDEX follow_noticed_at ON follow_noticed (noticed_at);
