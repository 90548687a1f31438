CREATE TABLE send_asked (
    id BIGINT NOT NULL PRIMARY KEY,
    mail_hash BYTEA NOT NULL, -- personal
    keep_until BIGINT NOT NULL
);
CREATE INDEX send_asked_mail ON send_asked (mail_hash);
CREATE INDEX send_asked_end ON send_asked (keep_until);
