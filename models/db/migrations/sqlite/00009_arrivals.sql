-- +goose Up
-- What is made ready for one stay: k is w and the number of a wish of the guest,
-- or h and a number for what somebody added by hand. A wish has a row once it was
-- ticked; what it says is read where it is kept.
CREATE TABLE IF NOT EXISTS preparations (
  stay_id INTEGER NOT NULL,
  k TEXT NOT NULL,
  branch_id INTEGER NOT NULL,
  department TEXT NOT NULL DEFAULT '',
  wording TEXT NOT NULL DEFAULT '',
  due INTEGER NOT NULL DEFAULT -1,
  done_at INTEGER NOT NULL DEFAULT 0,
  done_by INTEGER NOT NULL DEFAULT 0,
  dropped_at INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  PRIMARY KEY (stay_id, k)
) WITHOUT ROWID;

-- What open pages are told of. Rows are read in the order of seq by every
-- instance, each a little back, since commits do not come in that order, and
-- removed after an hour. body holds no personal data.
CREATE TABLE IF NOT EXISTS changes (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  branch_id INTEGER NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
);

CREATE INDEX IF NOT EXISTS changes_by_time ON changes (at);

-- Small kindnesses of the house: what, when it fits, what it costs, which post may
-- grant it. tags say what is in it, so that it never meets a taboo.
CREATE TABLE IF NOT EXISTS gestures (
  k TEXT NOT NULL PRIMARY KEY,
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  occasion TEXT NOT NULL,
  every INTEGER NOT NULL DEFAULT 0,
  price INTEGER NOT NULL,
  post TEXT NOT NULL,
  tags TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL,
  is_on INTEGER NOT NULL DEFAULT 1,
  version INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
INSERT OR IGNORE INTO gestures (k, text_zh, text_en, occasion, every, price, post, tags, position) VALUES
  ('nth_stay', '手写卡一张，大堂经理迎到电梯口', 'A handwritten card, the lobby manager at the lift', 'stay', 10, 2000, 'front_desk', '', 10),
  ('fifth_stay', '客房里放一份当季水果', 'Fruit of the season in the room', 'stay', 5, 6800, 'front_desk', '', 20),
  ('first_stay', '手写欢迎卡', 'A handwritten welcome card', 'first', 0, 500, 'front_desk', '', 30),
  ('birthday', '长寿面一碗，手写贺卡', 'Longevity noodles and a card by hand', 'birthday', 0, 3800, 'front_desk', 'gluten', 40),
  ('birthday_cake', '小蛋糕一份', 'A small cake', 'birthday', 0, 12800, 'manager', 'sweet
egg
dairy
gluten', 50),
  ('wedding', '甜品一份，写上名字', 'A dessert with their names', 'wedding', 0, 8800, 'front_desk', 'sweet', 60),
  ('wedding_wine', '起泡酒半瓶', 'Half a bottle of sparkling wine', 'wedding', 0, 16800, 'manager', 'alcohol', 70),
  ('again_soon', '送一杯常喝的', 'A glass of what they usually drink', 'soon', 0, 3000, 'front_desk', '', 80);
