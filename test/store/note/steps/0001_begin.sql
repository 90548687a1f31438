CREATE TABLE note_writer (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL, -- personal
    keep_until BIGINT NOT NULL
);
CREATE TABLE note_line (
    id BIGINT NOT NULL PRIMARY KEY,
    writer BIGINT NOT NULL REFERENCES note_writer (id),
    above BIGINT REFERENCES note_line (id),
    title TEXT NOT NULL,
    words BYTEA NOT NULL, -- sealed dummy
    keep_until BIGINT NOT NULL
);
CREATE TABLE note_sum (
    number BIGINT NOT NULL PRIMARY KEY,
    title TEXT,
    raw BYTEA
);
