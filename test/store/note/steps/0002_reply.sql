ALTER TABLE note_line ADD COLUMN reply BYTEA; -- sealed answer
