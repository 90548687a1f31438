CREATE TABLE operator_said (
    id BIGINT NOT NULL PRIMARY KEY,
    said_at BIGINT NOT NULL,
    said_by BIGINT NOT NULL,
    name TEXT NOT NULL,
    iso3 TEXT NOT NULL,
    contact TEXT NOT NULL,
    address TEXT NOT NULL,
    mark TEXT NOT NULL,
    mark_note TEXT NOT NULL
);
