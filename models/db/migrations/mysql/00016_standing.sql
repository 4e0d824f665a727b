-- +goose Up
INSERT IGNORE INTO sequences (name, next) VALUES ('club', 1), ('tier', 1), ('member', 1), ('club_event', 1);

-- The house's rules of what a customer is to it: one row. months is how long
-- after a stay somebody is a customer, channels are those that count as being in
-- touch. walk_next is how far all customers were looked through by these rules,
-- by inner id, until walked_at is set.
CREATE TABLE IF NOT EXISTS standing_rules (
  id BIGINT NOT NULL PRIMARY KEY,
  months BIGINT NOT NULL,
  channels VARCHAR(300) NOT NULL,
  reservations TINYINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  walk_next BIGINT NOT NULL DEFAULT 0,
  walked_at BIGINT NOT NULL DEFAULT 0
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT IGNORE INTO standing_rules (id, months, channels, reservations) VALUES
  (1, 24, 'service call_in complaint pos website survey activity fair call_out device', 1);

-- What each customer is to the house: 0 target, 1 prospect, 2 customer, 3 lapsed.
-- Kept in the transaction that changes what it follows from; turns_on is the day
-- on which the passing of time alone changes it, '' for none.
CREATE TABLE IF NOT EXISTS standings (
  customer_id BIGINT NOT NULL PRIMARY KEY,
  standing TINYINT NOT NULL,
  since_on VARCHAR(10) NOT NULL,
  reached_on VARCHAR(10) NOT NULL DEFAULT '',
  reached_by VARCHAR(12) NOT NULL DEFAULT '',
  last_on VARCHAR(10) NOT NULL DEFAULT '',
  turns_on VARCHAR(10) NOT NULL DEFAULT '',
  KEY standings_by_kind (standing, since_on, customer_id),
  KEY standings_due (turns_on, customer_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Clubs. A number is the prefix, so many digits counted up, and perhaps a check
-- digit. rules grows when members have to be judged anew.
CREATE TABLE IF NOT EXISTS clubs (
  id BIGINT NOT NULL PRIMARY KEY,
  name_zh VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  prefix VARCHAR(8) NOT NULL,
  digits BIGINT NOT NULL,
  check_digit TINYINT NOT NULL,
  joining VARCHAR(8) NOT NULL,
  next_number BIGINT NOT NULL DEFAULT 1,
  position BIGINT NOT NULL,
  is_on TINYINT NOT NULL DEFAULT 1,
  rules BIGINT NOT NULL DEFAULT 1,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE KEY clubs_by_prefix (prefix)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Levels of a club, the lowest has rank 1. A rule of which all parts are 0 is met
-- by everybody; months is the window it looks at, 0 all time.
CREATE TABLE IF NOT EXISTS club_tiers (
  id BIGINT NOT NULL PRIMARY KEY,
  club_id BIGINT NOT NULL,
  rank_no BIGINT NOT NULL,
  name_zh VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  tone VARCHAR(8) NOT NULL,
  months BIGINT NOT NULL,
  nights BIGINT NOT NULL,
  stays BIGINT NOT NULL,
  spend BIGINT NOT NULL,
  any_of TINYINT NOT NULL,
  grace_months BIGINT NOT NULL,
  benefits_zh TEXT NOT NULL,
  benefits_en TEXT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  UNIQUE KEY club_tiers_by_rank (club_id, rank_no)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Members, also those who left (state 1). tier_id is the level they have: the
-- higher of that by the rules and that given by a person. holds_to is the day on
-- which a level by the rules ends that is no longer met; nights, stays and spend
-- are the figures that met it. check_on is the day on which to look again,
-- judged the rules of the club by which they were judged last.
CREATE TABLE IF NOT EXISTS members (
  id BIGINT NOT NULL PRIMARY KEY,
  club_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  number VARCHAR(30) NOT NULL,
  state TINYINT NOT NULL DEFAULT 0,
  joined_on VARCHAR(10) NOT NULL,
  branch_id BIGINT NOT NULL,
  tier_id BIGINT NOT NULL,
  tier_on VARCHAR(10) NOT NULL,
  rule_tier_id BIGINT NOT NULL,
  nights BIGINT NOT NULL DEFAULT 0,
  stays BIGINT NOT NULL DEFAULT 0,
  spend BIGINT NOT NULL DEFAULT 0,
  holds_to VARCHAR(10) NOT NULL DEFAULT '',
  hand_tier_id BIGINT NOT NULL DEFAULT 0,
  hand_by BIGINT NOT NULL DEFAULT 0,
  hand_on VARCHAR(10) NOT NULL DEFAULT '',
  hand_until VARCHAR(10) NOT NULL DEFAULT '',
  hand_reason VARCHAR(200) NOT NULL DEFAULT '',
  check_on VARCHAR(10) NOT NULL DEFAULT '',
  judged BIGINT NOT NULL,
  left_on VARCHAR(10) NOT NULL DEFAULT '',
  left_why VARCHAR(200) NOT NULL DEFAULT '',
  version BIGINT NOT NULL DEFAULT 1,
  updated_at BIGINT NOT NULL,
  UNIQUE KEY members_by_customer (customer_id, club_id),
  KEY members_due (state, check_on, id),
  KEY members_judged (club_id, state, judged, id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Every number that was ever given: no two people get the same one. ended_at is
-- set when a card was lost.
CREATE TABLE IF NOT EXISTS member_numbers (
  club_id BIGINT NOT NULL,
  number VARCHAR(30) NOT NULL,
  member_id BIGINT NOT NULL,
  given_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL DEFAULT 0,
  ended_why VARCHAR(200) NOT NULL DEFAULT '',
  PRIMARY KEY (club_id, number)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What happened to a membership: who or what set which level, and the figures
-- that met the rule. set_by is rule or person.
CREATE TABLE IF NOT EXISTS member_events (
  member_id BIGINT NOT NULL,
  n BIGINT NOT NULL,
  kind VARCHAR(12) NOT NULL,
  from_tier BIGINT NOT NULL DEFAULT 0,
  tier_id BIGINT NOT NULL DEFAULT 0,
  set_by VARCHAR(8) NOT NULL DEFAULT '',
  staff_id BIGINT NOT NULL DEFAULT 0,
  branch_id BIGINT NOT NULL DEFAULT 0,
  reason VARCHAR(200) NOT NULL DEFAULT '',
  until_on VARCHAR(10) NOT NULL DEFAULT '',
  months BIGINT NOT NULL DEFAULT 0,
  nights BIGINT NOT NULL DEFAULT 0,
  stays BIGINT NOT NULL DEFAULT 0,
  spend BIGINT NOT NULL DEFAULT 0,
  at BIGINT NOT NULL,
  PRIMARY KEY (member_id, n)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Events of a club, and who came.
CREATE TABLE IF NOT EXISTS club_events (
  id BIGINT NOT NULL PRIMARY KEY,
  club_id BIGINT NOT NULL,
  name_zh VARCHAR(120) NOT NULL,
  name_en VARCHAR(120) NOT NULL,
  held_on VARCHAR(10) NOT NULL,
  place VARCHAR(120) NOT NULL,
  branch_id BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  KEY club_events_by_day (club_id, held_on)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE IF NOT EXISTS attendances (
  customer_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  staff_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (customer_id, event_id),
  KEY attendances_by_event (event_id, customer_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
