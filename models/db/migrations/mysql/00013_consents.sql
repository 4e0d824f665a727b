-- +goose Up
-- What customers said of their data, an event each that never changes: that they
-- agree or withdraw, to which text, and where the proof lies. The proof is sealed
-- under the customer's key.
CREATE TABLE IF NOT EXISTS consent_events (
  customer_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  purpose VARCHAR(24) NOT NULL,
  channel VARCHAR(12) NOT NULL DEFAULT '',
  given TINYINT NOT NULL,
  said_by VARCHAR(12) NOT NULL,
  how VARCHAR(12) NOT NULL,
  wording VARCHAR(40) NOT NULL DEFAULT '',
  proof MEDIUMBLOB,
  staff_id BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  via VARCHAR(12) NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (customer_id, n)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Where each purpose stands now, kept in step with the events. clear_at is when
-- what was kept for a withdrawn purpose is deleted, 0 when there is nothing to do.
CREATE TABLE IF NOT EXISTS consents (
  customer_id BIGINT NOT NULL,
  purpose VARCHAR(24) NOT NULL,
  channel VARCHAR(12) NOT NULL DEFAULT '',
  given TINYINT NOT NULL,
  how VARCHAR(12) NOT NULL,
  n BIGINT NOT NULL,
  at BIGINT NOT NULL,
  clear_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, purpose, channel),
  KEY consents_to_clear (clear_at, customer_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The texts that are read out, in versions. Events name them, so none is ever
-- changed or deleted. created_by 0 came with the program.
CREATE TABLE IF NOT EXISTS wordings (
  wording VARCHAR(40) NOT NULL,
  version BIGINT NOT NULL,
  zh TEXT NOT NULL,
  en TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  PRIMARY KEY (wording, version)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Customers' own wishes about who may know and reach them.
CREATE TABLE IF NOT EXISTS restrictions (
  customer_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  kind VARCHAR(12) NOT NULL,
  person VARCHAR(120) NOT NULL DEFAULT '',
  relation VARCHAR(60) NOT NULL DEFAULT '',
  note VARCHAR(1000) NOT NULL DEFAULT '',
  not_at BIGINT NOT NULL DEFAULT 0,
  from_minute SMALLINT NOT NULL DEFAULT 0,
  to_minute SMALLINT NOT NULL DEFAULT 0,
  how VARCHAR(12) NOT NULL,
  staff_id BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL DEFAULT 0,
  ended_by BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, n)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What customers asked us to do about their data, with the day it is due. Both
-- texts are sealed under the customer's key.
CREATE TABLE IF NOT EXISTS customer_requests (
  customer_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  kind VARCHAR(12) NOT NULL,
  about MEDIUMBLOB,
  said_by VARCHAR(12) NOT NULL,
  how VARCHAR(12) NOT NULL,
  customer_version BIGINT NOT NULL,
  staff_id BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  outcome VARCHAR(12) NOT NULL DEFAULT '',
  reply MEDIUMBLOB,
  done_by BIGINT NOT NULL DEFAULT 0,
  done_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, n),
  KEY customer_requests_open (outcome, due_at)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Erasures. state: 1 asked for, 2 confirmed by a second person, 3 withdrawn,
-- 4 forgotten here while the key may still lie in its own database, 5 done.
CREATE TABLE IF NOT EXISTS erasures (
  customer_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  state TINYINT NOT NULL,
  said_by VARCHAR(12) NOT NULL,
  how VARCHAR(12) NOT NULL,
  proof MEDIUMBLOB,
  staff_id BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  confirmed_by BIGINT NOT NULL DEFAULT 0,
  confirmed_at BIGINT NOT NULL DEFAULT 0,
  ended_by BIGINT NOT NULL DEFAULT 0,
  ended_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, n),
  KEY erasures_by_state (state, due_at)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How many reasons there are that a branch or everybody may not find a customer:
-- a look-up asks which only where there is one.
ALTER TABLE customers ADD COLUMN IF NOT EXISTS withheld BIGINT NOT NULL DEFAULT 0;
