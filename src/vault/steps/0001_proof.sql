CREATE TABLE vault_proof (
    id BIGINT NOT NULL PRIMARY KEY,
    keep_until BIGINT NOT NULL,
    words BYTEA NOT NULL -- sealed dummy
);
CREATE INDEX vault_proof_end ON vault_proof (keep_until);
