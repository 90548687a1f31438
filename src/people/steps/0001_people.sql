CREATE TABLE people_organisation (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    iso3 TEXT NOT NULL,
    member TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL
);
CREATE TABLE people_person (
    id BIGINT NOT NULL PRIMARY KEY,
    mail_hash BYTEA NOT NULL,
    mail BYTEA NOT NULL, -- sealed people
    called BYTEA NOT NULL, -- sealed people
    lang TEXT NOT NULL,
    password TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_person_mail ON people_person (mail_hash);
CREATE INDEX people_person_end ON people_person (keep_until);
CREATE TABLE people_grant (
    person BIGINT NOT NULL REFERENCES people_person (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    organisation BIGINT NOT NULL,
    given_by BIGINT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (person, role, organisation)
);
CREATE TABLE people_invite (
    id BIGINT NOT NULL PRIMARY KEY,
    key_hash BYTEA NOT NULL,
    purpose TEXT NOT NULL,
    mail BYTEA NOT NULL, -- sealed people
    called BYTEA NOT NULL, -- sealed people
    lang TEXT NOT NULL,
    role TEXT NOT NULL,
    organisation BIGINT NOT NULL,
    person BIGINT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_invite_key ON people_invite (key_hash);
CREATE INDEX people_invite_end ON people_invite (keep_until);
CREATE TABLE people_session (
    id BIGINT NOT NULL PRIMARY KEY,
    key_hash BYTEA NOT NULL,
    person BIGINT NOT NULL REFERENCES people_person (id) ON DELETE CASCADE,
    is_half BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_session_key ON people_session (key_hash);
CREATE INDEX people_session_person ON people_session (person);
CREATE INDEX people_session_end ON people_session (keep_until);
CREATE TABLE people_totp (
    person BIGINT NOT NULL PRIMARY KEY REFERENCES people_person (id) ON DELETE CASCADE,
    secret BYTEA NOT NULL, -- sealed people
    step BIGINT NOT NULL,
    is_proved BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX people_totp_end ON people_totp (keep_until);
CREATE TABLE people_passkey (
    id BIGINT NOT NULL PRIMARY KEY,
    person BIGINT NOT NULL REFERENCES people_person (id) ON DELETE CASCADE,
    credential BYTEA NOT NULL,
    cose BYTEA NOT NULL,
    counter BIGINT NOT NULL,
    may_be_backed_up BIGINT NOT NULL,
    label TEXT NOT NULL, -- personal
    made_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_passkey_credential ON people_passkey (credential);
CREATE INDEX people_passkey_person ON people_passkey (person);
CREATE INDEX people_passkey_end ON people_passkey (keep_until);
CREATE TABLE people_recovery (
    person BIGINT NOT NULL REFERENCES people_person (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL,
    PRIMARY KEY (person, hash)
);
CREATE TABLE people_slow (
    account BYTEA NOT NULL PRIMARY KEY,
    tries BIGINT NOT NULL,
    wait_until BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX people_slow_end ON people_slow (keep_until);
