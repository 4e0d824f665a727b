-- +goose Up
CREATE TABLE IF NOT EXISTS sequences (
  name VARCHAR(40) NOT NULL PRIMARY KEY,
  next BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT IGNORE INTO sequences (name, next) VALUES ('branch', 1), ('staff', 1), ('customer', 1), ('import', 1);

CREATE TABLE IF NOT EXISTS branches (
  id BIGINT NOT NULL PRIMARY KEY,
  code VARCHAR(32) NOT NULL UNIQUE,
  name_zh VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  time_zone VARCHAR(64) NOT NULL,
  region CHAR(2) NOT NULL,
  active TINYINT NOT NULL DEFAULT 1,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Facts of employment stand here as they are in force; each change is a row of
-- employment_changes as well.
CREATE TABLE IF NOT EXISTS staff (
  id BIGINT NOT NULL PRIMARY KEY,
  login VARCHAR(64) NOT NULL UNIQUE,
  name VARCHAR(120) NOT NULL,
  role VARCHAR(20) NOT NULL,
  branch_id BIGINT NOT NULL REFERENCES branches (id),
  status VARCHAR(12) NOT NULL,
  employment VARCHAR(12) NOT NULL,
  hired_on VARCHAR(10) NOT NULL,
  notice_on VARCHAR(10) NOT NULL DEFAULT '',
  last_on VARCHAR(10) NOT NULL DEFAULT '',
  pay_band VARCHAR(8) NOT NULL DEFAULT '',
  employment_change BIGINT NOT NULL DEFAULT 0,
  employment_confirmed TINYINT NOT NULL DEFAULT 0,
  password_hash VARCHAR(200) NOT NULL,
  password_temporary TINYINT NOT NULL DEFAULT 1,
  password_expires_at BIGINT NOT NULL DEFAULT 0,
  language VARCHAR(8) NOT NULL DEFAULT '',
  theme VARCHAR(8) NOT NULL DEFAULT '',
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS employment_changes (
  staff_id BIGINT NOT NULL REFERENCES staff (id),
  n BIGINT NOT NULL,
  employment VARCHAR(12) NOT NULL,
  hired_on VARCHAR(10) NOT NULL,
  notice_on VARCHAR(10) NOT NULL,
  last_on VARCHAR(10) NOT NULL,
  pay_band VARCHAR(8) NOT NULL,
  entered_by BIGINT NOT NULL,
  entered_via VARCHAR(12) NOT NULL,
  entered_at BIGINT NOT NULL,
  confirmed_by BIGINT NOT NULL DEFAULT 0,
  confirmed_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (staff_id, n)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS sessions (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  staff_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  strong_at BIGINT NOT NULL DEFAULT 0,
  address VARCHAR(45) NOT NULL DEFAULT '',
  agent VARCHAR(200) NOT NULL DEFAULT '',
  notices TEXT NOT NULL,
  KEY sessions_by_staff (staff_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Failed sign-ins by account and by address. The subject is a hash: people
-- type passwords into the wrong field.
CREATE TABLE IF NOT EXISTS sign_in_failures (
  subject VARCHAR(64) NOT NULL PRIMARY KEY,
  failures BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS setup_links (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL DEFAULT 0
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS tokens (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  staff_id BIGINT NOT NULL REFERENCES staff (id),
  label VARCHAR(80) NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL DEFAULT 0,
  KEY tokens_by_staff (staff_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row a write that was answered: the same form or call again gets the same
-- answer instead of a second effect.
CREATE TABLE IF NOT EXISTS idempotency (
  staff_id BIGINT NOT NULL,
  k VARCHAR(64) NOT NULL,
  request VARCHAR(64) NOT NULL,
  answer VARCHAR(200) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (staff_id, k),
  KEY idempotency_by_age (created_at)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

