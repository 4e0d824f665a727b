-- +goose Up
CREATE TABLE IF NOT EXISTS imports (
  id INTEGER NOT NULL PRIMARY KEY,
  file_hash TEXT NOT NULL,
  options_hash TEXT NOT NULL,
  file_name TEXT NOT NULL,
  channel TEXT NOT NULL,
  source TEXT NOT NULL,
  rows_done INTEGER NOT NULL DEFAULT 0,
  line_done INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  joined INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  warned INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL DEFAULT 0,
  staff_id INTEGER NOT NULL,
  os_user TEXT NOT NULL DEFAULT '',
  UNIQUE (file_hash, options_hash)
);

-- Every row of a file as it came, sealed: under the customer's key, or for a
-- refused row under the import's own key. What was wrong stands beside it.
CREATE TABLE IF NOT EXISTS import_rows (
  import_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  line INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  customer_id INTEGER NOT NULL DEFAULT 0,
  problems TEXT NOT NULL,
  sealed BLOB,
  PRIMARY KEY (import_id, n)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS import_rows_by_customer ON import_rows (customer_id);
