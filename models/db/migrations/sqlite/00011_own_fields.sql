-- +goose Up
-- A house's own fields. shape counts the changes after which a value may have to
-- be stored otherwise: whoever writes values checks it in the same transaction.
-- Customers above work_from still have values of the shape before, -1 when none
-- has; work_done is how many values were brought in step so far.
ALTER TABLE fields ADD COLUMN shape INTEGER NOT NULL DEFAULT 1;
ALTER TABLE fields ADD COLUMN work_from INTEGER NOT NULL DEFAULT -1;
ALTER TABLE fields ADD COLUMN work_done INTEGER NOT NULL DEFAULT 0;
-- What was ever stored of an own field: a row with an empty code when anything
-- was, and one for each answer that somebody gave whose values are not sealed.
CREATE TABLE IF NOT EXISTS field_marks (
  field TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (field, code)
) WITHOUT ROWID;
