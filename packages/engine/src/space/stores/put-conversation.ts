/**
 * Put a conversation: add it, bring it up to date, or see that nothing changed. A message that is stored and not in what
 * is put stays. Writes only what differs, so that rows others stand on (units, vectors) keep their keys.
 */
import { clocksDifferMs } from '@vivim/contract/clock';
import type { VersionRule } from '@vivim/contract/conflicts';
import type { Source } from '@vivim/contract/conversation';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import type { ConversationEnd } from './conversation-end.ts';
import type { ConversationInput, Outcome, Put } from './conversation-input.ts';
import { markMessages } from './mark-messages.ts';
import { addMessage, movePlace, type Place, replaceContent } from './message-rows.ts';

interface Fields {
  source: string;
  accountHash: string;
  externalId: string | null;
  title: string | null;
  titleSource: string | null;
  createdMs: number | null;
  updatedMs: number | null;
  createdRaw: string | null;
  updatedRaw: string | null;
  sortMs: number;
  activeLeafId: string | null;
  projectId: string | null;
  assistantId: string | null;
  defaultModel: string | null;
  flagsJson: string;
  contentHash: string;
  messageCount: number;
  rawPk: number | null;
}

export interface StoredConversation {
  readonly pk: number;
  readonly source: Source;
  readonly contentHash: string;
  readonly accountHash: string;
  readonly lastRunPk: number;
  readonly lastOutcome: Outcome;
  /** What its owner wants kept where versions contradict each other; null: the newest. */
  readonly versionRule: VersionRule | null;
}

const select = statement<{ id: string }, StoredConversation>((db, p) =>
  db
    .selectFrom('conversation')
    .select([
      'pk',
      'source',
      'content_hash as contentHash',
      'account_hash as accountHash',
      'last_run_pk as lastRunPk',
      'last_outcome as lastOutcome',
      'version_rule as versionRule',
    ])
    .where('id', '=', p.id)
    .$castTo<StoredConversation>(),
);
const columnsOf = (p: Readonly<Fields>) => ({
  source: p.source,
  account_hash: p.accountHash,
  external_id: p.externalId,
  title: p.title,
  title_source: p.titleSource,
  created_ms: p.createdMs,
  updated_ms: p.updatedMs,
  created_raw: p.createdRaw,
  updated_raw: p.updatedRaw,
  sort_ms: p.sortMs,
  active_leaf_id: p.activeLeafId,
  project_id: p.projectId,
  assistant_id: p.assistantId,
  default_model: p.defaultModel,
  flags_json: p.flagsJson,
  content_hash: p.contentHash,
  message_count: p.messageCount,
  raw_pk: p.rawPk,
});

const insert = statement<Fields & { id: string; runPk: number }>((db, p) =>
  db.insertInto('conversation').values({
    id: p.id,
    ...columnsOf(p),
    first_run_pk: p.runPk,
    last_run_pk: p.runPk,
    last_outcome: 'added',
  }),
);
const update = statement<Fields & { pk: number }>((db, p) =>
  db
    .updateTable('conversation')
    .set({
      ...columnsOf(p),
    })
    .where('pk', '=', p.pk),
);
const see = statement<{ pk: number; runPk: number; outcome: string }>((db, p) =>
  db
    .updateTable('conversation')
    .set({ last_run_pk: p.runPk, last_outcome: p.outcome, deleted_in_source_ms: null })
    .where('pk', '=', p.pk),
);

interface Standing {
  readonly title: string | null;
  readonly sortMs: number;
  readonly rawPk: number | null;
  /** When the import began that brought it in last. */
  readonly cameMs: number;
}

const standing = statement<{ pk: number }, Standing>((db, p) =>
  db
    .selectFrom('conversation as c')
    .innerJoin('import_run as run', 'run.pk', 'c.last_run_pk')
    .select(['c.title', 'c.sort_ms as sortMs', 'c.raw_pk as rawPk', 'run.created_ms as cameMs'])
    .where('c.pk', '=', p.pk),
);

interface StoredMessage extends Place {
  pk: number;
  id: string;
  contentHash: string;
}
const messagesOf = statement<{ pk: number }, StoredMessage>((db, p) =>
  db
    .selectFrom('message')
    .select([
      'pk',
      'id',
      'parent_pk as parentPk',
      'sibling_ix as siblingIx',
      'seq',
      'on_active_path as onActivePath',
      'content_hash as contentHash',
    ])
    .where('conversation_pk', '=', p.pk),
);

export const storedConversation = (connection: Connection, id: string): StoredConversation | null =>
  select.get(connection, { id }) ?? null;

export function putConversation(
  connection: Connection,
  input: ConversationInput,
  run: { readonly pk: number; readonly nowMs: number; readonly rawPk: number | null },
): Put {
  const stored = storedConversation(connection, input.id);
  if (stored !== null && stored.contentHash === input.contentHash) {
    return sawUnchanged(connection, stored, run.pk, input.messages.length);
  }
  const fields = fieldsOf(input, { ...run, undatedSortMs: run.nowMs - undatedMs, cameMs: run.nowMs });
  if (stored === null) {
    const pk = insert.run(connection, { ...fields, id: input.id, runPk: run.pk }).lastInsertRowid;
    const { messagePks, counts } = putMessages(connection, pk, input, new Map());
    return { pk, outcome: 'added', messagePks, messages: counts, firstSeq: 0, before: null };
  }
  const present = new Map(messagesOf.all(connection, { pk: stored.pk }).map((row) => [row.id, row]));
  const { messagePks, counts, firstSeq } = putMessages(connection, stored.pk, input, present);
  const kept = present.size - counts.updated - counts.unchanged;
  update.run(connection, { ...fields, messageCount: input.messages.length + kept, pk: stored.pk });
  const before = sawUpdated(connection, stored, run.pk);
  return { pk: stored.pk, outcome: 'updated', messagePks, messages: counts, firstSeq, before };
}

/** Put messages behind the last one of a conversation. @param input its fields as they are then, and these messages alone */
export function continueConversation(
  connection: Connection,
  end: ConversationEnd,
  input: ConversationInput,
  run: { readonly pk: number; readonly nowMs: number; readonly rawPk: number | null },
): Put {
  const stored = storedConversation(connection, input.id);
  if (stored === null) throw new Error('A conversation that goes on is gone.');
  const messagePks: number[] = [];
  input.messages.forEach((message, ix) => {
    const parentPk = message.parentIx === null ? end.leafPk : (messagePks[message.parentIx] ?? null);
    const onActivePath = message.onActivePath ? 1 : 0;
    const place = { parentPk, siblingIx: message.siblingIx, seq: end.seq + 1 + ix, onActivePath };
    messagePks.push(addMessage(connection, stored.pk, message, place));
  });
  const messageCount = end.seq + 1 + messagePks.length;
  update.run(connection, {
    ...fieldsOf(input, { ...run, undatedSortMs: run.nowMs - undatedMs, cameMs: run.nowMs }),
    messageCount,
    pk: stored.pk,
  });
  const before = sawUpdated(connection, stored, run.pk);
  const counts = { added: messagePks.length, updated: 0, unchanged: 0 };
  return { pk: stored.pk, outcome: 'updated', messagePks, messages: counts, firstSeq: end.seq + 1, before };
}

/** @returns what this same run made of it earlier */
function sawUpdated(connection: Connection, stored: StoredConversation, runPk: number): Outcome | null {
  const before = stored.lastRunPk === runPk ? stored.lastOutcome : null;
  see.run(connection, { pk: stored.pk, runPk, outcome: before === 'added' ? 'added' : 'updated' });
  return before;
}

/** Note that a run saw a conversation which is stored as it is already. */
export function sawUnchanged(connection: Connection, stored: StoredConversation, runPk: number, messages: number): Put {
  const before = stored.lastRunPk === runPk ? stored.lastOutcome : null;
  see.run(connection, { pk: stored.pk, runPk, outcome: before ?? 'unchanged' });
  const counts = { added: 0, updated: 0, unchanged: messages };
  const firstSeq = Number.MAX_SAFE_INTEGER;
  return { pk: stored.pk, outcome: 'unchanged', messagePks: [], messages: counts, firstSeq, before };
}

function putMessages(
  connection: Connection,
  conversationPk: number,
  input: ConversationInput,
  present: ReadonlyMap<string, StoredMessage>,
): Pick<Put, 'messagePks' | 'firstSeq'> & { readonly counts: Put['messages'] } {
  const messagePks: number[] = [];
  const counts = { added: 0, updated: 0, unchanged: 0 };
  let firstSeq = Number.MAX_SAFE_INTEGER;
  const changed: number[] = [];
  const changedAt = (...seqs: number[]): void => {
    firstSeq = Math.min(firstSeq, ...seqs);
  };
  input.messages.forEach((message, seq) => {
    const parentPk = message.parentIx === null ? null : (messagePks[message.parentIx] ?? null);
    const place = { parentPk, siblingIx: message.siblingIx, seq, onActivePath: message.onActivePath ? 1 : 0 };
    const stored = present.get(message.id);
    if (stored === undefined) {
      messagePks.push(addMessage(connection, conversationPk, message, place));
      counts.added += 1;
      changedAt(seq);
      return;
    }
    messagePks.push(stored.pk);
    if (stored.contentHash === message.contentHash) {
      counts.unchanged += 1;
    } else {
      replaceContent(connection, stored.pk, message);
      counts.updated += 1;
      changed.push(stored.pk);
      changedAt(seq);
    }
    if (samePlace(stored, place)) return;
    changed.push(stored.pk);
    movePlace(connection, stored.pk, place);
    changedAt(seq, stored.seq);
  });
  markMessages(connection, conversationPk, changed);
  return { messagePks, counts, firstSeq };
}

const samePlace = (a: Place, b: Place): boolean =>
  a.parentPk === b.parentPk && a.siblingIx === b.siblingIx && a.seq === b.seq && a.onActivePath === b.onActivePath;

/** Below every time a source can name: a conversation without one stands behind those that have one, the newest import first. */
const undatedMs = 1e15;

/** A time that had not come when it was brought in is that of a clock that was wrong: it stands where it came, not before all others for years. */
const placeInTime = (saidMs: number, cameMs: number): number => (saidMs > cameMs + clocksDifferMs ? cameMs : saidMs);

const fieldsOf = (
  input: ConversationInput,
  run: { readonly undatedSortMs: number; readonly cameMs: number; readonly rawPk: number | null },
): Fields => ({
  source: input.source,
  accountHash: input.accountHash,
  externalId: input.externalId,
  title: input.title,
  titleSource: input.title === null ? null : 'source',
  createdMs: input.created.ms,
  updatedMs: input.updated.ms,
  createdRaw: input.created.raw,
  updatedRaw: input.updated.raw,
  sortMs: placeInTime(input.updated.ms ?? input.created.ms ?? run.undatedSortMs, run.cameMs),
  activeLeafId: input.activeLeafId,
  projectId: input.projectId,
  assistantId: input.assistantId,
  defaultModel: input.defaultModel,
  flagsJson: JSON.stringify(input.flags),
  contentHash: input.contentHash,
  messageCount: input.messages.length,
  rawPk: run.rawPk,
});

/**
 * Bring a stored conversation to what its own records say now, as no import, also where nothing of it differs: its units may be
 * made another way. When it was seen, by which run, and whether its source
 * has it still stay as they are, and so does a name only the export around it knew.
 */
export function rereadConversation(connection: Connection, input: ConversationInput): Put | null {
  const stored = storedConversation(connection, input.id);
  if (stored === null) return null;
  const { title, sortMs, rawPk, cameMs } = standing.get(connection, { pk: stored.pk }) ?? {
    title: null,
    sortMs: 0,
    rawPk: null,
    cameMs: 0,
  };
  const present = new Map(messagesOf.all(connection, { pk: stored.pk }).map((row) => [row.id, row]));
  const { messagePks, counts, firstSeq } = putMessages(connection, stored.pk, input, present);
  const kept = present.size - counts.updated - counts.unchanged;
  const fields = fieldsOf({ ...input, title: input.title ?? title }, { undatedSortMs: sortMs, cameMs, rawPk });
  update.run(connection, { ...fields, messageCount: input.messages.length + kept, pk: stored.pk });
  return { pk: stored.pk, outcome: 'updated', messagePks, messages: counts, firstSeq, before: null };
}
