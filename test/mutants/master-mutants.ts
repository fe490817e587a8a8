/** A statement of master forgets whose rows it is about. */
import { type Mutant, noninterference } from './mutant.ts';

const inMaster = (name: string) => `packages/gateway/src/master/${name}.ts`;

export const masterMutants: readonly Mutant[] = [
  {
    name: 'sessions-of-everybody-listed',
    breaks: 'the list of sessions holds everybody’s',
    edits: [{ file: inMaster('session-ending'), find: `    .where('s.user_id', '=', userId)\n`, replace: '' }],
    killedBy: [noninterference],
  },
  {
    name: 'session-of-another-ended',
    breaks: 'anybody ends a session by its id',
    edits: [
      {
        file: inMaster('session-ending'),
        find: `where session_id = \${sessionId}::uuid and user_id = \${userId}::uuid and revoked_at is null`,
        replace: `where session_id = \${sessionId}::uuid and \${userId}::uuid is not null and revoked_at is null`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'sessions-of-everybody-ended',
    breaks: 'ending one’s sessions ends everybody’s',
    edits: [
      {
        file: inMaster('session-ending'),
        find: `update users set auth_epoch = auth_epoch + 1 where user_id = \${userId}::uuid returning user_id, auth_epoch`,
        replace: `update users set auth_epoch = auth_epoch + 1 where \${userId}::uuid is not null returning user_id, auth_epoch`,
      },
    ],
    killedBy: ['packages/gateway/src/http/ending-sessions.test.ts'],
  },
  {
    name: 'devices-of-everybody-listed',
    breaks: 'the list of devices holds everybody’s',
    edits: [{ file: inMaster('devices'), find: `    .where('d.user_id', '=', userId)\n`, replace: '' }],
    killedBy: [noninterference],
  },
  {
    name: 'device-of-another-renamed',
    breaks: 'anybody names a device by its id',
    edits: [
      {
        file: inMaster('devices'),
        find: `    .where('device_id', '=', deviceId)
    .where('user_id', '=', userId)
`,
        replace: `    .where('device_id', '=', deviceId)
`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'device-request-of-another-answered',
    breaks: 'anybody refuses a device that asks another’s account',
    edits: [
      {
        file: inMaster('devices'),
        find: `    .where('user_id', '=', answer.userId)\n`,
        replace: '',
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'device-requests-of-everybody-listed',
    breaks: 'who asks one account is told to everybody',
    edits: [
      {
        file: inMaster('devices'),
        find: `    .where('user_id', '=', userId)
    .where('state', '=', 'pending')
    .orderBy('created_at')`,
        replace: `    .where('state', '=', 'pending')
    .orderBy('created_at')`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'keys-of-everybody-listed',
    breaks: 'the list of keys holds everybody’s',
    edits: [
      {
        file: inMaster('keys'),
        find: `    .selectFrom('keys')
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .orderBy('priority')`,
        replace: `    .selectFrom('keys')
    .where('revoked_at', 'is', null)
    .orderBy('priority')`,
      },
    ],
    killedBy: [noninterference],
  },
  {
    name: 'account-log-of-everybody',
    breaks: 'the log of an account holds everybody’s',
    edits: [
      {
        file: inMaster('audit'),
        find: `selectFrom('audit').where('chain', '=', chain).orderBy`,
        replace: `selectFrom('audit').where('chain', chain === 'operator' ? '=' : '<>', 'operator').orderBy`,
      },
    ],
    killedBy: [noninterference],
  },
];
