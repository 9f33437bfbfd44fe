/** One step of the schema. A step that was ever published is never changed: what comes after it is another step. */
export interface Migration {
  /** One more than that of the step before. */
  readonly number: number
  readonly name: string
  readonly sql: string
}

/**
 * Why it looks as it does, measured over a million waiting sessions:
 * - `sessions` is what changes with every input. Its rows are addressed by a small integer and by nothing else, so that one
 *   page is written for an input, and sessions that began together, which are in use together, share pages.
 * - `heads` is what lists read. It changes when a session begins and ends, and bears the indexes: few, for each of them is
 *   another page to write when one does.
 * - `history` only grows at its end. A row names the one before it of the same session, so that no index is needed.
 * - `timers` stand apart, so that an input which leaves its timer alone touches none.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'first',
    sql: `
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
    `,
  },
  {
    number: 2,
    name: 'links',
    sql: `
      CREATE TABLE links (
        n INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, id TEXT NOT NULL, code TEXT, flow TEXT NOT NULL,
        application TEXT NOT NULL, at NUMERIC NOT NULL, text TEXT NOT NULL
      );
      CREATE UNIQUE INDEX links_id ON links (tenant, id);
      CREATE UNIQUE INDEX links_code ON links (tenant, code) WHERE code IS NOT NULL;
      CREATE INDEX links_at ON links (tenant, -at, id);
      CREATE INDEX links_flow ON links (tenant, flow, -at, id);
      CREATE INDEX links_application ON links (tenant, application, -at, id);
      CREATE TABLE tallies (
        tenant INTEGER NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL, until NUMERIC, PRIMARY KEY (tenant, name)
      ) WITHOUT ROWID;
      CREATE INDEX tallies_until ON tallies (tenant, until) WHERE until IS NOT NULL;
    `,
  },
]
