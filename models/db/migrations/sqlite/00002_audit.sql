-- +goose Up
-- body is the canonical form of the event; the other columns repeat parts of it
-- for reading and are checked against it, never trusted.
CREATE TABLE IF NOT EXISTS audit_events (
  seq INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  action TEXT NOT NULL,
  customer_id INTEGER NOT NULL DEFAULT 0,
  body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS audit_by_customer ON audit_events (customer_id, seq);

-- Salts of the commitments in events. Deleting a salt makes its commitment say
-- nothing for ever, while the event stays as it is.
CREATE TABLE IF NOT EXISTS audit_salts (
  seq INTEGER NOT NULL,
  name TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  salt BLOB NOT NULL,
  PRIMARY KEY (seq, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS audit_salts_by_customer ON audit_salts (customer_id);

CREATE TABLE IF NOT EXISTS audit_head (
  id INTEGER NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL
);
INSERT OR IGNORE INTO audit_head (id, size) VALUES (1, 0);

-- Which member of staff saw which customer, by day.
CREATE TABLE IF NOT EXISTS disclosures (
  staff_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  surface INTEGER NOT NULL,
  times INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (staff_id, day, customer_id, surface)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS disclosures_by_customer ON disclosures (customer_id, day);

-- Customers lately dealt with at a branch: they come first in its look-ups.
CREATE TABLE IF NOT EXISTS recents (
  branch_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (branch_id, customer_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS recents_by_time ON recents (branch_id, at);
