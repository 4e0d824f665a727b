-- +goose Up
-- One row when this house was filled with invented data. While finished_at is 0
-- the filling goes on, or was cut short and left a house that is of no use.
CREATE TABLE IF NOT EXISTS demo_fill (
  id INTEGER NOT NULL PRIMARY KEY,
  seed TEXT NOT NULL,
  customers INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL DEFAULT 0
);
