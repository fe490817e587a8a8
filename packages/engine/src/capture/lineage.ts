/**
 * Which session of a coding agent goes on from which: agents that fork or resume write the whole history down again, under new
 * ids. Found by what a person and a model said and by nothing an import could change, so that it is the same in whatever order
 * files came. Reads only; what follows from it stands in `replays.ts`.
 */
import type { Lineage, Relative } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import { sha256 } from '../space/hash.ts';
import {
  byAge,
  type LineageReader,
  type SaidTurn,
  type SessionHead,
  type SessionTurn,
} from '../space/stores/lineage.ts';

/** One hash for each message: two sessions have the same first k hashes where their first k messages say the same, and only there. @param before of what was said before them */
export function prefixHashes(turns: readonly Pick<SaidTurn, 'role' | 'texts'>[], before = ''): string[] {
  let last = before;
  return turns.map(({ role, texts }) => {
    // 128 bits.
    last = sha256(`${last}\n${JSON.stringify([role, texts])}`).slice(0, 32);
    return last;
  });
}

/** A path as it is stored; nothing where it was never answered. */
export function sessionTurns(path: readonly SaidTurn[]): SessionTurn[] {
  const least = untilAnswered(path);
  if (least === null) return [];
  const hashes = prefixHashes(path);
  return path.map(({ messagePk }, ix) => ({ messagePk, hash: hashes[ix] ?? '', answered: ix === least - 1 }));
}

/** What a path that was answered goes on with. @param before hash of the path so far */
export function furtherTurns(before: string, path: readonly SaidTurn[]): SessionTurn[] {
  const hashes = prefixHashes(path, before);
  return path.map(({ messagePk }, ix) => ({ messagePk, hash: hashes[ix] ?? '', answered: false }));
}

/**
 * How many messages it takes until a person was answered: before that, sessions are alike by their settings, or by how a character
 * greets. Null: never.
 */
export function untilAnswered(turns: readonly Pick<SaidTurn, 'authorKind'>[]): number | null {
  const asked = turns.findIndex(({ authorKind }) => authorKind === 'human');
  const ix = asked === -1 ? -1 : turns.findIndex(({ authorKind }, at) => at > asked && authorKind === 'model');
  return ix === -1 ? null : ix + 1;
}

export interface Session extends Pick<SessionHead, 'id' | 'title' | 'createdMs' | 'updatedMs' | 'forked'> {
  readonly hashes: readonly string[];
  /** Fewer shared messages than this say nothing. At least 1. */
  readonly least: number;
}

interface Descent {
  readonly child: Session;
  readonly parent: Session;
  readonly shared: number;
}

/** Each goes on from the one older than itself that it shares most with, the oldest of several. In any order of the list. */
export function descents(sessions: readonly Session[]): Descent[] {
  /** The oldest session that holds a history. */
  const holder = new Map<string, Session>();
  const found: Descent[] = [];
  for (const child of sessions.toSorted(byAge)) {
    const shared = child.hashes.findLastIndex((hash) => holder.has(hash)) + 1;
    const parent = holder.get(child.hashes[shared - 1] ?? '');
    if (parent !== undefined && shared >= child.least) found.push({ child, parent, shared });
    for (const hash of child.hashes.slice(shared)) holder.set(hash, child);
  }
  return found;
}

/** What one session goes on from and what goes on from it; nothing for conversations of sources that do not fork. */
export function lineageIn(reader: LineageReader, id: ConversationId): Lineage {
  const own = reader.find(id);
  const heads = own === null ? [] : reader.family(own.pk);
  if (heads.length < 2) return { parent: null, children: [] };
  const family = heads.map(({ pk, ...head }): Session => {
    const turns = reader.turns(pk);
    return { ...head, hashes: turns.map(({ hash }) => hash), least: turns.findIndex(({ answered }) => answered) + 1 };
  });
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
