-- +goose Up
-- What the rows of an import became, and how its columns were taken: shape holds
-- headings and mapping, sealed under the import's key, since a first row taken for
-- headings is somebody's; shape_hash finds the files with the same headings. An
-- undo begins at undo_at, goes on behind undo_rows, and has ended at undone_at.
ALTER TABLE imports ADD COLUMN IF NOT EXISTS target VARCHAR(16) NOT NULL DEFAULT 'customers';
ALTER TABLE imports ADD COLUMN IF NOT EXISTS mode VARCHAR(8) NOT NULL DEFAULT 'add';
ALTER TABLE imports ADD COLUMN IF NOT EXISTS format VARCHAR(8) NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN IF NOT EXISTS delimiter VARCHAR(4) NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN IF NOT EXISTS shape_hash VARCHAR(64) NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN IF NOT EXISTS shape MEDIUMBLOB;
ALTER TABLE imports ADD COLUMN IF NOT EXISTS undo_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN IF NOT EXISTS undo_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN IF NOT EXISTS undo_reason VARCHAR(200) NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN IF NOT EXISTS undo_rows BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN IF NOT EXISTS undone_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN IF NOT EXISTS undone_customers BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN IF NOT EXISTS undone_restored BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN IF NOT EXISTS undone_facts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN IF NOT EXISTS undone_stays BIGINT NOT NULL DEFAULT 0;
CREATE INDEX IF NOT EXISTS imports_by_shape ON imports (shape_hash, id);

-- What an import changed and facts do not remember, as it was before. kind: 1 a
-- customer, 2 a stay, 3 a preference, n then its number. mark is what the import
-- left: the version of a stay, the moment a preference was confirmed, so that a
-- later change is noticed. body is empty for what the import made; that of a stay
-- is sealed under the import's key.
CREATE TABLE IF NOT EXISTS import_before (
  import_id BIGINT NOT NULL,
  kind TINYINT NOT NULL,
  object_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  mark BIGINT NOT NULL,
  body MEDIUMBLOB,
  PRIMARY KEY (import_id, kind, object_id, n)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
