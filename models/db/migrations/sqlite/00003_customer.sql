-- +goose Up
CREATE TABLE IF NOT EXISTS fields (
  k TEXT NOT NULL PRIMARY KEY,
  definition TEXT NOT NULL,
  is_on INTEGER NOT NULL,
  purposes TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS fields_head (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL
);
INSERT OR IGNORE INTO fields_head (id, version) VALUES (1, 0);

-- Identity: what look-up and lists need of a customer, kept in step with the
-- facts. Texts that hold several values separate them by line feeds.
CREATE TABLE IF NOT EXISTS customers (
  id INTEGER NOT NULL PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  reading TEXT NOT NULL DEFAULT '',
  other_names TEXT NOT NULL DEFAULT '',
  address_as TEXT NOT NULL DEFAULT '',
  phones TEXT NOT NULL DEFAULT '',
  emails TEXT NOT NULL DEFAULT '',
  plates TEXT NOT NULL DEFAULT '',
  member_no TEXT NOT NULL DEFAULT '',
  tier TEXT NOT NULL DEFAULT '',
  sex TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  employer TEXT NOT NULL DEFAULT '',
  branch_id INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  facts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

-- What is known, a row each. state: 0 in force, 1 superseded, 2 outranked when
-- it came. Facts in force lie together, so a card reads them in one range
-- whatever the history. Nothing is ever overwritten: a row only changes state.
CREATE TABLE IF NOT EXISTS facts (
  customer_id INTEGER NOT NULL,
  state INTEGER NOT NULL,
  n INTEGER NOT NULL,
  field TEXT NOT NULL,
  item INTEGER NOT NULL DEFAULT 0,
  none INTEGER NOT NULL DEFAULT 0,
  value TEXT,
  sealed BLOB,
  band TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL,
  trust INTEGER NOT NULL,
  source TEXT NOT NULL DEFAULT '',
  staff_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  import_id INTEGER NOT NULL DEFAULT 0,
  recorded_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0,
  ended_by INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, state, n)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS customer_keys (
  kind INTEGER NOT NULL,
  k TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (kind, k, customer_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS customer_keys_by_customer ON customer_keys (customer_id, kind, k);
