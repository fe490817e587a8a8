/**
 * Carries a note out on the rows: what its marks name goes, with all that was made from it, inside the caller's transaction.
 * The same for a wish of this minute and for a note an older copy of the space has not seen. Never decides what to erase.
 */
import type { ErasureNote, Removed } from '@vivim/contract/erasure';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { follow } from '../capture/import-writer.ts';
import { redactNames } from '../capture/redact-names.ts';
import type { Marks } from '../space/marks.ts';
import type { SpaceWriter } from '../space/transactors.ts';
import { eraseCorrections } from './erase-corrections.ts';
import { eraseKept } from './erase-kept.ts';
import { redactConversation } from './redact-conversation.ts';
import { redactRecords } from './redact-records.ts';

/**
 * @param conversations where units of the note stand; null looks through all
 * @param rewriteWords false in a rehearsal, where nobody looks at the pages
 */
export function applyErasure(
  w: SpaceWriter,
  note: ErasureNote,
  how: { readonly conversations: readonly number[] | null; readonly nowMs: number; readonly rewriteWords: boolean },
): Removed {
  const marks = w.erasures.marksOf(note);
  const before = w.eraseRows.tally();
  const runs = new Set<number>();
  let redacted = 0;
  let records = 0;

  if (marks.any('conversation')) {
    for (const { pk, id } of w.eraseRows.ids('conversation')) {
      if (marks.has('conversation', id)) eraseConversation(w, pk, id as ConversationId, { runs, nowMs: how.nowMs });
    }
  }
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
      w.eraseTraces.run(pk);
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
  w.eraseTraces.always([...runs]);
  if (how.rewriteWords) {
    w.eraseRows.rewriteWords();
    w.eraseMemories.rewriteWords();
  }

  const after = w.eraseRows.tally();
  const gone = (of: keyof typeof before): number => Math.max(0, before[of] - after[of]);
  return {
    conversations: gone('conversations'),
    messages: gone('messages'),
    redacted,
    acus: gone('acus'),
    vectors: gone('vectors'),
    attachments: gone('attachments'),
    topics: gone('topics'),
    entities: gone('entities'),
    bundles: gone('bundles'),
    memories: gone('memories'),
    records: gone('records') + records,
    imports: gone('imports'),
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

function eraseConversation(
  w: SpaceWriter,
  pk: number,
  id: ConversationId,
  { runs, nowMs }: { readonly runs: Set<number>; readonly nowMs: number },
): void {
  const written = w.eraseRows.written(pk);
  if (written === null) return;
  for (const run of w.eraseTraces.runsOf(pk)) runs.add(run);
  w.eraseTraces.entriesOf(pk);
  for (const { externalId, name } of w.eraseRows.filesShown(id)) w.eraseTraces.issuesAbout({ externalId, title: name });
  const relatives = w.lineage.family(pk).filter((relative) => relative.pk !== pk);
  w.topics.replaceForConversation(pk, []);
  w.entities.replaceForConversation(pk, []);
  // Near-duplicates elsewhere are linked among themselves before the first of them goes.
  w.acus.replaceForMessages(pk, new Map(written.messages.map((message) => [message.pk, []])));
  w.eraseRows.conversation(pk, id);
  w.words.index([pk]);
  // What a session that goes on from it repeats is told there from now on.
  follow(w, relatives, nowMs);
  w.eraseTraces.issuesAbout(written);
}
