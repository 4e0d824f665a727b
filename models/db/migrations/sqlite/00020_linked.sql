-- +goose Up
ALTER TABLE stays ADD COLUMN linked INTEGER NOT NULL DEFAULT 0;
UPDATE stays SET linked = 1 WHERE source = 'link';
