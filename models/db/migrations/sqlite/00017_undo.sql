-- +goose Up
-- What the rows of an import became, and how its columns were taken: shape holds
-- headings and mapping, sealed under the import's key, since a first row taken for
-- headings is somebody's; shape_hash finds the files with the same headings. An
-- undo begins at undo_at, goes on behind undo_rows, and has ended at undone_at.
ALTER TABLE imports ADD COLUMN target TEXT NOT NULL DEFAULT 'customers';
ALTER TABLE imports ADD COLUMN mode TEXT NOT NULL DEFAULT 'add';
ALTER TABLE imports ADD COLUMN format TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN delimiter TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN shape_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN shape BLOB;
ALTER TABLE imports ADD COLUMN undo_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN undo_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN undo_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN undo_rows INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN undone_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN undone_customers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN undone_restored INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN undone_facts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN undone_stays INTEGER NOT NULL DEFAULT 0;
CREATE INDEX IF NOT EXISTS imports_by_shape ON imports (shape_hash, id);

-- What an import changed and facts do not remember, as it was before. kind: 1 a
-- customer, 2 a stay, 3 a preference, n then its number. mark is what the import
-- left: the version of a stay, the moment a preference was confirmed, so that a
-- later change is noticed. body is empty for what the import made; that of a stay
-- is sealed under the import's key.
CREATE TABLE IF NOT EXISTS import_before (
  import_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  object_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  mark INTEGER NOT NULL,
  body BLOB,
  PRIMARY KEY (import_id, kind, object_id, n)
) WITHOUT ROWID;
