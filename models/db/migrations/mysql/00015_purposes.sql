-- +goose Up
-- What matters now: 0 not at all to 3 most of all. A purpose without a row has
-- the middle. The head's version is for forms that somebody overtook.
CREATE TABLE IF NOT EXISTS purpose_weights (
  purpose VARCHAR(20) NOT NULL PRIMARY KEY,
  weight TINYINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS purposes_head (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT IGNORE INTO purposes_head (id, version, updated_at, updated_by) VALUES (1, 1, 0, 0);

-- What a customer was asked, by whom, and what became of it: 1 answered, 2 no
-- answer, 3 did not want to say. The answer itself is a fact.
CREATE TABLE IF NOT EXISTS asked (
  customer_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  field VARCHAR(48) NOT NULL,
  outcome TINYINT NOT NULL,
  staff_id BIGINT NOT NULL,
  branch_id BIGINT NOT NULL,
  PRIMARY KEY (customer_id, at, field)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How often the product acted upon values of a field, by day (UTC, 20261122).
CREATE TABLE IF NOT EXISTS field_uses (
  day BIGINT NOT NULL,
  field VARCHAR(48) NOT NULL,
  used_as VARCHAR(12) NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (day, field, used_as)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A count of the whole base goes through it by id and can be taken up again.
-- Only finished ones are shown; the tables below hold the numbers of each.
CREATE TABLE IF NOT EXISTS purpose_counts (
  id BIGINT NOT NULL PRIMARY KEY,
  started_at BIGINT NOT NULL,
  beat_at BIGINT NOT NULL,
  last_id BIGINT NOT NULL DEFAULT 0,
  end_id BIGINT NOT NULL,
  uses_since BIGINT NOT NULL DEFAULT 0,
  finished_at BIGINT NOT NULL DEFAULT 0
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- branch_id 0 holds the sums over all branches.
CREATE TABLE IF NOT EXISTS customer_counts (
  count_id BIGINT NOT NULL,
  kind TINYINT NOT NULL,
  branch_id BIGINT NOT NULL,
  customers BIGINT NOT NULL,
  PRIMARY KEY (count_id, kind, branch_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS field_counts (
  count_id BIGINT NOT NULL,
  kind TINYINT NOT NULL,
  branch_id BIGINT NOT NULL,
  field VARCHAR(48) NOT NULL,
  known BIGINT NOT NULL,
  fresh BIGINT NOT NULL,
  PRIMARY KEY (count_id, kind, branch_id, field)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS purpose_branches (
  count_id BIGINT NOT NULL,
  kind TINYINT NOT NULL,
  purpose VARCHAR(20) NOT NULL,
  branch_id BIGINT NOT NULL,
  needs BIGINT NOT NULL,
  known BIGINT NOT NULL,
  fresh BIGINT NOT NULL,
  PRIMARY KEY (count_id, kind, purpose, branch_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS use_counts (
  count_id BIGINT NOT NULL,
  field VARCHAR(48) NOT NULL,
  used_as VARCHAR(12) NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (count_id, field, used_as)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
