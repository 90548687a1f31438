CREATE TABLE kit_plan (
    slug TEXT NOT NULL PRIMARY KEY,
    observance TEXT NOT NULL,
    rule TEXT NOT NULL,
    pictures TEXT NOT NULL,
    texts TEXT NOT NULL,
    author BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
