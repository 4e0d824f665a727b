-- +goose Up
CREATE TABLE IF NOT EXISTS imports (
  id BIGINT NOT NULL PRIMARY KEY,
  file_hash VARCHAR(64) NOT NULL,
  options_hash VARCHAR(64) NOT NULL,
  file_name VARCHAR(200) NOT NULL,
  channel VARCHAR(12) NOT NULL,
  source VARCHAR(80) NOT NULL,
  rows_done BIGINT NOT NULL DEFAULT 0,
  line_done BIGINT NOT NULL DEFAULT 0,
  created BIGINT NOT NULL DEFAULT 0,
  joined BIGINT NOT NULL DEFAULT 0,
  refused BIGINT NOT NULL DEFAULT 0,
  skipped BIGINT NOT NULL DEFAULT 0,
  warned BIGINT NOT NULL DEFAULT 0,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL DEFAULT 0,
  staff_id BIGINT NOT NULL,
  os_user VARCHAR(64) NOT NULL DEFAULT '',
  UNIQUE (file_hash, options_hash)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Every row of a file as it came, sealed: under the customer's key, or for a
-- refused row under the import's own key. What was wrong stands beside it.
CREATE TABLE IF NOT EXISTS import_rows (
  import_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  line BIGINT NOT NULL,
  outcome TINYINT NOT NULL,
  customer_id BIGINT NOT NULL DEFAULT 0,
  problems TEXT NOT NULL,
  sealed MEDIUMBLOB,
  PRIMARY KEY (import_id, n),
  KEY import_rows_by_customer (customer_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

