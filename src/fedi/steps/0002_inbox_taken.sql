CREATE INDEX fedi_inbox_taken ON fedi_inbox (kind, taken_at);
