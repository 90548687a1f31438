CREATE TABLE study_study (
    id BIGINT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    iso3 TEXT NOT NULL,
    place TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    counted TEXT NOT NULL,
    lists BYTEA NOT NULL, -- sealed study
    wish TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX study_study_end ON study_study (keep_until);
CREATE TABLE study_run (
    id BIGINT NOT NULL PRIMARY KEY,
    study BIGINT NOT NULL REFERENCES study_study (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    node BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    doing TEXT NOT NULL,
    permille BIGINT NOT NULL,
    is_unwanted BIGINT NOT NULL,
    result BYTEA NOT NULL, -- sealed study
    keep_until BIGINT NOT NULL
);
CREATE INDEX study_run_study ON study_run (study);
CREATE INDEX study_run_state ON study_run (state, id);
CREATE INDEX study_run_end ON study_run (keep_until);
CREATE TABLE study_edition (
    id BIGINT NOT NULL PRIMARY KEY,
    series TEXT NOT NULL,
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    study BIGINT NOT NULL,
    lang TEXT NOT NULL,
    title TEXT NOT NULL,
    iso3 TEXT NOT NULL,
    place TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    counted TEXT NOT NULL,
    lists TEXT NOT NULL,
    remark TEXT NOT NULL,
    result TEXT NOT NULL,
    back TEXT NOT NULL,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    agreed_by BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL
);
CREATE INDEX study_edition_series ON study_edition (series, number);
CREATE INDEX study_edition_state ON study_edition (state, id);
