-- +goose Up
-- What customers said of their data, an event each that never changes: that they
-- agree or withdraw, to which text, and where the proof lies. The proof is sealed
-- under the customer's key.
CREATE TABLE IF NOT EXISTS consent_events (
  customer_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL DEFAULT '',
  given INTEGER NOT NULL,
  said_by TEXT NOT NULL,
  how TEXT NOT NULL,
  wording TEXT NOT NULL DEFAULT '',
  proof BLOB,
  staff_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  via TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (customer_id, n)
) WITHOUT ROWID;

-- Where each purpose stands now, kept in step with the events. clear_at is when
-- what was kept for a withdrawn purpose is deleted, 0 when there is nothing to do.
CREATE TABLE IF NOT EXISTS consents (
  customer_id INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL DEFAULT '',
  given INTEGER NOT NULL,
  how TEXT NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  clear_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, purpose, channel)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS consents_to_clear ON consents (clear_at, customer_id);

-- The texts that are read out, in versions. Events name them, so none is ever
-- changed or deleted. created_by 0 came with the program.
CREATE TABLE IF NOT EXISTS wordings (
  wording TEXT NOT NULL,
  version INTEGER NOT NULL,
  zh TEXT NOT NULL,
  en TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  PRIMARY KEY (wording, version)
) WITHOUT ROWID;

-- Customers' own wishes about who may know and reach them.
CREATE TABLE IF NOT EXISTS restrictions (
  customer_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  person TEXT NOT NULL DEFAULT '',
  relation TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  not_at INTEGER NOT NULL DEFAULT 0,
  from_minute INTEGER NOT NULL DEFAULT 0,
  to_minute INTEGER NOT NULL DEFAULT 0,
  how TEXT NOT NULL,
  staff_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0,
  ended_by INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, n)
) WITHOUT ROWID;

-- What customers asked us to do about their data, with the day it is due. Both
-- texts are sealed under the customer's key.
CREATE TABLE IF NOT EXISTS customer_requests (
  customer_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  about BLOB,
  said_by TEXT NOT NULL,
  how TEXT NOT NULL,
  customer_version INTEGER NOT NULL,
  staff_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  outcome TEXT NOT NULL DEFAULT '',
  reply BLOB,
  done_by INTEGER NOT NULL DEFAULT 0,
  done_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, n)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS customer_requests_open ON customer_requests (outcome, due_at);

-- Erasures. state: 1 asked for, 2 confirmed by a second person, 3 withdrawn,
-- 4 forgotten here while the key may still lie in its own database, 5 done.
CREATE TABLE IF NOT EXISTS erasures (
  customer_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  state INTEGER NOT NULL,
  said_by TEXT NOT NULL,
  how TEXT NOT NULL,
  proof BLOB,
  staff_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  confirmed_by INTEGER NOT NULL DEFAULT 0,
  confirmed_at INTEGER NOT NULL DEFAULT 0,
  ended_by INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, n)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS erasures_by_state ON erasures (state, due_at);

-- How many reasons there are that a branch or everybody may not find a customer:
-- a look-up asks which only where there is one.
ALTER TABLE customers ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0;
