CREATE TABLE claim_row (
    key BIGINT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    on_day TEXT NOT NULL,
    cells TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    retracted_at BIGINT NOT NULL,
    entered_by BIGINT NOT NULL,
    CHECK (recorded_at < retracted_at)
);
CREATE UNIQUE INDEX claim_row_id ON claim_row (id, retracted_at);
CREATE INDEX claim_row_subject ON claim_row (kind, subject, on_day);
CREATE INDEX claim_row_day ON claim_row (on_day, kind);
CREATE TABLE claim_import (
    kind TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    added BIGINT NOT NULL,
    retracted BIGINT NOT NULL,
    PRIMARY KEY (imported_at, kind)
);
