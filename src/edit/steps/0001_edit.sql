CREATE TABLE edit_text (
    slug TEXT NOT NULL PRIMARY KEY,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    organisation BIGINT NOT NULL,
    original TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE TABLE edit_version (
    slug TEXT NOT NULL,
    lang TEXT NOT NULL,
    head BIGINT NOT NULL,
    shown BIGINT NOT NULL,
    worded BIGINT NOT NULL,
    follows BIGINT NOT NULL,
    state TEXT NOT NULL,
    author BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    title TEXT NOT NULL,
    published TEXT NOT NULL,
    claim TEXT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    remark TEXT NOT NULL,
    remark_by BIGINT NOT NULL,
    take_by BIGINT NOT NULL,
    PRIMARY KEY (slug, lang)
);
CREATE TABLE edit_revision (
    slug TEXT NOT NULL,
    lang TEXT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    author BIGINT NOT NULL,
    how TEXT NOT NULL,
    based_on BIGINT NOT NULL,
    follows BIGINT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    theme TEXT NOT NULL,
    states TEXT NOT NULL,
    published TEXT NOT NULL,
    PRIMARY KEY (slug, lang, number)
);
CREATE TABLE edit_mine (
    person BIGINT NOT NULL,
    slug TEXT NOT NULL,
    lang TEXT NOT NULL,
    at BIGINT NOT NULL,
    based_on BIGINT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    theme TEXT NOT NULL,
    states TEXT NOT NULL,
    published TEXT NOT NULL,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (person, slug, lang)
);
