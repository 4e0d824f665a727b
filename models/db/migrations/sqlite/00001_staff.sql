-- +goose Up
CREATE TABLE IF NOT EXISTS sequences (
  name TEXT NOT NULL PRIMARY KEY,
  next INTEGER NOT NULL
) WITHOUT ROWID;
INSERT OR IGNORE INTO sequences (name, next) VALUES ('branch', 1), ('staff', 1), ('customer', 1), ('import', 1);

CREATE TABLE IF NOT EXISTS branches (
  id INTEGER NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  region TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
);

-- Facts of employment stand here as they are in force; each change is a row of
-- employment_changes as well.
CREATE TABLE IF NOT EXISTS staff (
  id INTEGER NOT NULL PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  branch_id INTEGER NOT NULL REFERENCES branches (id),
  status TEXT NOT NULL,
  employment TEXT NOT NULL,
  hired_on TEXT NOT NULL,
  notice_on TEXT NOT NULL DEFAULT '',
  last_on TEXT NOT NULL DEFAULT '',
  pay_band TEXT NOT NULL DEFAULT '',
  employment_change INTEGER NOT NULL DEFAULT 0,
  employment_confirmed INTEGER NOT NULL DEFAULT 0,
  password_hash TEXT NOT NULL,
  password_temporary INTEGER NOT NULL DEFAULT 1,
  password_expires_at INTEGER NOT NULL DEFAULT 0,
  language TEXT NOT NULL DEFAULT '',
  theme TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS employment_changes (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  n INTEGER NOT NULL,
  employment TEXT NOT NULL,
  hired_on TEXT NOT NULL,
  notice_on TEXT NOT NULL,
  last_on TEXT NOT NULL,
  pay_band TEXT NOT NULL,
  entered_by INTEGER NOT NULL,
  entered_via TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  confirmed_by INTEGER NOT NULL DEFAULT 0,
  confirmed_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (staff_id, n)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sessions (
  id TEXT NOT NULL PRIMARY KEY,
  staff_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  strong_at INTEGER NOT NULL DEFAULT 0,
  address TEXT NOT NULL DEFAULT '',
  agent TEXT NOT NULL DEFAULT '',
  notices TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_staff ON sessions (staff_id);

-- Failed sign-ins by account and by address. The subject is a hash: people
-- type passwords into the wrong field.
CREATE TABLE IF NOT EXISTS sign_in_failures (
  subject TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS setup_links (
  id TEXT NOT NULL PRIMARY KEY,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS tokens (
  id TEXT NOT NULL PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  label TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tokens_by_staff ON tokens (staff_id);

-- One row a write that was answered: the same form or call again gets the same
-- answer instead of a second effect.
CREATE TABLE IF NOT EXISTS idempotency (
  staff_id INTEGER NOT NULL,
  k TEXT NOT NULL,
  request TEXT NOT NULL,
  answer TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (staff_id, k)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS idempotency_by_age ON idempotency (created_at);
