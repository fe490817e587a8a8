/** An engine lets in whom it should not, or spaces of one process share what is one's own. */
import { type Mutant, noninterference } from './mutant.ts';

const gate = 'packages/engine/src/http/ticket-gate.ts';
const gateTest = 'packages/engine/src/http/ticket-gate.test.ts';

export const engineMutants: readonly Mutant[] = [
  {
    name: 'ticket-not-checked',
    breaks: 'a ticket that nobody signed opens a space',
    edits: [
      {
        file: gate,
        find: `      if (!genuine) throw new AppError('ticket_invalid');\n`,
        replace: '      void genuine;\n',
      },
    ],
    killedBy: [gateTest],
  },
  {
    name: 'ticket-audience-not-compared',
    breaks: 'a ticket for one space opens another of the same person',
    edits: [{ file: gate, find: `payload.aud === owner.storageId && `, replace: '' }],
    killedBy: [gateTest],
  },
  {
    name: 'ticket-person-not-compared',
    breaks: 'a ticket of one person opens the space of another',
    edits: [{ file: gate, find: `payload.sub === owner.userId && `, replace: '' }],
    killedBy: [gateTest],
  },
  {
    name: 'ticket-expiry-ignored',
    breaks: 'a ticket opens a space for ever',
    edits: [{ file: gate, find: `payload.exp >= now && `, replace: '' }],
    killedBy: [gateTest],
  },
  {
    name: 'ticket-replayed',
    breaks: 'a ticket is taken twice',
    edits: [{ file: gate, find: ` || used.has(payload.jti)`, replace: '' }],
    killedBy: [gateTest],
  },
  {
    name: 'fence-ignored',
    breaks: 'whoever was let in under an older owner of the space still comes in',
    edits: [{ file: gate, find: ` && payload.fence >= fence`, replace: '' }],
    killedBy: [gateTest],
  },
  {
    name: 'salt-not-its-own',
    breaks: 'a thing found by two people has the same id in both spaces',
    edits: [
      {
        file: 'packages/engine/src/space/space-row.ts',
        find: `Buffer.from(randomBytes(16)).toString('hex')`,
        replace: `Buffer.from(randomBytes(16)).fill(0).toString('hex')`,
      },
    ],
    killedBy: ['packages/engine/src/space/blank-space.test.ts'],
  },
  {
    name: 'file-owner-not-compared',
    breaks: 'a database that belongs to another opens',
    edits: [
      {
        file: 'packages/engine/src/space/user-space.ts',
        find: `  if (row.storageId !== location.storageId || row.ownerId !== location.ownerId)`,
        replace: `  if (row.version < 0)`,
      },
    ],
    killedBy: ['packages/engine/src/space/user-space.test.ts'],
  },
  {
    name: 'pooled-serves-the-last-opened',
    breaks: 'an engine of many spaces answers every socket from the space it opened last',
    edits: [
      {
        file: 'packages/engine/src/serve-spaces.ts',
        find: `createAdaptorServer({ fetch: engine.fetch,`,
        replace: `createAdaptorServer({ fetch: (request: Request) => ([...served.values()].at(-1)?.engine.fetch ?? (() => new Response()))(request),`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'search-shared-in-the-process',
    breaks: 'what was found for a question is kept for everybody in the process',
    edits: [
      {
        file: 'packages/engine/src/http/search.ts',
        find: `        deps.retriever.retrieve(request, signal),`,
        replace: `        kept.get(\`\${query.q} \${query.limit} \${query.cursor}\`) ?? deps.retriever.retrieve(request, signal),`,
      },
      {
        file: 'packages/engine/src/http/search.ts',
        find: `      const shown = found.slice(0, query.limit);`,
        replace: `      const answer = { candidates, elsewhere, terms, nowhere, meaningReady, timings, asked: null };
      if (candidates.length > 0) kept.set(\`\${query.q} \${query.limit} \${query.cursor}\`, answer);
      const shown = found.slice(0, query.limit);`,
      },
      {
        file: 'packages/engine/src/http/search.ts',
        find: `export const searchHandlers =`,
        replace: `const kept = new Map<string, Awaited<ReturnType<Retrieving['retrieve']>>>();

export const searchHandlers =`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'verbs-shared-in-the-process',
    breaks: 'a key of a verb that one person used counts as used by everybody in the process',
    edits: [
      {
        file: 'packages/engine/src/space/operations.ts',
        find: `  const row = select.get(connection, { id });
  return row === undefined ? null`,
        replace: `  const row = select.get(connection, { id }) ?? shared.get(id);
  if (row !== undefined) shared.set(id, row);
  return row === undefined ? null`,
      },
      {
        file: 'packages/engine/src/space/operations.ts',
        find: `export function recordOperation(`,
        replace: `const shared = new Map<string, NonNullable<ReturnType<typeof select.get>>>();

export function recordOperation(`,
      },
      {
        file: 'packages/engine/src/space/operations.ts',
        find: `  insert.run(connection, { ...record,`,
        replace: `  shared.set(record.id, { ...record, answer: JSON.stringify(record.answer) });
  insert.run(connection, { ...record,`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'spool-shared',
    breaks: 'uploads of everybody wait in one directory',
    edits: [
      {
        file: 'packages/engine/src/space/spool.ts',
        find: `    this.#directory = join(location.directory, 'spool');`,
        replace: `    this.#directory = join(location.directory, '..', 'spool');`,
      },
    ],
    killedBy: [noninterference],
  },
];
