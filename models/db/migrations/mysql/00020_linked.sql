-- +goose Up
ALTER TABLE stays ADD COLUMN linked TINYINT NOT NULL DEFAULT 0;
UPDATE stays SET linked = 1 WHERE source = 'link';
