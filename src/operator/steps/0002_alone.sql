CREATE TABLE operator_alone (
    id BIGINT NOT NULL PRIMARY KEY,
    said_at BIGINT NOT NULL,
    said_by BIGINT NOT NULL,
    is_alone BIGINT NOT NULL
);
