CREATE TABLE ask_waiting (
    id BIGINT NOT NULL PRIMARY KEY,
    text_hash BYTEA NOT NULL, -- personal
    about TEXT NOT NULL,
    lang TEXT NOT NULL,
    words BYTEA NOT NULL, -- sealed question
    draft BYTEA, -- sealed question
    drafts BIGINT NOT NULL,
    by_person BIGINT NOT NULL,
    n BIGINT NOT NULL,
    made_on TEXT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE UNIQUE INDEX ask_waiting_text ON ask_waiting (text_hash, about);
CREATE INDEX ask_waiting_made ON ask_waiting (made_on, id);
CREATE INDEX ask_waiting_end ON ask_waiting (keep_until);
CREATE TABLE ask_answer (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    about TEXT NOT NULL,
    lang TEXT NOT NULL,
    question TEXT NOT NULL,
    is_short BIGINT NOT NULL,
    answer TEXT NOT NULL,
    day TEXT NOT NULL
);
CREATE UNIQUE INDEX ask_answer_code ON ask_answer (code);
CREATE INDEX ask_answer_about ON ask_answer (about, id);
CREATE TABLE ask_count (
    month TEXT NOT NULL,
    what TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (month, what)
);
