-- +goose Up
-- What is made ready for one stay: k is w and the number of a wish of the guest,
-- or h and a number for what somebody added by hand. A wish has a row once it was
-- ticked; what it says is read where it is kept.
CREATE TABLE IF NOT EXISTS preparations (
  stay_id BIGINT NOT NULL,
  k VARCHAR(24) NOT NULL,
  branch_id BIGINT NOT NULL,
  department VARCHAR(24) NOT NULL DEFAULT '',
  wording VARCHAR(200) NOT NULL DEFAULT '',
  due BIGINT NOT NULL DEFAULT -1,
  done_at BIGINT NOT NULL DEFAULT 0,
  done_by BIGINT NOT NULL DEFAULT 0,
  dropped_at BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  created_by BIGINT NOT NULL,
  PRIMARY KEY (stay_id, k)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What open pages are told of. Rows are read in the order of seq by every
-- instance, each a little back, since commits do not come in that order, and
-- removed after an hour. body holds no personal data.
CREATE TABLE IF NOT EXISTS changes (
  seq BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
  topic VARCHAR(24) NOT NULL,
  branch_id BIGINT NOT NULL,
  body VARCHAR(500) NOT NULL,
  at BIGINT NOT NULL,
  KEY changes_by_time (at)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Small kindnesses of the house: what, when it fits, what it costs, which post may
-- grant it. tags say what is in it, so that it never meets a taboo.
CREATE TABLE IF NOT EXISTS gestures (
  k VARCHAR(32) NOT NULL PRIMARY KEY,
  text_zh VARCHAR(120) NOT NULL,
  text_en VARCHAR(120) NOT NULL,
  occasion VARCHAR(16) NOT NULL,
  every BIGINT NOT NULL DEFAULT 0,
  price BIGINT NOT NULL,
  post VARCHAR(16) NOT NULL,
  tags VARCHAR(200) NOT NULL DEFAULT '',
  position BIGINT NOT NULL,
  is_on TINYINT NOT NULL DEFAULT 1,
  version BIGINT NOT NULL DEFAULT 1
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT IGNORE INTO gestures (k, text_zh, text_en, occasion, every, price, post, tags, position) VALUES
  ('nth_stay', '手写卡一张，大堂经理迎到电梯口', 'A handwritten card, the lobby manager at the lift', 'stay', 10, 2000, 'front_desk', '', 10),
  ('fifth_stay', '客房里放一份当季水果', 'Fruit of the season in the room', 'stay', 5, 6800, 'front_desk', '', 20),
  ('first_stay', '手写欢迎卡', 'A handwritten welcome card', 'first', 0, 500, 'front_desk', '', 30),
  ('birthday', '长寿面一碗，手写贺卡', 'Longevity noodles and a card by hand', 'birthday', 0, 3800, 'front_desk', 'gluten', 40),
  ('birthday_cake', '小蛋糕一份', 'A small cake', 'birthday', 0, 12800, 'manager', 'sweet\negg\ndairy\ngluten', 50),
  ('wedding', '甜品一份，写上名字', 'A dessert with their names', 'wedding', 0, 8800, 'front_desk', 'sweet', 60),
  ('wedding_wine', '起泡酒半瓶', 'Half a bottle of sparkling wine', 'wedding', 0, 16800, 'manager', 'alcohol', 70),
  ('again_soon', '送一杯常喝的', 'A glass of what they usually drink', 'soon', 0, 3000, 'front_desk', '', 80);
