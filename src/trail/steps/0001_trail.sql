CREATE TABLE trail_entry (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    deed TEXT NOT NULL,
    actor BIGINT NOT NULL,
    subject TEXT NOT NULL,
    subject_row BIGINT NOT NULL,
    subject_code TEXT NOT NULL,
    organisation BIGINT NOT NULL,
    keyed BYTEA NOT NULL,
    before BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CHECK (number > 0)
);
CREATE INDEX trail_entry_actor ON trail_entry (actor, number);
CREATE INDEX trail_entry_deed ON trail_entry (deed, number);
CREATE INDEX trail_entry_subject ON trail_entry (subject, subject_row, subject_code, number);
CREATE INDEX trail_entry_organisation ON trail_entry (organisation, number);
