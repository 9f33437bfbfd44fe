/** The schema as the first release made it. It is never changed: files of that release are out there. */
export const SCHEMA_1 = `
  CREATE TABLE sluice_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
  INSERT INTO sluice_migrations VALUES (1, 'first');
  CREATE TABLE numbers (last INTEGER NOT NULL);
  INSERT INTO numbers VALUES (0);
  CREATE TABLE tenants (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

  CREATE TABLE streams (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL);
  CREATE TABLE events (
    stream INTEGER NOT NULL, revision INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (stream, revision)
  ) WITHOUT ROWID;
  CREATE TABLE contents (hash TEXT NOT NULL UNIQUE, text TEXT NOT NULL);

  CREATE TABLE sessions (n INTEGER PRIMARY KEY, revision INTEGER NOT NULL, past INTEGER, text TEXT NOT NULL);
  CREATE TABLE history (n INTEGER PRIMARY KEY, past INTEGER, revision INTEGER NOT NULL, text TEXT NOT NULL);
  CREATE TABLE heads (
    n INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, session TEXT NOT NULL, flow TEXT NOT NULL, version TEXT NOT NULL,
    status TEXT NOT NULL, contact TEXT, channel TEXT, test INTEGER NOT NULL, started INTEGER NOT NULL,
    ended INTEGER, outcome TEXT
  );
  CREATE UNIQUE INDEX heads_session ON heads (tenant, session);
  CREATE INDEX heads_started ON heads (tenant, started);
  CREATE INDEX heads_flow ON heads (tenant, flow, started);
  CREATE INDEX heads_failed ON heads (tenant, started) WHERE status = 'failed';
  CREATE INDEX heads_contact ON heads (tenant, contact, started) WHERE contact IS NOT NULL;
  CREATE INDEX heads_test ON heads (tenant, started) WHERE test = 1;
  CREATE INDEX heads_ended ON heads (tenant, ended) WHERE ended IS NOT NULL;
  CREATE TABLE timers (
    session INTEGER NOT NULL, due INTEGER NOT NULL, tenant INTEGER NOT NULL, PRIMARY KEY (session, due)
  ) WITHOUT ROWID;
  CREATE INDEX timers_due ON timers (tenant, due);

  CREATE TABLE claims (
    tenant INTEGER NOT NULL, name TEXT NOT NULL, session TEXT NOT NULL, until INTEGER, PRIMARY KEY (tenant, name)
  ) WITHOUT ROWID;
  CREATE INDEX claims_session ON claims (tenant, session);
  CREATE INDEX claims_until ON claims (tenant, until) WHERE until IS NOT NULL;
  CREATE TABLE marks (
    tenant INTEGER NOT NULL, mark TEXT NOT NULL, session TEXT NOT NULL, PRIMARY KEY (tenant, mark, session)
  ) WITHOUT ROWID;
  CREATE INDEX marks_session ON marks (tenant, session);

  CREATE TABLE outbox (
    tenant INTEGER NOT NULL, n INTEGER NOT NULL, session TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (tenant, n)
  ) WITHOUT ROWID;
  CREATE TABLE dead_letters (
    n INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, session TEXT NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL,
    text TEXT NOT NULL
  );
  CREATE INDEX dead_letters_tenant ON dead_letters (tenant);
  CREATE INDEX dead_letters_session ON dead_letters (tenant, session);
  CREATE TABLE log (
    n INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, logbook TEXT NOT NULL, session TEXT NOT NULL, at INTEGER NOT NULL,
    text TEXT NOT NULL
  );
  CREATE INDEX log_tenant ON log (tenant);
  CREATE INDEX log_logbook ON log (tenant, logbook);
  CREATE INDEX log_session ON log (tenant, session);
  CREATE TABLE counts (
    tenant INTEGER NOT NULL, name TEXT NOT NULL, value NUMERIC NOT NULL, PRIMARY KEY (tenant, name)
  ) WITHOUT ROWID;
  CREATE TABLE cursors (
    tenant INTEGER NOT NULL, name TEXT NOT NULL, value NUMERIC NOT NULL, PRIMARY KEY (tenant, name)
  ) WITHOUT ROWID;

  CREATE TABLE contacts (
    tenant INTEGER NOT NULL, id TEXT NOT NULL, fields TEXT NOT NULL, language TEXT, PRIMARY KEY (tenant, id)
  );
  CREATE TABLE addresses (
    tenant INTEGER NOT NULL, address TEXT NOT NULL, contact TEXT NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (tenant, address)
  ) WITHOUT ROWID;
  CREATE INDEX addresses_contact ON addresses (tenant, contact, place);
  CREATE TABLE memberships (
    n INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, segment TEXT NOT NULL, contact TEXT NOT NULL,
    settled INTEGER NOT NULL, UNIQUE (tenant, segment, contact)
  );
  CREATE INDEX memberships_segment ON memberships (tenant, segment);
  CREATE INDEX memberships_contact ON memberships (tenant, contact);
  CREATE INDEX memberships_unsettled ON memberships (tenant) WHERE settled = 0;
  CREATE TABLE segments (
    tenant INTEGER NOT NULL, segment TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (tenant, segment)
  ) WITHOUT ROWID;
  CREATE TRIGGER membership_begins AFTER INSERT ON memberships BEGIN
    INSERT INTO segments VALUES (new.tenant, new.segment, 1)
    ON CONFLICT DO UPDATE SET size = size + 1;
  END;
  CREATE TRIGGER membership_ends AFTER DELETE ON memberships BEGIN
    UPDATE segments SET size = size - 1 WHERE tenant = old.tenant AND segment = old.segment;
  END;
`

/** A bit of everything, as that release stored it. */
export const ROWS_OF_SCHEMA_1 = `
  UPDATE numbers SET last = 7;
  INSERT INTO tenants VALUES (1, 'acme');
  INSERT INTO streams VALUES (1, 'workspace/acme', 1);
  INSERT INTO events VALUES (1, 1, '{"type":"made"}');
  INSERT INTO contents VALUES ('hash', '{}');
  INSERT INTO sessions VALUES (1, 2, 3, 'waits');
  INSERT INTO history VALUES (2, NULL, 1, 'began'), (3, 2, 2, 'asked');
  INSERT INTO heads VALUES (1, 1, 's', 'f', 'v', 'waiting', 'ada', 'sms', 0, 1000, NULL, NULL);
  INSERT INTO timers VALUES (1, 5000, 1);
  INSERT INTO claims VALUES (1, 'once', 's', NULL);
  INSERT INTO marks VALUES (1, 'contact/ada', 's');
  INSERT INTO outbox VALUES (1, 4, 's', 'send', 0);
  INSERT INTO log VALUES (5, 1, 'calls', 's', 1500, 'entry');
  INSERT INTO dead_letters VALUES (6, 1, 's', 'message.send', 1600, 'letter');
  INSERT INTO counts VALUES (1, 'flow/f/started', 1);
  INSERT INTO cursors VALUES (1, 'feed', 7);
  INSERT INTO contacts VALUES (1, 'ada', '{"name":"Ada"}', 'de');
  INSERT INTO addresses VALUES (1, '+491', 'ada', 0);
  INSERT INTO memberships VALUES (7, 1, 'vip', 'ada', 0);
`
