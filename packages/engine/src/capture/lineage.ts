/**
 * Which session of a coding agent goes on from which: agents that fork or resume write the whole history down again, under new
 * ids. Found by what was said and by nothing an import could change, so that it is the same in whatever order files came. Stores
 * nothing: what is erased leaves no trace here.
 */
import type { Lineage, Relative } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import type { LineageReader, SaidTurn, SessionHead } from '../space/stores/lineage.ts';
import { beginning, chained } from './live/turn-hash.ts';

/** One hash for each message: two sessions have the same first k hashes where their first k messages say the same, and only there. */
export function prefixHashes(turns: readonly Pick<SaidTurn, 'role' | 'parts'>[]): string[] {
  let before = beginning;
  return turns.map(({ role, parts }) => {
    before = chained(before, JSON.stringify([role, parts]));
    return before;
  });
}

/** How many messages it takes until something was answered: before that, sessions are alike by their settings. Null: never. */
export function untilAnswered(turns: readonly Pick<SaidTurn, 'authorKind'>[]): number | null {
  const ix = turns.findIndex(({ authorKind }) => authorKind === 'model');
  return ix === -1 ? null : ix + 1;
}

export interface Session extends Pick<SessionHead, 'id' | 'title' | 'createdMs'> {
  readonly hashes: readonly string[];
  /** Fewer shared messages than this say nothing. At least 1. */
  readonly least: number;
}

interface Descent {
  readonly child: Session;
  readonly parent: Session;
  readonly shared: number;
}

/** Earlier begun first, then by id; one that does not say when comes last. */
const older = (a: Session, b: Session): number =>
  (a.createdMs ?? Number.POSITIVE_INFINITY) === (b.createdMs ?? Number.POSITIVE_INFINITY)
    ? Number(a.id > b.id) - Number(a.id < b.id)
    : (a.createdMs ?? Number.POSITIVE_INFINITY) - (b.createdMs ?? Number.POSITIVE_INFINITY);

/** Each goes on from the one older than itself that it shares most with, the oldest of several. In any order of the list. */
export function descents(sessions: readonly Session[]): Descent[] {
  /** The oldest session that holds a history. */
  const holder = new Map<string, Session>();
  const found: Descent[] = [];
  for (const child of sessions.toSorted(older)) {
    const shared = child.hashes.findLastIndex((hash) => holder.has(hash)) + 1;
    const parent = holder.get(child.hashes[shared - 1] ?? '');
    if (parent !== undefined && shared >= child.least) found.push({ child, parent, shared });
    for (const hash of child.hashes.slice(shared)) holder.set(hash, child);
  }
  return found;
}

/** What one session goes on from and what goes on from it; nothing for conversations of sources that do not fork. */
export function lineageIn(reader: LineageReader, id: ConversationId): Lineage {
  const heads = reader.beginningLike(id);
  const own = heads.find((head) => head.id === id);
  if (own === undefined || heads.length === 1) return { parent: null, children: [] };
  const turns = reader.path(own.pk);
  const least = untilAnswered(turns);
  if (least === null) return { parent: null, children: [] };
  const answered = prefixHashes(turns.slice(0, least)).at(-1);
  // Of those that only began alike no more is read than up to the first answer.
  const family = heads.flatMap(({ pk, ...head }): Session[] =>
    head.id === id || prefixHashes(reader.path(pk, least)).at(-1) === answered
      ? [{ ...head, least, hashes: prefixHashes(head.id === id ? turns : reader.path(pk)) }]
      : [],
  );
  const all = descents(family);
  const up = all.find(({ child }) => child.id === id);
  return {
    parent: up === undefined ? null : relative(up.parent, up),
    children: all.filter(({ parent }) => parent.id === id).map((down) => relative(down.child, down)),
  };
}

const relative = ({ id, title }: Session, { child, parent, shared }: Descent): Relative => ({
  id,
  title,
  sharedMessages: shared,
  kind: shared === child.hashes.length ? 'replay' : shared === parent.hashes.length ? 'resume' : 'fork',
});
