-- +goose Up
-- One row a job that exactly one of several instances may do at a time: who has
-- it, until when, and what that instance says of how it goes. The term grows
-- each time the lease is taken, so that a holder who slept knows it is over.
CREATE TABLE IF NOT EXISTS leases (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  term INTEGER NOT NULL,
  taken_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  note TEXT NOT NULL,
  noted_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
