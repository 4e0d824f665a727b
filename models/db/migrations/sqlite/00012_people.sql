-- +goose Up
-- People around a customer, a row each direction, so that a card reads one range.
-- state: 0 in force, 1 ended; kind is what the other is to this customer, in the
-- order of the card; ref is random, and the same in both directions. other_id is 0
-- for somebody who is no customer: then there is a name, sealed when it is a
-- child's. who is the fact that told of the person: child.0.
CREATE TABLE IF NOT EXISTS relations (
  customer_id INTEGER NOT NULL,
  state INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  ref TEXT NOT NULL,
  other_id INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL DEFAULT '',
  sealed_name BLOB,
  sealed_born BLOB,
  note TEXT NOT NULL DEFAULT '',
  who TEXT NOT NULL DEFAULT '',
  consent INTEGER NOT NULL DEFAULT 0,
  channel TEXT NOT NULL,
  staff_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0,
  ended_by INTEGER NOT NULL DEFAULT 0,
  ended_why TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (customer_id, state, kind, ref)
) WITHOUT ROWID;

-- Who must not be named on whose card. It holds whatever links the two have, now
-- or later. state: 0 in force, 1 lifted.
CREATE TABLE IF NOT EXISTS relation_hides (
  customer_id INTEGER NOT NULL,
  state INTEGER NOT NULL,
  other_id INTEGER NOT NULL,
  ref TEXT NOT NULL,
  reason TEXT NOT NULL,
  staff_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  lifted_at INTEGER NOT NULL DEFAULT 0,
  lifted_by INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, state, other_id, ref)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS relation_hides_by_other ON relation_hides (other_id);

-- Who lives together: a customer is in one household at most. state as above.
CREATE TABLE IF NOT EXISTS households (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  made_by INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  made_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS household_members (
  household_id TEXT NOT NULL,
  state INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  ref TEXT NOT NULL,
  staff_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  joined_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0,
  ended_by INTEGER NOT NULL DEFAULT 0,
  ended_why TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (household_id, state, customer_id, ref)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS household_members_by_customer ON household_members (customer_id, state);

-- When a child of a customer comes into its next stages of life. due_on is the
-- first day of a quarter, so that it does not give the birthday away.
CREATE TABLE IF NOT EXISTS stages (
  customer_id INTEGER NOT NULL,
  who TEXT NOT NULL,
  stage TEXT NOT NULL,
  due_on TEXT NOT NULL,
  raised_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, who, stage)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stages_due ON stages (raised_at, due_on, customer_id);

-- Children known before there were stages, and those of bulk loads, are looked
-- through once, by inner id from next on, until finished_at is set.
CREATE TABLE IF NOT EXISTS stage_walk (
  id INTEGER NOT NULL PRIMARY KEY,
  next INTEGER NOT NULL,
  finished_at INTEGER NOT NULL DEFAULT 0
);
INSERT OR IGNORE INTO stage_walk (id, next) VALUES (1, 0);

-- What has changed in a customer's life; withdrawn_at is set when it turned out
-- not to hold.
CREATE TABLE IF NOT EXISTS life_events (
  customer_id INTEGER NOT NULL,
  happened_on TEXT NOT NULL,
  kind TEXT NOT NULL,
  who TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  withdrawn_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, happened_on, kind, who)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS life_events_by_day ON life_events (happened_on, customer_id, kind, who);
