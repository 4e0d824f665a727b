-- +goose Up
-- Files that custodians hand in from a browser, and what becomes of each: what it
-- is read as, who asked for it and who agreed, the job that takes it in, and the
-- way back. The file itself lies sealed in a folder of the machine named by
-- place. An import of the command line has a row from the moment somebody takes
-- it back or adds a scan to it. The report is counts, headings and lines, sealed.
CREATE TABLE IF NOT EXISTS intakes (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL,
  staff_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  place TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_bytes INTEGER NOT NULL,
  file_hash TEXT NOT NULL,
  file_gone_at INTEGER NOT NULL DEFAULT 0,
  target TEXT NOT NULL DEFAULT '',
  mode TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  branch_id INTEGER NOT NULL DEFAULT 0,
  key_field TEXT NOT NULL DEFAULT '',
  make_missing INTEGER NOT NULL DEFAULT 0,
  keep_good INTEGER NOT NULL DEFAULT 0,
  no_header INTEGER NOT NULL DEFAULT 0,
  sheet TEXT NOT NULL DEFAULT '',
  maps TEXT NOT NULL,
  changed_by INTEGER NOT NULL DEFAULT 0,
  edition INTEGER NOT NULL DEFAULT 1,
  checked_edition INTEGER NOT NULL DEFAULT 0,
  report BLOB,
  rows_total INTEGER NOT NULL DEFAULT 0,
  asked_by INTEGER NOT NULL DEFAULT 0,
  asked_at INTEGER NOT NULL DEFAULT 0,
  approved_by INTEGER NOT NULL DEFAULT 0,
  approved_at INTEGER NOT NULL DEFAULT 0,
  approved_edition INTEGER NOT NULL DEFAULT 0,
  declined TEXT NOT NULL DEFAULT '',
  started_by INTEGER NOT NULL DEFAULT 0,
  queued_at INTEGER NOT NULL DEFAULT 0,
  began_at INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER NOT NULL DEFAULT 0,
  stop_asked INTEGER NOT NULL DEFAULT 0,
  import_id INTEGER NOT NULL DEFAULT 0,
  already INTEGER NOT NULL DEFAULT 0,
  rows_done INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  joined INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  warned INTEGER NOT NULL DEFAULT 0,
  failed TEXT NOT NULL,
  undo_by INTEGER NOT NULL DEFAULT 0,
  undo_from TEXT NOT NULL DEFAULT '',
  undo_reason TEXT NOT NULL DEFAULT '',
  undone_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS intakes_by_time ON intakes (created_at, id);
CREATE INDEX IF NOT EXISTS intakes_by_state ON intakes (place, state, queued_at);
CREATE INDEX IF NOT EXISTS intakes_by_import ON intakes (import_id);

-- What each heading of a source was read as the last time, offered the next.
CREATE TABLE IF NOT EXISTS intake_maps (
  target TEXT NOT NULL,
  source TEXT NOT NULL,
  maps TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  saved_by INTEGER NOT NULL,
  PRIMARY KEY (target, source)
) WITHOUT ROWID;

-- Pictures of the paper a list was typed from, in sealed pieces.
CREATE TABLE IF NOT EXISTS intake_scans (
  id TEXT NOT NULL PRIMARY KEY,
  intake_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  name BLOB NOT NULL,
  added_by INTEGER NOT NULL,
  added_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS intake_scans_by_intake ON intake_scans (intake_id, added_at);
CREATE TABLE IF NOT EXISTS intake_pieces (
  scan_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (scan_id, n)
);

-- Rows of files that left the house, by who took them and the day.
CREATE TABLE IF NOT EXISTS departures (
  staff_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  surface INTEGER NOT NULL,
  times INTEGER NOT NULL,
  line_count INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (staff_id, day, surface)
) WITHOUT ROWID;
