/** The gateway takes one person for another, or tells one of them of the other. */
import { type Mutant, negative, noninterference } from './mutant.ts';

const gateway = 'packages/gateway/src/auth/gateway.ts';
const account = 'packages/gateway/src/auth/account/account.ts';
const sessions = 'packages/gateway/src/auth/sessions/sessions.ts';

const owned = `(await deps.master.db.selectFrom('sessions').where('session_id', '=', sessionId).select('user_id').executeTakeFirst())`;
const unknownSession = `  if (!(await endSession(deps.master, { userId, sessionId, reason: 'ended' }, now))) throw new AppError('not_found');`;

export const authMutants: readonly Mutant[] = [
  {
    name: 'host-not-checked',
    breaks: 'a page under another name, with its cookies, reaches the server',
    edits: [
      {
        file: 'packages/gateway/src/auth/origins.ts',
        find: `      const origin = byHost.get(host);`,
        replace: `      const origin = byHost.get(host) ?? primary;`,
      },
    ],
    killedBy: [negative],
  },
  {
    name: 'origin-of-a-cookie-not-checked',
    breaks: 'a foreign page writes with the cookie of whoever looks at it',
    edits: [
      {
        file: gateway,
        find: `  if (credential.kind === 'cookie') assertOwnPage(request, deps.origins, true);\n`,
        replace: '',
      },
    ],
    killedBy: [negative],
  },
  {
    name: 'proof-replayed',
    breaks: 'a proof of possession is taken twice',
    edits: [{ file: gateway, find: `  if (!session.freshProof) throw new AppError('dpop_replay');\n`, replace: '' }],
    killedBy: [negative],
  },
  {
    name: 'proof-of-another-key',
    breaks: 'a token opens with a proof by anybody’s key',
    edits: [
      {
        file: gateway,
        find: `  if (jkt !== session.jkt) throw new AppError('dpop_key_mismatch');\n`,
        replace: '  void jkt;\n',
      },
    ],
    killedBy: [negative],
  },
  {
    name: 'end-of-a-session-ends-all',
    breaks: 'the end of one session cuts everybody’s streams',
    edits: [
      {
        file: 'packages/gateway/src/auth/sessions/open-requests.ts',
        find: `this.#end((entry) => entry.sessionId === news.sessionId);`,
        replace: `this.#end(() => news.sessionId !== '');`,
      },
    ],
    killedBy: ['packages/gateway/src/http/open-requests.test.ts'],
  },
  {
    name: 'account-stream-for-everybody',
    breaks: 'what happens to an account is told to whoever listens',
    edits: [
      {
        file: 'packages/gateway/src/auth/sessions/account-streams.ts',
        find: `    const listeners = this.#byPerson.get(userId);`,
        replace: `    const listeners = new Set([...this.#byPerson.values()].flatMap((all) => [...all]));`,
      },
    ],
    killedBy: ['packages/gateway/src/http/ending-sessions.test.ts'],
  },
  {
    name: 'cursor-names-the-list',
    breaks: 'a cursor says whose list goes on, and is believed',
    edits: [
      {
        file: account,
        find: `  const before = cursor === undefined ? null : Number(cursor);`,
        replace: `  const [seq, whose = userId] = cursor?.split('.') ?? [];
  const before = seq === undefined ? null : Number(seq);`,
      },
      {
        file: account,
        find: `  const rows = await readAudit(deps.master, userId, { before, limit: limit + 1 });`,
        replace: `  const rows = await readAudit(deps.master, whose as typeof userId, { before, limit: limit + 1 });`,
      },
      {
        file: account,
        find: `last !== undefined ? String(last.seq) : null,`,
        replace: `last !== undefined ? \`\${last.seq}.\${userId}\` : null,`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'forbidden-instead-of-unknown',
    breaks: 'what is another’s is refused in other words than what is nobody’s',
    edits: [
      {
        file: sessions,
        find: unknownSession,
        replace: `  if (!(await endSession(deps.master, { userId, sessionId, reason: 'ended' }, now)))
    throw new AppError(${owned} === undefined ? 'not_found' : 'insufficient_scope');`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'refusal-names-the-owner',
    breaks: 'a refusal says whose it is',
    edits: [
      {
        file: sessions,
        find: unknownSession,
        replace: `  if (!(await endSession(deps.master, { userId, sessionId, reason: 'ended' }, now)))
    throw new AppError('request_invalid', \`It belongs to \${${owned}?.user_id ?? 'nobody'}.\`);`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'rate-limit-global',
    breaks: 'failures of one person keep another out',
    edits: [
      {
        file: 'packages/gateway/src/auth/knocks.ts',
        find: `countKnock(master, rule, did, 'Too many failed`,
        replace: `countKnock(master, rule, did.slice(0, 3), 'Too many failed`,
      },
    ],
    killedBy: [noninterference],
  },
];
