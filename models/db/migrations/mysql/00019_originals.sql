-- +goose Up
ALTER TABLE imports ADD COLUMN originals_gone INTEGER NOT NULL DEFAULT 0;
CREATE INDEX IF NOT EXISTS member_numbers_by_member ON member_numbers (member_id);
