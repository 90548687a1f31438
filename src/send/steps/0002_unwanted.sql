CREATE TABLE send_unwanted (
    mail_hash BYTEA NOT NULL PRIMARY KEY, -- personal
    keep_until BIGINT NOT NULL
);
CREATE INDEX send_unwanted_end ON send_unwanted (keep_until);
