/** The gateway mixes people up on the way to their engines, or in the files it keeps for them. */
import { type Mutant, noninterference } from './mutant.ts';

const engines = 'packages/gateway/src/fleet/engines.ts';
const gatewayHttp = 'packages/gateway/src/http/gateway-http.ts';

/** Where the fleet is asked. */
const passing = `    fetch: (row, caller, request) => inSpan('engine', () => fetchFrom(row, caller, request)),`;

export const fleetMutants: readonly Mutant[] = [
  {
    name: 'cache-without-user',
    breaks: 'answers are remembered by their path alone',
    edits: [
      {
        file: engines,
        find: passing,
        replace: `    fetch: async (row, caller, request) => {
      const kept = answers.get(request.path);
      if (kept !== undefined) return kept.clone();
      const answer = await fetchFrom(row, caller, request);
      if (request.path.startsWith('/v1/search') && answer.status === 200) answers.set(request.path, answer.clone());
      return answer;
    },`,
      },
      {
        file: engines,
        find: `  let closing = false;`,
        replace: `  const answers = new Map<string, Response>();
  let closing = false;`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'residence-of-whoever-came-first',
    breaks: 'spaces of one process share one residence',
    edits: [
      {
        file: engines,
        find: `    const known = residences.get(row.storageId);`,
        replace: `    const known = config.engineMode === 'pooled' ? [...residences.values()][0] : residences.get(row.storageId);`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'idempotency-key-global',
    breaks: 'the gateway remembers verbs by their key, whoever sent it',
    edits: [
      {
        file: gatewayHttp,
        find: `  const patient = route.answer === 'bytes';
`,
        replace: `  const patient = route.answer === 'bytes';
  const key = request.headers.get('idempotency-key');
  if (key !== null) {
    const answer = verbs.get(key) ?? (await proxyToEngine(deps.fleet, principal, request, traceId, c.env, ended, patient));
    verbs.set(key, answer.clone());
    return answer.clone();
  }
`,
      },
      {
        file: gatewayHttp,
        find: `/** Answers of these are of one person`,
        replace: `const verbs = new Map<string, Response>();
/** Answers of these are of one person`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'export-of-another',
    breaks: 'whoever asks for an export gets that of whoever asked first',
    edits: [
      {
        file: engines,
        find: passing,
        replace: `    fetch: (row, caller, request) => {
      if (request.patient !== true) return fetchFrom(row, caller, request);
      exporting ??= { row, caller };
      return fetchFrom(exporting.row, exporting.caller, request);
    },`,
      },
      {
        file: engines,
        find: `  let closing = false;`,
        replace: `  let exporting: { row: SpaceRow; caller: Caller } | null = null;
  let closing = false;`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'sent-for-one-among-others',
    breaks: 'a process of many may have texts sent for any of its guests',
    edits: [
      {
        file: 'packages/gateway/src/fleet/residence.ts',
        find: `    this.#isAmongOthers = shared;
`,
        replace: '',
      },
    ],
    killedBy: ['packages/gateway/src/fleet/engines.test.ts'],
  },
  {
    name: 'caller-not-compared',
    breaks: 'the fleet sends anybody to any space',
    edits: [
      {
        file: engines,
        find: `    if (caller.userId !== row.userId) throw new AppError('storage_owner_mismatch');
`,
        replace: '',
      },
    ],
    killedBy: ['packages/gateway/src/fleet/engines.test.ts'],
  },
  {
    name: 'directory-by-truncated-id',
    breaks: 'the directory of a space is named by the first digits of its id',
    edits: [
      {
        file: 'packages/gateway/src/fleet/space-directory.ts',
        find: `return join(usersRoot, fan, storageId);`,
        replace: `return join(usersRoot, fan, storageId.slice(0, 8));`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'path-from-did',
    breaks: 'the id of a space, and so its path, follows from the DID',
    edits: [
      {
        file: 'packages/gateway/src/auth/login.ts',
        find: `      storageId: StorageId.parse(randomUuid()),`,
        replace: `      storageId: StorageId.parse(
        Buffer.from(challenge.did.toLowerCase().replace(/[^a-z0-9]/g, '_').slice(-16).padEnd(16, '_'))
          .toString('hex')
          .replace(/^(.{8}).(.{3}).(.{3}).(.{3})(.{12}).*$/, '$1-4$2-4$3-8$4-$5'),
      ),`,
      },
    ],
    killedBy: ['test/isolation/storage-ids.test.ts'],
  },
  {
    name: 'key-not-bound-to-its-space',
    breaks: 'the wrapped key of one space opens as that of another',
    edits: [
      {
        file: 'packages/gateway/src/keys/wrap-file.ts',
        find: `\`vivim-dek\\n\${version}\\n\${storageId}\``,
        replace: `\`vivim-dek\\n\${version}\\n\${storageId.slice(0, 0)}\``,
      },
    ],
    killedBy: ['packages/gateway/src/keys/space-keys.test.ts'],
  },
  {
    name: 'wraps-shared',
    breaks: 'sealed keys of all spaces lie in one file',
    edits: [
      {
        file: 'packages/gateway/src/keys/key-wraps.ts',
        find: `  const pathOf = (storageId: StorageId) => join(directory, storageId);`,
        replace: `  const pathOf = (storageId: StorageId) => join(directory, storageId.replace(/.*/, 'all'));`,
      },
    ],
    killedBy: ['packages/gateway/src/keys/key-wraps.test.ts'],
  },
  {
    name: 'backups-of-another',
    breaks: 'backups of all spaces lie in one directory',
    edits: [
      {
        file: 'packages/gateway/src/backup/names.ts',
        find: `\`\${spacesPrefix}\${storageId}/\``,
        replace: `\`\${spacesPrefix}\${storageId.slice(0, 0)}\``,
      },
    ],
    killedBy: ['test/flows/backup.test.ts', 'test/isolation/canaries.test.ts'],
  },
  {
    name: 'credentials-reach-the-engine',
    breaks: 'headers that claim an identity pass through to the engine',
    edits: [
      {
        file: 'packages/gateway/src/http/proxy.ts',
        find: `if (passing.has(name) || protocolHeader.test(name)) kept[name] = value;`,
        replace: `if (name !== 'host' && name !== 'connection') kept[name] = value;`,
      },
    ],
    killedBy: ['packages/gateway/src/http/proxy.test.ts'],
  },
  {
    name: 'models-remember-texts',
    breaks: 'the models process keeps what one person sent, and answers another from it',
    edits: [
      {
        file: 'packages/models/src/embed-queue.ts',
        find: `    const vectors = texts.map(
      (text) =>
        new Promise<Float32Array>((done, failed) => {`,
        replace: `    const vectors = texts.map((text) => {
      const known = remembered.get(text);
      if (known !== undefined) return known;
      const made = new Promise<Float32Array>((done, failed) => {`,
      },
      {
        file: 'packages/models/src/embed-queue.ts',
        find: `          queue.push({ ids: model.tokenize(text), done, failed });
        }),
    );`,
        replace: `          queue.push({ ids: model.tokenize(text), done, failed });
        });
      remembered.set(text, made);
      return made;
    });`,
      },
      {
        file: 'packages/models/src/embed-queue.ts',
        find: `interface Job {`,
        replace: `const remembered = new Map<string, Promise<Float32Array>>();

interface Job {`,
      },
    ],
    killedBy: ['packages/models/src/models.test.ts'],
  },
];
