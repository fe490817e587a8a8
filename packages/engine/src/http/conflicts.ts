/** Messages that differ between exports: what each says, and which is kept. */
import type { Clock } from '@vivim/contract/clock';
import type { Conflict, ResolvedConflicts } from '@vivim/contract/conflicts';
import { shorten } from '@vivim/contract/shorten';
import type { CanonicalMessage } from '../capture/canonical.ts';
import { messageIdsIn } from '../capture/conversation-input.ts';
import { conflictsIn, wordsOf } from '../capture/merge-versions.ts';
import { keptVersions } from '../capture/prepare-record.ts';
import { decodeCursor, encodeCursor } from '../space/cursor.ts';
import type { Contradicted } from '../space/stores/version-conflicts.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export interface ConflictHandlerDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  /** Say that there is work. */
  readonly wake: () => void;
}

/** Messages shown with a conversation, and characters of each. */
const short = { messages: 5, characters: 200 };
const whole = { messages: 20, characters: 20_000 };

export const conflictHandlers = ({ space, clock, wake }: ConflictHandlerDeps) =>
  ({
    listConflicts: ({ query }) => {
      const [after] = query.cursor === undefined ? [0] : decodeCursor<readonly [number]>(query.cursor, ['number']);
      return space.read((r) => {
        const found = r.versionConflicts.page(after, query.decided === true, query.limit + 1);
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        const more = found.length > query.limit && last !== undefined;
        return {
          items: page.flatMap((one) => shownConflict(r, one, query.whole === true ? whole : short)),
          nextCursor: more ? encodeCursor([last.pk]) : null,
        };
      });
    },
    resolveConflicts: ({ body, verb }) => {
      const answer = space.apply<ResolvedConflicts>(verb, 202, (w) => {
        const { keep, conversationIds } = body;
        const held = w.versionConflicts.otherThan(keep, conversationIds);
        const pks = w.versionConflicts.decide(keep, conversationIds);
        w.outbox.put('reparse', pks, clock());
        const before = [...held].map(([rule, ids]) => ({ keep: rule, conversationIds: ids }));
        return { conversations: pks.length, before };
      });
      wake();
      return answer;
    },
  }) satisfies Handlers<'listConflicts' | 'resolveConflicts'>;

/** Nothing where what contradicted has been erased since. */
function shownConflict(r: SpaceReader, { id, source, title, rule }: Contradicted, shown: typeof short): Conflict[] {
  const stored = r.conversations.stored(id);
  const versions = stored === null ? [] : keptVersions(r, stored, { source, externalKey: id });
  const idOf = messageIdsIn([id]);
  const conflicts = conflictsIn(versions);
  if (conflicts.length === 0) return [];
  const messages = conflicts.slice(0, shown.messages).flatMap(({ newest, older }) =>
    idOf(newest).map((messageId) => ({
      messageId,
      role: newest.role,
      newest: textOf(newest, shown.characters),
      older: textOf(older, shown.characters),
    })),
  );
  return [{ conversationId: id, title, count: conflicts.length, rule, messages }];
}

const textOf = (message: CanonicalMessage, characters: number): string => shorten(wordsOf(message), characters);
