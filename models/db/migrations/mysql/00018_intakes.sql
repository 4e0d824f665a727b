-- +goose Up
-- Files that custodians hand in from a browser, and what becomes of each: what it
-- is read as, who asked for it and who agreed, the job that takes it in, and the
-- way back. The file itself lies sealed in a folder of the machine named by
-- place. An import of the command line has a row from the moment somebody takes
-- it back or adds a scan to it. The report is counts, headings and lines, sealed.
CREATE TABLE IF NOT EXISTS intakes (
  id VARCHAR(16) NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL DEFAULT 1,
  state VARCHAR(12) NOT NULL,
  staff_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  place VARCHAR(16) NOT NULL,
  file_name VARCHAR(200) NOT NULL,
  file_bytes BIGINT NOT NULL,
  file_hash VARCHAR(64) NOT NULL,
  file_gone_at BIGINT NOT NULL DEFAULT 0,
  target VARCHAR(16) NOT NULL DEFAULT '',
  mode VARCHAR(8) NOT NULL DEFAULT '',
  channel VARCHAR(12) NOT NULL DEFAULT '',
  source VARCHAR(80) NOT NULL DEFAULT '',
  branch_id BIGINT NOT NULL DEFAULT 0,
  key_field VARCHAR(64) NOT NULL DEFAULT '',
  make_missing BIGINT NOT NULL DEFAULT 0,
  keep_good BIGINT NOT NULL DEFAULT 0,
  no_header BIGINT NOT NULL DEFAULT 0,
  sheet VARCHAR(200) NOT NULL DEFAULT '',
  maps TEXT NOT NULL,
  changed_by BIGINT NOT NULL DEFAULT 0,
  edition BIGINT NOT NULL DEFAULT 1,
  checked_edition BIGINT NOT NULL DEFAULT 0,
  report MEDIUMBLOB,
  rows_total BIGINT NOT NULL DEFAULT 0,
  asked_by BIGINT NOT NULL DEFAULT 0,
  asked_at BIGINT NOT NULL DEFAULT 0,
  approved_by BIGINT NOT NULL DEFAULT 0,
  approved_at BIGINT NOT NULL DEFAULT 0,
  approved_edition BIGINT NOT NULL DEFAULT 0,
  declined VARCHAR(400) NOT NULL DEFAULT '',
  started_by BIGINT NOT NULL DEFAULT 0,
  queued_at BIGINT NOT NULL DEFAULT 0,
  began_at BIGINT NOT NULL DEFAULT 0,
  ended_at BIGINT NOT NULL DEFAULT 0,
  stop_asked BIGINT NOT NULL DEFAULT 0,
  import_id BIGINT NOT NULL DEFAULT 0,
  already BIGINT NOT NULL DEFAULT 0,
  rows_done BIGINT NOT NULL DEFAULT 0,
  created BIGINT NOT NULL DEFAULT 0,
  joined BIGINT NOT NULL DEFAULT 0,
  refused BIGINT NOT NULL DEFAULT 0,
  skipped BIGINT NOT NULL DEFAULT 0,
  warned BIGINT NOT NULL DEFAULT 0,
  failed TEXT NOT NULL,
  undo_by BIGINT NOT NULL DEFAULT 0,
  undo_from VARCHAR(12) NOT NULL DEFAULT '',
  undo_reason VARCHAR(400) NOT NULL DEFAULT '',
  undone_at BIGINT NOT NULL DEFAULT 0,
  KEY intakes_by_time (created_at, id),
  KEY intakes_by_state (place, state, queued_at),
  KEY intakes_by_import (import_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What each heading of a source was read as the last time, offered the next.
CREATE TABLE IF NOT EXISTS intake_maps (
  target VARCHAR(16) NOT NULL,
  source VARCHAR(80) NOT NULL,
  maps TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  saved_by BIGINT NOT NULL,
  PRIMARY KEY (target, source)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Pictures of the paper a list was typed from, in sealed pieces.
CREATE TABLE IF NOT EXISTS intake_scans (
  id VARCHAR(16) NOT NULL PRIMARY KEY,
  intake_id VARCHAR(16) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  bytes BIGINT NOT NULL,
  name BLOB NOT NULL,
  added_by BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  KEY intake_scans_by_intake (intake_id, added_at)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS intake_pieces (
  scan_id VARCHAR(16) NOT NULL,
  n BIGINT NOT NULL,
  sealed MEDIUMBLOB NOT NULL,
  PRIMARY KEY (scan_id, n)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Rows of files that left the house, by who took them and the day.
CREATE TABLE IF NOT EXISTS departures (
  staff_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  surface BIGINT NOT NULL,
  times BIGINT NOT NULL,
  line_count BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (staff_id, day, surface)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
