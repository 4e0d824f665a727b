-- +goose Up
-- People around a customer, a row each direction, so that a card reads one range.
-- state: 0 in force, 1 ended; kind is what the other is to this customer, in the
-- order of the card; ref is random, and the same in both directions. other_id is 0
-- for somebody who is no customer: then there is a name, sealed when it is a
-- child's. who is the fact that told of the person: child.0.
CREATE TABLE IF NOT EXISTS relations (
  customer_id BIGINT NOT NULL,
  state TINYINT NOT NULL,
  kind SMALLINT NOT NULL,
  ref CHAR(20) NOT NULL,
  other_id BIGINT NOT NULL DEFAULT 0,
  name VARCHAR(200) NOT NULL DEFAULT '',
  sealed_name BLOB,
  sealed_born BLOB,
  note VARCHAR(240) NOT NULL DEFAULT '',
  who VARCHAR(32) NOT NULL DEFAULT '',
  consent TINYINT NOT NULL DEFAULT 0,
  channel VARCHAR(12) NOT NULL,
  staff_id BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL DEFAULT 0,
  ended_by BIGINT NOT NULL DEFAULT 0,
  ended_why VARCHAR(24) NOT NULL DEFAULT '',
  PRIMARY KEY (customer_id, state, kind, ref)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who must not be named on whose card. It holds whatever links the two have, now
-- or later. state: 0 in force, 1 lifted.
CREATE TABLE IF NOT EXISTS relation_hides (
  customer_id BIGINT NOT NULL,
  state TINYINT NOT NULL,
  other_id BIGINT NOT NULL,
  ref CHAR(20) NOT NULL,
  reason VARCHAR(24) NOT NULL,
  staff_id BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  lifted_at BIGINT NOT NULL DEFAULT 0,
  lifted_by BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, state, other_id, ref),
  KEY relation_hides_by_other (other_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who lives together: a customer is in one household at most. state as above.
CREATE TABLE IF NOT EXISTS households (
  id CHAR(20) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  made_by BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  made_at BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS household_members (
  household_id CHAR(20) NOT NULL,
  state TINYINT NOT NULL,
  customer_id BIGINT NOT NULL,
  ref CHAR(20) NOT NULL,
  staff_id BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  joined_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL DEFAULT 0,
  ended_by BIGINT NOT NULL DEFAULT 0,
  ended_why VARCHAR(24) NOT NULL DEFAULT '',
  PRIMARY KEY (household_id, state, customer_id, ref),
  KEY household_members_by_customer (customer_id, state)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- When a child of a customer comes into its next stages of life. due_on is the
-- first day of a quarter, so that it does not give the birthday away.
CREATE TABLE IF NOT EXISTS stages (
  customer_id BIGINT NOT NULL,
  who VARCHAR(32) NOT NULL,
  stage VARCHAR(24) NOT NULL,
  due_on CHAR(10) NOT NULL,
  raised_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, who, stage),
  KEY stages_due (raised_at, due_on, customer_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Children known before there were stages, and those of bulk loads, are looked
-- through once, by inner id from next on, until finished_at is set.
CREATE TABLE IF NOT EXISTS stage_walk (
  id BIGINT NOT NULL PRIMARY KEY,
  next BIGINT NOT NULL,
  finished_at BIGINT NOT NULL DEFAULT 0
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT IGNORE INTO stage_walk (id, next) VALUES (1, 0);

-- What has changed in a customer's life; withdrawn_at is set when it turned out
-- not to hold.
CREATE TABLE IF NOT EXISTS life_events (
  customer_id BIGINT NOT NULL,
  happened_on CHAR(10) NOT NULL,
  kind VARCHAR(32) NOT NULL,
  who VARCHAR(32) NOT NULL,
  raised_at BIGINT NOT NULL,
  withdrawn_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, happened_on, kind, who),
  KEY life_events_by_day (happened_on, customer_id, kind, who)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
