-- +goose Up
-- body is the canonical form of the event; the other columns repeat parts of it
-- for reading and are checked against it, never trusted.
CREATE TABLE IF NOT EXISTS audit_events (
  seq BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_id BIGINT NOT NULL,
  action VARCHAR(40) NOT NULL,
  customer_id BIGINT NOT NULL DEFAULT 0,
  body MEDIUMBLOB NOT NULL,
  KEY audit_by_customer (customer_id, seq)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Salts of the commitments in events. Deleting a salt makes its commitment say
-- nothing for ever, while the event stays as it is.
CREATE TABLE IF NOT EXISTS audit_salts (
  seq BIGINT NOT NULL,
  name VARCHAR(60) NOT NULL,
  customer_id BIGINT NOT NULL,
  salt MEDIUMBLOB NOT NULL,
  PRIMARY KEY (seq, name),
  KEY audit_salts_by_customer (customer_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS audit_head (
  id BIGINT NOT NULL PRIMARY KEY,
  size BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT IGNORE INTO audit_head (id, size) VALUES (1, 0);

-- Which member of staff saw which customer, by day.
CREATE TABLE IF NOT EXISTS disclosures (
  staff_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  surface TINYINT NOT NULL,
  times BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (staff_id, day, customer_id, surface),
  KEY disclosures_by_customer (customer_id, day)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Customers lately dealt with at a branch: they come first in its look-ups.
CREATE TABLE IF NOT EXISTS recents (
  branch_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (branch_id, customer_id),
  KEY recents_by_time (branch_id, at)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

