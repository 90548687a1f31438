CREATE TABLE search_doc (
    lang TEXT NOT NULL,
    number BIGINT NOT NULL,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    written_in TEXT NOT NULL,
    PRIMARY KEY (lang, number)
);
CREATE TABLE search_word (
    lang TEXT NOT NULL,
    word TEXT NOT NULL,
    found BIGINT NOT NULL,
    hits BYTEA NOT NULL,
    PRIMARY KEY (lang, word)
);
CREATE TABLE search_made (
    lang TEXT NOT NULL PRIMARY KEY,
    docs BIGINT NOT NULL,
    stamp TEXT NOT NULL
);
