-- +goose Up
-- Each customer's data key, wrapped by the keyset outside any database. This
-- table never goes into ordinary backups: deleting a row here makes the
-- customer's sealed values unreadable in every copy there is.
CREATE TABLE IF NOT EXISTS data_keys (
  owner VARCHAR(24) NOT NULL PRIMARY KEY,
  wrapped MEDIUMBLOB NOT NULL,
  created_at BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
