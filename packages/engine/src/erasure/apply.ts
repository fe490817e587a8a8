/**
 * Carries a note out on the rows: what its marks name goes, with all that was made from it, inside the caller's transaction.
 * The same for a wish of this minute and for a note an older copy of the space has not seen. Never decides what to erase.
 */
import type { ErasureNote, Removed } from '@vivim/contract/erasure';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { follow } from '../capture/import-writer.ts';
import { redactNames } from '../capture/redact-names.ts';
import type { Marks } from '../space/marks.ts';
import type { Named } from '../space/stores/erase-rows.ts';
import type { Counted } from '../space/stores/erasing.ts';
import type { SpaceWriter } from '../space/transactors.ts';
import { eraseAnnotations } from './erase-annotations.ts';
import { eraseCorrections } from './erase-corrections.ts';
import { eraseExclusions } from './erase-exclusions.ts';
import { eraseKept } from './erase-kept.ts';
import { erasePins } from './erase-pins.ts';
import { redactConversation } from './redact-conversation.ts';
import { redactRecords } from './redact-records.ts';

/** Conversations that go piece by piece, and what goes with them. */
export interface Later {
  readonly pks: readonly number[];
  readonly counted: Counted;
}

/**
 * @param conversations where units of the note stand; null looks through all
 * @param rewriteWords false in a rehearsal, where nobody looks at the pages, and where they are rewritten in pieces
 * @param later conversations that go piece by piece: nothing stands on them any more
 */
export function applyErasure(
  w: SpaceWriter,
  note: ErasureNote,
  how: {
    readonly conversations: readonly number[] | null;
    readonly nowMs: number;
    readonly rewriteWords: boolean;
    readonly later?: Later | undefined;
  },
): Removed {
  const marks = w.erasures.marksOf(note);
  const before = w.eraseRows.tally();
  const runs = new Set<number>();
  let redacted = 0;
  let records = 0;

  const { later } = how;
  if (later === undefined) {
    for (const { pk, id } of marked(w, marks))
      for (const run of eraseConversation(w, pk, id as ConversationId, how.nowMs)) runs.add(run);
  } else w.erasing.detach(later.pks);
  records += eraseKept(w, marks, how.nowMs);
  for (const kind of ['topic', 'entity'] as const) {
    if (!marks.any(kind)) continue;
    for (const { pk, id } of w.eraseRows.ids(kind)) if (marks.has(kind, id)) w.eraseRows.profile(kind, pk);
  }
  for (const pk of touched(w, marks, how.conversations)) {
    redacted += redactConversation(w, pk, marks, how.nowMs).redacted;
    records += redactRecords(w, pk, marks);
  }
  // What is shown by nobody goes where it is named; a file somebody still shows is theirs.
  if (marks.any('file')) {
    for (const { pk, externalId, sha256 } of w.eraseRows.looseFiles())
      if ([externalId, sha256].some((name) => name !== null && marks.has('file', name))) w.eraseRows.looseFile(pk);
  }
  if (marks.any('run')) {
    for (const { pk, id } of w.eraseRows.ids('run')) {
      if (!marks.has('run', id)) continue;
      for (const file of w.eraseRows.looseFiles()) if (file.runPk === pk) w.eraseRows.looseFile(file.pk);
      w.eraseTraces.run(pk, later?.pks ?? []);
    }
  }
  if (marks.nameLengths.length > 0) {
    w.eraseTraces.naming((text) => redactNames(text, marks) !== text);
    for (const { pk, name } of w.eraseRows.looseFiles()) {
      const left = name === null ? null : redactNames(name, marks);
      if (left !== null && left !== name) w.eraseRows.renameLooseFile(pk, left);
    }
  }
  if (marks.any('secret')) for (const mark of note.marks) w.secrets.forget(mark);
  w.secrets.forgetUnplaced();
  eraseCorrections(w, marks, how.nowMs);
  w.eraseMemories.leftovers();
  w.eraseRows.leftovers();
  eraseExclusions(w, marks);
  erasePins(w, marks);
  eraseAnnotations(w, marks, how.nowMs);
  w.eraseTraces.always([...runs]);
  if (how.rewriteWords) {
    w.eraseRows.rewriteWords();
    w.eraseMemories.rewriteWords();
    w.annotations.rewriteWords();
  }

  const after = w.eraseRows.tally();
  const gone = (of: keyof typeof before): number => Math.max(0, before[of] - after[of]);
  const and = (of: keyof Counted): number => later?.counted[of] ?? 0;
  return {
    conversations: gone('conversations') + and('conversations'),
    messages: gone('messages') + and('messages'),
    redacted,
    acus: gone('acus') + and('acus'),
    vectors: gone('vectors') + and('vectors'),
    attachments: gone('attachments') + and('attachments'),
    topics: gone('topics') + and('topics'),
    entities: gone('entities') + and('entities'),
    bundles: gone('bundles'),
    memories: gone('memories'),
    records: gone('records') + records + and('records'),
    // What refers to it yet goes later.
    imports: later !== undefined && marks.any('run') ? 1 : gone('imports'),
    issues: gone('issues'),
  };
}

/** Conversations something is taken out of. A name may stand anywhere. */
function touched(w: SpaceWriter, marks: Marks, known: readonly number[] | null): Iterable<number> {
  const all = () => w.eraseRows.ids('conversation').map(({ pk }) => pk);
  if (marks.nameLengths.length > 0) return all();
  const pks = new Set<number>();
  if (marks.any('acu') || marks.any('secret')) for (const pk of known ?? all()) pks.add(pk);
  if (marks.any('message')) {
    for (const { conversationPk, id } of w.eraseRows.messageIds()) {
      if (marks.has('message', id as MessageId)) pks.add(conversationPk);
    }
  }
  return pks;
}

/** Conversations these marks name. */
export const marked = (w: SpaceWriter, marks: Marks): Named[] =>
  marks.any('conversation') ? w.eraseRows.ids('conversation').filter(({ id }) => marks.has('conversation', id)) : [];

/** One conversation with all that was made from it. @returns runs that had to do with it */
export function eraseConversation(w: SpaceWriter, pk: number, id: ConversationId, nowMs: number): number[] {
  const written = w.eraseRows.written(pk);
  if (written === null) return [];
  const runs = w.eraseTraces.runsOf(pk);
  w.eraseTraces.entriesOf(pk);
  for (const { externalId, name } of w.eraseRows.filesShown(id)) w.eraseTraces.issuesAbout({ externalId, title: name });
  const relatives = w.lineage.family(pk).filter((relative) => relative.pk !== pk && !w.erasing.waits(relative.pk));
  w.topics.replaceForConversation(pk, []);
  w.entities.replaceForConversation(pk, []);
  // Near-duplicates elsewhere are linked among themselves before the first of them goes.
  w.acus.replaceForMessages(pk, new Map(written.messages.map((message) => [message.pk, []])));
  w.eraseRows.conversation(pk, id);
  w.words.index([pk]);
  // What a session that goes on from it repeats is told there from now on.
  follow(w, relatives, nowMs);
  w.eraseTraces.issuesAbout(written);
  return runs;
}
