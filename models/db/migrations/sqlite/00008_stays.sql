-- +goose Up
INSERT OR IGNORE INTO sequences (name, next) VALUES ('stay', 1);

-- A visit to one branch, from its reservation on. customer_id is 0 as long as
-- nobody knows whose it is; guest_name is then what another system calls them.
-- ref is the number of the reservation in the source that it came from.
CREATE TABLE IF NOT EXISTS stays (
  id INTEGER NOT NULL PRIMARY KEY,
  public_id TEXT NOT NULL,
  branch_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL,
  source TEXT NOT NULL,
  ref TEXT NOT NULL,
  arrive_on TEXT NOT NULL,
  depart_on TEXT NOT NULL,
  eta INTEGER NOT NULL DEFAULT -1,
  arrived_at INTEGER NOT NULL DEFAULT 0,
  departed_at INTEGER NOT NULL DEFAULT 0,
  room TEXT NOT NULL DEFAULT '',
  room_type TEXT NOT NULL DEFAULT '',
  facing TEXT NOT NULL DEFAULT '',
  floor TEXT NOT NULL DEFAULT '',
  nights INTEGER NOT NULL DEFAULT 0,
  rate INTEGER NOT NULL DEFAULT 0,
  currency TEXT NOT NULL DEFAULT 'CNY',
  adults INTEGER NOT NULL DEFAULT 1,
  children INTEGER NOT NULL DEFAULT 0,
  party TEXT NOT NULL DEFAULT '',
  guest_name TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  import_id INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS stays_by_public_id ON stays (public_id);
CREATE UNIQUE INDEX IF NOT EXISTS stays_by_ref ON stays (branch_id, source, ref);
CREATE INDEX IF NOT EXISTS stays_by_day ON stays (branch_id, arrive_on, status);
CREATE INDEX IF NOT EXISTS stays_in_house ON stays (branch_id, status, room);
CREATE INDEX IF NOT EXISTS stays_by_customer ON stays (customer_id, arrive_on);

-- What a customer's stays come to, kept in the transaction that changes a stay:
-- stays are those that took place, spend is in minor units of the house's money.
CREATE TABLE IF NOT EXISTS stay_totals (
  customer_id INTEGER NOT NULL PRIMARY KEY,
  stays INTEGER NOT NULL,
  nights INTEGER NOT NULL,
  spend INTEGER NOT NULL,
  first_on TEXT NOT NULL DEFAULT '',
  last_on TEXT NOT NULL DEFAULT '',
  last_branch_id INTEGER NOT NULL DEFAULT 0,
  last_room TEXT NOT NULL DEFAULT '',
  last_nights INTEGER NOT NULL DEFAULT 0,
  next_on TEXT NOT NULL DEFAULT '',
  next_branch_id INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
