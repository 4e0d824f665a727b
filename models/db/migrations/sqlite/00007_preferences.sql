-- +goose Up
-- Departments prepare what guests asked for; lead_minutes is how long before an
-- arrival they must be ready.
CREATE TABLE IF NOT EXISTS departments (
  k TEXT NOT NULL PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  lead_minutes INTEGER NOT NULL,
  position INTEGER NOT NULL,
  is_on INTEGER NOT NULL DEFAULT 1,
  version INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

-- Service areas are the house's own list. words are further ways of saying that
-- a wish belongs to the area, one a line. prepares: 0 nothing is made ready
-- before an arrival, 1 what the guest wants, 2 also what the guest merely likes.
CREATE TABLE IF NOT EXISTS service_areas (
  k TEXT NOT NULL PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  department TEXT NOT NULL,
  icon TEXT NOT NULL DEFAULT 'check',
  safety INTEGER NOT NULL DEFAULT 0,
  prepares INTEGER NOT NULL DEFAULT 1,
  position INTEGER NOT NULL,
  is_on INTEGER NOT NULL DEFAULT 1,
  version INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
INSERT OR IGNORE INTO departments (k, name_zh, name_en, lead_minutes, position) VALUES
  ('front_office', '前台', 'Front office', 60, 10),
  ('housekeeping', '客房部', 'Housekeeping', 120, 20),
  ('food', '餐饮部', 'Food and beverage', 60, 30),
  ('concierge', '礼宾部', 'Concierge', 60, 40),
  ('engineering', '工程部', 'Engineering', 120, 50);
INSERT OR IGNORE INTO service_areas (k, name_zh, name_en, department, icon, safety, prepares, position) VALUES
  ('room', '房间', 'Room', 'front_office', 'bed', 0, 1, 10),
  ('bed_pillow', '床与枕', 'Bed and pillow', 'housekeeping', 'bed', 0, 1, 20),
  ('temperature_air', '温度与空气', 'Temperature and air', 'housekeeping', 'sun', 0, 1, 30),
  ('noise_location', '安静与位置', 'Quiet and location', 'front_office', 'quiet', 0, 1, 40),
  ('bathroom', '浴室', 'Bathroom', 'housekeeping', 'check', 0, 1, 50),
  ('minibar_drinks', '饮品', 'Drinks', 'food', 'cup', 0, 2, 60),
  ('breakfast_food', '餐食', 'Food', 'food', 'cup', 0, 1, 70),
  ('allergy_safety', '过敏与安全', 'Allergies and safety', 'food', 'alert', 1, 2, 80),
  ('smoking', '吸烟', 'Smoking', 'front_office', 'ban', 0, 1, 90),
  ('housekeeping_timing', '打扫时间', 'Cleaning times', 'housekeeping', 'clock', 0, 1, 100),
  ('arrival_departure', '到店离店', 'Arrival and departure', 'concierge', 'key', 0, 1, 110),
  ('transport', '用车', 'Transport', 'concierge', 'pin', 0, 1, 120),
  ('family_children', '家人与孩子', 'Family and children', 'housekeeping', 'user', 0, 1, 130),
  ('language_address', '语言与称呼', 'Language and address', 'front_office', 'chat', 0, 0, 140),
  ('payment_invoice', '付款与发票', 'Payment and invoice', 'front_office', 'bill', 0, 0, 150),
  ('gifts_occasions', '心意与纪念日', 'Gifts and occasions', 'concierge', 'gift', 0, 1, 160),
  ('accessibility', '无障碍', 'Accessibility', 'front_office', 'user', 0, 1, 170),
  ('entertainment', '消遣', 'Entertainment', 'concierge', 'calendar', 0, 0, 180),
  ('privacy', '隐私', 'Privacy', 'front_office', 'lock', 0, 0, 190),
  ('other', '其他', 'Other', 'front_office', 'check', 0, 0, 200);

-- What a preference has beyond the fact that holds its wording: the fact of the
-- same number. words are the guest's own, sealed where they name an illness, a
-- creed or a family matter. branches lists the ids of the branches at which it
-- holds, one a line; empty: everywhere.
CREATE TABLE IF NOT EXISTS preferences (
  customer_id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  area TEXT NOT NULL,
  act TEXT NOT NULL,
  strength INTEGER NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  words_sealed BLOB,
  tags TEXT NOT NULL DEFAULT '',
  branches TEXT NOT NULL DEFAULT '',
  until_on TEXT NOT NULL DEFAULT '',
  consent TEXT NOT NULL DEFAULT '',
  confirmed_at INTEGER NOT NULL DEFAULT 0,
  confirmed_by INTEGER NOT NULL DEFAULT 0,
  confirmed_branch INTEGER NOT NULL DEFAULT 0,
  retired_by INTEGER NOT NULL DEFAULT 0,
  retired_why TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (customer_id, n)
) WITHOUT ROWID;

-- What was kept before as plain facts: by the area of its field. Wordings that no
-- field places go to 'other', from where staff move them when they next change them.
INSERT OR IGNORE INTO preferences (customer_id, n, area, act, strength)
SELECT customer_id, n, CASE field WHEN 'allergy_instruction' THEN 'allergy_safety' WHEN 'care_instruction' THEN 'other' WHEN 'mobility_help' THEN 'accessibility' WHEN 'child_setup' THEN 'family_children' WHEN 'diet' THEN 'breakfast_food' WHEN 'food_likes' THEN 'breakfast_food' WHEN 'eat_places' THEN 'entertainment' WHEN 'drink_likes' THEN 'minibar_drinks' WHEN 'daily_rhythm' THEN 'housekeeping_timing' WHEN 'sleep' THEN 'bed_pillow' WHEN 'contact_wish' THEN 'privacy' WHEN 'taboo' THEN 'other' WHEN 'dislike' THEN 'other' END, CASE field WHEN 'allergy_instruction' THEN 'never' WHEN 'care_instruction' THEN 'do' WHEN 'mobility_help' THEN 'do' WHEN 'child_setup' THEN 'do' WHEN 'diet' THEN 'do' WHEN 'food_likes' THEN 'do' WHEN 'eat_places' THEN 'do' WHEN 'drink_likes' THEN 'do' WHEN 'daily_rhythm' THEN 'do' WHEN 'sleep' THEN 'do' WHEN 'contact_wish' THEN 'never' WHEN 'taboo' THEN 'never' WHEN 'dislike' THEN 'never' END, CASE field WHEN 'allergy_instruction' THEN 3 WHEN 'care_instruction' THEN 2 WHEN 'mobility_help' THEN 2 WHEN 'child_setup' THEN 2 WHEN 'diet' THEN 2 WHEN 'food_likes' THEN 1 WHEN 'eat_places' THEN 1 WHEN 'drink_likes' THEN 1 WHEN 'daily_rhythm' THEN 1 WHEN 'sleep' THEN 2 WHEN 'contact_wish' THEN 2 WHEN 'taboo' THEN 2 WHEN 'dislike' THEN 1 END
FROM facts WHERE none = 0 AND field IN ('allergy_instruction', 'care_instruction', 'mobility_help', 'child_setup', 'diet', 'food_likes', 'eat_places', 'drink_likes', 'daily_rhythm', 'sleep', 'contact_wish', 'taboo', 'dislike');
