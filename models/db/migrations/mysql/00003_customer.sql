-- +goose Up
CREATE TABLE IF NOT EXISTS fields (
  k VARCHAR(48) NOT NULL PRIMARY KEY,
  definition TEXT NOT NULL,
  is_on TINYINT NOT NULL,
  purposes VARCHAR(120) NOT NULL,
  reason VARCHAR(500) NOT NULL DEFAULT '',
  version BIGINT NOT NULL DEFAULT 1,
  updated_at BIGINT NOT NULL,
  updated_by BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS fields_head (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT IGNORE INTO fields_head (id, version) VALUES (1, 0);

-- Identity: what look-up and lists need of a customer, kept in step with the
-- facts. Texts that hold several values separate them by line feeds.
CREATE TABLE IF NOT EXISTS customers (
  id BIGINT NOT NULL PRIMARY KEY,
  public_id CHAR(12) NOT NULL UNIQUE,
  kind TINYINT NOT NULL,
  name VARCHAR(200) NOT NULL,
  reading VARCHAR(200) NOT NULL DEFAULT '',
  other_names VARCHAR(800) NOT NULL DEFAULT '',
  address_as VARCHAR(80) NOT NULL DEFAULT '',
  phones VARCHAR(400) NOT NULL DEFAULT '',
  emails VARCHAR(800) NOT NULL DEFAULT '',
  plates VARCHAR(200) NOT NULL DEFAULT '',
  member_no VARCHAR(40) NOT NULL DEFAULT '',
  tier VARCHAR(40) NOT NULL DEFAULT '',
  sex VARCHAR(10) NOT NULL DEFAULT '',
  language VARCHAR(40) NOT NULL DEFAULT '',
  city VARCHAR(80) NOT NULL DEFAULT '',
  employer VARCHAR(200) NOT NULL DEFAULT '',
  branch_id BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  facts BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What is known, a row each. state: 0 in force, 1 superseded, 2 outranked when
-- it came. Facts in force lie together, so a card reads them in one range
-- whatever the history. Nothing is ever overwritten: a row only changes state.
CREATE TABLE IF NOT EXISTS facts (
  customer_id BIGINT NOT NULL,
  state TINYINT NOT NULL,
  n BIGINT NOT NULL,
  field VARCHAR(48) NOT NULL,
  item SMALLINT NOT NULL DEFAULT 0,
  none TINYINT NOT NULL DEFAULT 0,
  value TEXT,
  sealed MEDIUMBLOB,
  band VARCHAR(24) NOT NULL DEFAULT '',
  channel VARCHAR(12) NOT NULL,
  trust TINYINT NOT NULL,
  source VARCHAR(80) NOT NULL DEFAULT '',
  staff_id BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  import_id BIGINT NOT NULL DEFAULT 0,
  recorded_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL DEFAULT 0,
  ended_by BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, state, n)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS customer_keys (
  kind TINYINT NOT NULL,
  k VARCHAR(96) NOT NULL,
  customer_id BIGINT NOT NULL,
  PRIMARY KEY (kind, k, customer_id),
  KEY customer_keys_by_customer (customer_id, kind, k)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

