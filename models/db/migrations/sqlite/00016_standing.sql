-- +goose Up
INSERT OR IGNORE INTO sequences (name, next) VALUES ('club', 1), ('tier', 1), ('member', 1), ('club_event', 1);

-- The house's rules of what a customer is to it: one row. months is how long
-- after a stay somebody is a customer, channels are those that count as being in
-- touch. walk_next is how far all customers were looked through by these rules,
-- by inner id, until walked_at is set.
CREATE TABLE IF NOT EXISTS standing_rules (
  id INTEGER NOT NULL PRIMARY KEY,
  months INTEGER NOT NULL,
  channels TEXT NOT NULL,
  reservations INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  walk_next INTEGER NOT NULL DEFAULT 0,
  walked_at INTEGER NOT NULL DEFAULT 0
);
INSERT OR IGNORE INTO standing_rules (id, months, channels, reservations) VALUES
  (1, 24, 'service call_in complaint pos website survey activity fair call_out device', 1);

-- What each customer is to the house: 0 target, 1 prospect, 2 customer, 3 lapsed.
-- Kept in the transaction that changes what it follows from; turns_on is the day
-- on which the passing of time alone changes it, '' for none.
CREATE TABLE IF NOT EXISTS standings (
  customer_id INTEGER NOT NULL PRIMARY KEY,
  standing INTEGER NOT NULL,
  since_on TEXT NOT NULL,
  reached_on TEXT NOT NULL DEFAULT '',
  reached_by TEXT NOT NULL DEFAULT '',
  last_on TEXT NOT NULL DEFAULT '',
  turns_on TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS standings_by_kind ON standings (standing, since_on, customer_id);
CREATE INDEX IF NOT EXISTS standings_due ON standings (turns_on, customer_id);

-- Clubs. A number is the prefix, so many digits counted up, and perhaps a check
-- digit. rules grows when members have to be judged anew.
CREATE TABLE IF NOT EXISTS clubs (
  id INTEGER NOT NULL PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  prefix TEXT NOT NULL,
  digits INTEGER NOT NULL,
  check_digit INTEGER NOT NULL,
  joining TEXT NOT NULL,
  next_number INTEGER NOT NULL DEFAULT 1,
  position INTEGER NOT NULL,
  is_on INTEGER NOT NULL DEFAULT 1,
  rules INTEGER NOT NULL DEFAULT 1,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX IF NOT EXISTS clubs_by_prefix ON clubs (prefix);

-- Levels of a club, the lowest has rank 1. A rule of which all parts are 0 is met
-- by everybody; months is the window it looks at, 0 all time.
CREATE TABLE IF NOT EXISTS club_tiers (
  id INTEGER NOT NULL PRIMARY KEY,
  club_id INTEGER NOT NULL,
  rank_no INTEGER NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  tone TEXT NOT NULL,
  months INTEGER NOT NULL,
  nights INTEGER NOT NULL,
  stays INTEGER NOT NULL,
  spend INTEGER NOT NULL,
  any_of INTEGER NOT NULL,
  grace_months INTEGER NOT NULL,
  benefits_zh TEXT NOT NULL,
  benefits_en TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX IF NOT EXISTS club_tiers_by_rank ON club_tiers (club_id, rank_no);

-- Members, also those who left (state 1). tier_id is the level they have: the
-- higher of that by the rules and that given by a person. holds_to is the day on
-- which a level by the rules ends that is no longer met; nights, stays and spend
-- are the figures that met it. check_on is the day on which to look again,
-- judged the rules of the club by which they were judged last.
CREATE TABLE IF NOT EXISTS members (
  id INTEGER NOT NULL PRIMARY KEY,
  club_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  state INTEGER NOT NULL DEFAULT 0,
  joined_on TEXT NOT NULL,
  branch_id INTEGER NOT NULL,
  tier_id INTEGER NOT NULL,
  tier_on TEXT NOT NULL,
  rule_tier_id INTEGER NOT NULL,
  nights INTEGER NOT NULL DEFAULT 0,
  stays INTEGER NOT NULL DEFAULT 0,
  spend INTEGER NOT NULL DEFAULT 0,
  holds_to TEXT NOT NULL DEFAULT '',
  hand_tier_id INTEGER NOT NULL DEFAULT 0,
  hand_by INTEGER NOT NULL DEFAULT 0,
  hand_on TEXT NOT NULL DEFAULT '',
  hand_until TEXT NOT NULL DEFAULT '',
  hand_reason TEXT NOT NULL DEFAULT '',
  check_on TEXT NOT NULL DEFAULT '',
  judged INTEGER NOT NULL,
  left_on TEXT NOT NULL DEFAULT '',
  left_why TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS members_by_customer ON members (customer_id, club_id);
CREATE INDEX IF NOT EXISTS members_due ON members (state, check_on, id);
CREATE INDEX IF NOT EXISTS members_judged ON members (club_id, state, judged, id);

-- Every number that was ever given: no two people get the same one. ended_at is
-- set when a card was lost.
CREATE TABLE IF NOT EXISTS member_numbers (
  club_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  member_id INTEGER NOT NULL,
  given_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0,
  ended_why TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (club_id, number)
) WITHOUT ROWID;

-- What happened to a membership: who or what set which level, and the figures
-- that met the rule. set_by is rule or person.
CREATE TABLE IF NOT EXISTS member_events (
  member_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  from_tier INTEGER NOT NULL DEFAULT 0,
  tier_id INTEGER NOT NULL DEFAULT 0,
  set_by TEXT NOT NULL DEFAULT '',
  staff_id INTEGER NOT NULL DEFAULT 0,
  branch_id INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  until_on TEXT NOT NULL DEFAULT '',
  months INTEGER NOT NULL DEFAULT 0,
  nights INTEGER NOT NULL DEFAULT 0,
  stays INTEGER NOT NULL DEFAULT 0,
  spend INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL,
  PRIMARY KEY (member_id, n)
) WITHOUT ROWID;

-- Events of a club, and who came.
CREATE TABLE IF NOT EXISTS club_events (
  id INTEGER NOT NULL PRIMARY KEY,
  club_id INTEGER NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  held_on TEXT NOT NULL,
  place TEXT NOT NULL,
  branch_id INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS club_events_by_day ON club_events (club_id, held_on);
CREATE TABLE IF NOT EXISTS attendances (
  customer_id INTEGER NOT NULL,
  event_id INTEGER NOT NULL,
  staff_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (customer_id, event_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS attendances_by_event ON attendances (event_id, customer_id);
