-- +goose Up
-- Each customer's data key, wrapped by the keyset outside any database. This
-- table never goes into ordinary backups: deleting a row here makes the
-- customer's sealed values unreadable in every copy there is.
CREATE TABLE IF NOT EXISTS data_keys (
  owner TEXT NOT NULL PRIMARY KEY,
  wrapped BLOB NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
