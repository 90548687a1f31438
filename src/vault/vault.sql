-- The vault's tables. For now one row that proves that sealing works here.
-- topic: none

-- vault_proof_add: a sealed row that proves the vault can keep one
-- in: key id, keep_until ms, words sealed   gives: count
INSERT INTO vault_proof (id, keep_until, words) VALUES (:key, :keep_until, :words);

-- vault_proof_last: the newest proof
-- in:   gives: maybe one
-- out: vault_proof { id id, keep_until ms, words sealed }
SELECT id AS id, keep_until AS keep_until, words AS words FROM vault_proof ORDER BY id DESC LIMIT 1;
