-- +goose Up
-- A signature is a superimposed code of all look-up keys of a customer: it tells
-- without another read that a second word of a query cannot hold. -1 excludes
-- nothing: rows from before have it until their customer is saved again.
ALTER TABLE customers ADD COLUMN signature_latin INTEGER NOT NULL DEFAULT -1;
ALTER TABLE customers ADD COLUMN signature_other INTEGER NOT NULL DEFAULT -1;
ALTER TABLE customer_keys ADD COLUMN signature_latin INTEGER NOT NULL DEFAULT -1;
ALTER TABLE customer_keys ADD COLUMN signature_other INTEGER NOT NULL DEFAULT -1;
ALTER TABLE recents ADD COLUMN signature_latin INTEGER NOT NULL DEFAULT -1;
ALTER TABLE recents ADD COLUMN signature_other INTEGER NOT NULL DEFAULT -1;
-- The latest of a branch are looked through in this index alone.
CREATE INDEX IF NOT EXISTS recents_latest ON recents (branch_id, at, signature_latin, signature_other);
DROP INDEX IF EXISTS recents_by_time;
