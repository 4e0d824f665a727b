-- +goose Up
INSERT IGNORE INTO sequences (name, next) VALUES ('stay', 1);

-- A visit to one branch, from its reservation on. customer_id is 0 as long as
-- nobody knows whose it is; guest_name is then what another system calls them.
-- ref is the number of the reservation in the source that it came from.
CREATE TABLE IF NOT EXISTS stays (
  id BIGINT NOT NULL PRIMARY KEY,
  public_id CHAR(12) NOT NULL,
  branch_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL DEFAULT 0,
  status VARCHAR(12) NOT NULL,
  source VARCHAR(24) NOT NULL,
  ref VARCHAR(64) NOT NULL,
  arrive_on VARCHAR(10) NOT NULL,
  depart_on VARCHAR(10) NOT NULL,
  eta BIGINT NOT NULL DEFAULT -1,
  arrived_at BIGINT NOT NULL DEFAULT 0,
  departed_at BIGINT NOT NULL DEFAULT 0,
  room VARCHAR(16) NOT NULL DEFAULT '',
  room_type VARCHAR(40) NOT NULL DEFAULT '',
  facing VARCHAR(24) NOT NULL DEFAULT '',
  floor VARCHAR(12) NOT NULL DEFAULT '',
  nights BIGINT NOT NULL DEFAULT 0,
  rate BIGINT NOT NULL DEFAULT 0,
  currency CHAR(3) NOT NULL DEFAULT 'CNY',
  adults BIGINT NOT NULL DEFAULT 1,
  children BIGINT NOT NULL DEFAULT 0,
  party VARCHAR(120) NOT NULL DEFAULT '',
  guest_name VARCHAR(120) NOT NULL DEFAULT '',
  language VARCHAR(12) NOT NULL DEFAULT '',
  note VARCHAR(300) NOT NULL DEFAULT '',
  import_id BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE KEY stays_by_public_id (public_id),
  UNIQUE KEY stays_by_ref (branch_id, source, ref),
  KEY stays_by_day (branch_id, arrive_on, status),
  KEY stays_in_house (branch_id, status, room),
  KEY stays_by_customer (customer_id, arrive_on)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a customer's stays come to, kept in the transaction that changes a stay:
-- stays are those that took place, spend is in minor units of the house's money.
CREATE TABLE IF NOT EXISTS stay_totals (
  customer_id BIGINT NOT NULL PRIMARY KEY,
  stays BIGINT NOT NULL,
  nights BIGINT NOT NULL,
  spend BIGINT NOT NULL,
  first_on VARCHAR(10) NOT NULL DEFAULT '',
  last_on VARCHAR(10) NOT NULL DEFAULT '',
  last_branch_id BIGINT NOT NULL DEFAULT 0,
  last_room VARCHAR(16) NOT NULL DEFAULT '',
  last_nights BIGINT NOT NULL DEFAULT 0,
  next_on VARCHAR(10) NOT NULL DEFAULT '',
  next_branch_id BIGINT NOT NULL DEFAULT 0
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
