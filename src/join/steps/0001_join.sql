CREATE TABLE join_application (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    iso3 TEXT NOT NULL,
    partner TEXT NOT NULL,
    state TEXT NOT NULL,
    lang TEXT NOT NULL,
    mail_hash BYTEA NOT NULL, -- personal
    name_hash BYTEA NOT NULL, -- personal
    host_hash BYTEA NOT NULL, -- personal
    mail BYTEA NOT NULL, -- sealed join
    words BYTEA NOT NULL, -- sealed join
    links BIGINT NOT NULL,
    linked_at BIGINT NOT NULL,
    erased BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    moved_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    agreed_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    member TEXT NOT NULL,
    joined_on TEXT NOT NULL,
    left_on TEXT NOT NULL,
    ending_by BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX join_application_state ON join_application (state, id);
CREATE INDEX join_application_mail ON join_application (mail_hash);
CREATE INDEX join_application_name ON join_application (name_hash);
CREATE INDEX join_application_host ON join_application (host_hash);
CREATE INDEX join_application_made ON join_application (made_at);
CREATE INDEX join_application_organisation ON join_application (organisation);
CREATE INDEX join_application_end ON join_application (keep_until);
CREATE TABLE join_said (
    id BIGINT NOT NULL PRIMARY KEY,
    application BIGINT NOT NULL REFERENCES join_application (id) ON DELETE CASCADE,
    sort TEXT NOT NULL,
    by_person BIGINT NOT NULL,
    words BYTEA NOT NULL, -- sealed join
    said_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX join_said_application ON join_said (application);
CREATE INDEX join_said_end ON join_said (keep_until);
CREATE TABLE join_event (
    id BIGINT NOT NULL PRIMARY KEY,
    organisation BIGINT NOT NULL,
    event TEXT NOT NULL,
    day TEXT NOT NULL,
    observance TEXT NOT NULL,
    detail TEXT NOT NULL, -- personal
    title TEXT NOT NULL, -- personal
    address TEXT NOT NULL, -- personal
    by_person BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX join_event_organisation ON join_event (organisation);
CREATE INDEX join_event_end ON join_event (keep_until);
CREATE TABLE join_pause (
    one BIGINT NOT NULL PRIMARY KEY,
    paused_at BIGINT NOT NULL,
    by_person BIGINT NOT NULL,
    CHECK (one = 1)
);
