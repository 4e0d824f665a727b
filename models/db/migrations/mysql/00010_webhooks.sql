-- +goose Up
-- What a token may, until when, how fast, and when it was last used. Tokens from
-- before carry every verb that no token is refused, and do not expire.
ALTER TABLE tokens ADD COLUMN IF NOT EXISTS scopes VARCHAR(400) NOT NULL DEFAULT '*';
ALTER TABLE tokens ADD COLUMN IF NOT EXISTS expires_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN IF NOT EXISTS used_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN IF NOT EXISTS per_second BIGINT NOT NULL DEFAULT 20;
ALTER TABLE tokens ADD COLUMN IF NOT EXISTS per_hour BIGINT NOT NULL DEFAULT 600;
ALTER TABLE tokens ADD COLUMN IF NOT EXISTS made_by BIGINT NOT NULL DEFAULT 0;

-- How many customers a token was shown in an hour (hours since 1970), written
-- with the ledger. The token is the first part of its hash.
CREATE TABLE IF NOT EXISTS token_reads (
  token VARCHAR(16) NOT NULL,
  hour BIGINT NOT NULL,
  customers BIGINT NOT NULL,
  PRIMARY KEY (token, hour)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Addresses of other programs that want to hear of changes. The secret is sealed
-- under a key of the endpoint's own.
CREATE TABLE IF NOT EXISTS webhooks (
  id VARCHAR(16) NOT NULL PRIMARY KEY,
  address VARCHAR(300) NOT NULL,
  kinds VARCHAR(400) NOT NULL,
  active TINYINT NOT NULL DEFAULT 1,
  off_reason VARCHAR(20) NOT NULL DEFAULT '',
  secret VARBINARY(200) NOT NULL,
  failures BIGINT NOT NULL DEFAULT 0,
  paused_until BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 1,
  created_by BIGINT NOT NULL,
  created_at BIGINT NOT NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who hears of what, of endpoints that are on: the one read of whoever changes
-- something.
CREATE TABLE IF NOT EXISTS webhook_subscriptions (
  kind VARCHAR(40) NOT NULL,
  webhook_id VARCHAR(16) NOT NULL,
  PRIMARY KEY (kind, webhook_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row an event and endpoint, written in the transaction of the act. It waits
-- while ended_at is 0; a claim keeps two senders from one row.
CREATE TABLE IF NOT EXISTS webhook_deliveries (
  id VARCHAR(32) NOT NULL PRIMARY KEY,
  webhook_id VARCHAR(16) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  customer VARCHAR(16) NOT NULL,
  at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  claim VARCHAR(32) NOT NULL DEFAULT '',
  claimed_until BIGINT NOT NULL DEFAULT 0,
  ended_at BIGINT NOT NULL DEFAULT 0,
  outcome VARCHAR(20) NOT NULL DEFAULT '',
  reason VARCHAR(20) NOT NULL DEFAULT '',
  status BIGINT NOT NULL DEFAULT 0,
  KEY webhook_deliveries_due (webhook_id, ended_at, due_at)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
