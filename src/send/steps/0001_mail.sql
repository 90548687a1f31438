CREATE TABLE send_mail (
    id BIGINT NOT NULL PRIMARY KEY,
    once TEXT NOT NULL,
    token TEXT NOT NULL,
    room TEXT NOT NULL,
    kind TEXT NOT NULL,
    state BIGINT NOT NULL,
    rank BIGINT NOT NULL,
    reason BIGINT NOT NULL,
    queued_at BIGINT NOT NULL,
    useful_until BIGINT NOT NULL,
    tried_from BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    node BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    words BYTEA, -- sealed mail
    CHECK (state >= 1 AND state <= 5)
);
CREATE UNIQUE INDEX send_mail_once ON send_mail (once);
CREATE UNIQUE INDEX send_mail_token ON send_mail (token);
CREATE INDEX send_mail_due ON send_mail (state, rank, due_at);
CREATE INDEX send_mail_end ON send_mail (keep_until);
CREATE TABLE send_server (
    one BIGINT NOT NULL PRIMARY KEY,
    trouble_since BIGINT NOT NULL,
    reason BIGINT NOT NULL,
    CHECK (one = 1)
);
