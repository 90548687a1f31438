CREATE TABLE course_class (
    id BIGINT NOT NULL PRIMARY KEY,
    course TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    made_on TEXT NOT NULL,
    shown BIGINT NOT NULL,
    shown_on TEXT NOT NULL,
    keep_until BIGINT NOT NULL
);
CREATE INDEX course_class_made ON course_class (made_on);
CREATE INDEX course_class_end ON course_class (keep_until);
CREATE TABLE course_pass (
    class BIGINT NOT NULL REFERENCES course_class (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL, -- personal
    keep_until BIGINT NOT NULL,
    PRIMARY KEY (class, hash)
);
CREATE INDEX course_pass_end ON course_pass (keep_until);
