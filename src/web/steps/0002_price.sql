CREATE TABLE web_load (
    form TEXT NOT NULL,
    minute BIGINT NOT NULL,
    slot BIGINT NOT NULL,
    n BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (form, minute, slot)
);
CREATE INDEX web_load_end ON web_load (keep_until);
CREATE TABLE web_shut (
    form TEXT NOT NULL PRIMARY KEY,
    shut_at BIGINT NOT NULL,
    by_person BIGINT NOT NULL
);
