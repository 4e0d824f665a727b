-- +goose Up
-- What matters now: 0 not at all to 3 most of all. A purpose without a row has
-- the middle. The head's version is for forms that somebody overtook.
CREATE TABLE IF NOT EXISTS purpose_weights (
  purpose TEXT NOT NULL PRIMARY KEY,
  weight INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS purposes_head (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER NOT NULL
);
INSERT OR IGNORE INTO purposes_head (id, version, updated_at, updated_by) VALUES (1, 1, 0, 0);

-- What a customer was asked, by whom, and what became of it: 1 answered, 2 no
-- answer, 3 did not want to say. The answer itself is a fact.
CREATE TABLE IF NOT EXISTS asked (
  customer_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  field TEXT NOT NULL,
  outcome INTEGER NOT NULL,
  staff_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  PRIMARY KEY (customer_id, at, field)
) WITHOUT ROWID;

-- How often the product acted upon values of a field, by day (UTC, 20261122).
CREATE TABLE IF NOT EXISTS field_uses (
  day INTEGER NOT NULL,
  field TEXT NOT NULL,
  used_as TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (day, field, used_as)
) WITHOUT ROWID;

-- A count of the whole base goes through it by id and can be taken up again.
-- Only finished ones are shown; the tables below hold the numbers of each.
CREATE TABLE IF NOT EXISTS purpose_counts (
  id INTEGER NOT NULL PRIMARY KEY,
  started_at INTEGER NOT NULL,
  beat_at INTEGER NOT NULL,
  last_id INTEGER NOT NULL DEFAULT 0,
  end_id INTEGER NOT NULL,
  uses_since INTEGER NOT NULL DEFAULT 0,
  finished_at INTEGER NOT NULL DEFAULT 0
);

-- branch_id 0 holds the sums over all branches.
CREATE TABLE IF NOT EXISTS customer_counts (
  count_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  customers INTEGER NOT NULL,
  PRIMARY KEY (count_id, kind, branch_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS field_counts (
  count_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  known INTEGER NOT NULL,
  fresh INTEGER NOT NULL,
  PRIMARY KEY (count_id, kind, branch_id, field)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS purpose_branches (
  count_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  branch_id INTEGER NOT NULL,
  needs INTEGER NOT NULL,
  known INTEGER NOT NULL,
  fresh INTEGER NOT NULL,
  PRIMARY KEY (count_id, kind, purpose, branch_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS use_counts (
  count_id INTEGER NOT NULL,
  field TEXT NOT NULL,
  used_as TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (count_id, field, used_as)
) WITHOUT ROWID;
