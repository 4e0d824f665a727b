-- +goose Up
-- What a token may, until when, how fast, and when it was last used. Tokens from
-- before carry every verb that no token is refused, and do not expire.
ALTER TABLE tokens ADD COLUMN scopes TEXT NOT NULL DEFAULT '*';
ALTER TABLE tokens ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN per_second INTEGER NOT NULL DEFAULT 20;
ALTER TABLE tokens ADD COLUMN per_hour INTEGER NOT NULL DEFAULT 600;
ALTER TABLE tokens ADD COLUMN made_by INTEGER NOT NULL DEFAULT 0;

-- How many customers a token was shown in an hour (hours since 1970), written
-- with the ledger. The token is the first part of its hash.
CREATE TABLE IF NOT EXISTS token_reads (
  token TEXT NOT NULL,
  hour INTEGER NOT NULL,
  customers INTEGER NOT NULL,
  PRIMARY KEY (token, hour)
) WITHOUT ROWID;

-- Addresses of other programs that want to hear of changes. The secret is sealed
-- under a key of the endpoint's own.
CREATE TABLE IF NOT EXISTS webhooks (
  id TEXT NOT NULL PRIMARY KEY,
  address TEXT NOT NULL,
  kinds TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1,
  off_reason TEXT NOT NULL DEFAULT '',
  secret BLOB NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  paused_until INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Who hears of what, of endpoints that are on: the one read of whoever changes
-- something.
CREATE TABLE IF NOT EXISTS webhook_subscriptions (
  kind TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  PRIMARY KEY (kind, webhook_id)
) WITHOUT ROWID;

-- One row an event and endpoint, written in the transaction of the act. It waits
-- while ended_at is 0; a claim keeps two senders from one row.
CREATE TABLE IF NOT EXISTS webhook_deliveries (
  id TEXT NOT NULL PRIMARY KEY,
  webhook_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  customer TEXT NOT NULL,
  at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  claim TEXT NOT NULL DEFAULT '',
  claimed_until INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER NOT NULL DEFAULT 0,
  outcome TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  status INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS webhook_deliveries_due ON webhook_deliveries (webhook_id, ended_at, due_at);
