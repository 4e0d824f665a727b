-- +goose Up
-- One row when this house was filled with invented data. While finished_at is 0
-- the filling goes on, or was cut short and left a house that is of no use.
CREATE TABLE IF NOT EXISTS demo_fill (
  id BIGINT NOT NULL PRIMARY KEY,
  seed VARCHAR(20) NOT NULL,
  customers BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL DEFAULT 0
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
