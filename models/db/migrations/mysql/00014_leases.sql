-- +goose Up
-- One row a job that exactly one of several instances may do at a time: who has
-- it, until when, and what that instance says of how it goes. The term grows
-- each time the lease is taken, so that a holder who slept knows it is over.
CREATE TABLE IF NOT EXISTS leases (
  name VARCHAR(80) NOT NULL PRIMARY KEY,
  holder VARCHAR(32) NOT NULL,
  term BIGINT NOT NULL,
  taken_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  note TEXT NOT NULL,
  noted_at BIGINT NOT NULL DEFAULT 0
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
