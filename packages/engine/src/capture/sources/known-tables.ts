/** Which program's database of conversations a database is, and its records in nearly the generic format. Pure. */
import { gooseSessions, isGoose, isZed, type Tables, zedThreads } from './agent-tables.ts';
import { crushSessions, isAmazonQ, isCrush, isWarp, qConversations, warpQueries } from './command-line-tables.ts';
import type { Claim, Look, UploadedTables } from './source-module.ts';

interface Known {
  readonly program: string;
  readonly fits: (tables: Tables) => boolean;
  readonly records: (database: UploadedTables) => Iterable<unknown>;
}

const known: readonly Known[] = [
  { program: 'Goose', fits: isGoose, records: gooseSessions },
  { program: 'Zed', fits: isZed, records: zedThreads },
  { program: 'Crush', fits: isCrush, records: crushSessions },
  { program: 'Amazon Q', fits: isAmazonQ, records: qConversations },
  { program: 'Warp', fits: isWarp, records: warpQueries },
];

export function claimTables({ tables }: Look): Claim | null {
  const found = known.find(({ fits }) => fits(tables));
  return found === undefined
    ? null
    : {
        confidence: 0.9,
        why: `It is a database of conversations and what was said in them, as ${found.program} keeps them.`,
      };
}

export const recordsOf = (database: UploadedTables): Iterable<unknown> =>
  known.find(({ fits }) => fits(database.tables))?.records(database) ?? [];
