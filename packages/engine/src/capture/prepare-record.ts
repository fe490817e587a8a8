/**
 * From one entry of an export to everything its transaction will write: parsed, merged with the versions kept before,
 * segmented, compressed. Reads the space, writes nothing; all slow work of an import is here.
 */
import type { ErasureReceipt } from '@vivim/contract/erasure';
import type { ConversationId } from '@vivim/contract/ids';
import { isStorageError } from '../space/storage-error.ts';
import { erasedByYou, ourFaults } from '../space/stores/import-shape.ts';
import type { StoredConversation } from '../space/stores/put-conversation.ts';
import type { RawVersion } from '../space/stores/raw-records.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { artifactIssues } from './artifacts/artifact-versions.ts';
import { readBeside } from './beside-record.ts';
import { type CanonicalConversation, type CanonicalIssue, noContext, type SourceContext } from './canonical.ts';
import { messageIdsIn } from './conversation-input.ts';
import { readEntryOf } from './drafts/draft-record.ts';
import { type Finished, finished } from './finish-record.ts';
import { asKnownBy } from './former-identity.ts';
import { elementLimits } from './json-elements.ts';
import { saidIn } from './kept-record.ts';
import { idInSpace, sourceFromNowOn } from './known-before.ts';
import { conflictsIn, mergeVersions, shownElsewhere, type Version } from './merge-versions.ts';
import type { FreshRecord, PreparedRecord, RecordEntry, SkippedRecord, Unwritten } from './prepared-record.ts';
import { withRawWords } from './raw-words.ts';
import { readRecord } from './read-record.ts';
import { canonicalRecord, plainBytes, sourceRecord } from './record-bytes.ts';
import { guardSecrets } from './secrets/guard-secrets.ts';
import { secretsNote } from './secrets/secrets-note.ts';
import { moduleOf } from './sources/registry.ts';
import { superfluousVersions } from './superfluous-versions.ts';
import { VersionMemory } from './version-memory.ts';
import { withhold } from './withhold.ts';

/** What a kept record says; null where it says nothing any more. */
export function readKept(
  { source, externalKey }: VersionKey,
  version: Pick<RawVersion, 'bytesZstd' | 'form'>,
  context: SourceContext,
): CanonicalConversation | null {
  const bytes = plainBytes(version.bytesZstd);
  // Written by us, in the shape it is read as.
  if (version.form === 'canonical') return withRawWords(JSON.parse(bytes.toString('utf8')) as CanonicalConversation);
  const reading = readRecord(source, bytes, context);
  return reading.outcome === 'conversation' ? asKnownBy(externalKey, reading, bytes, context) : null;
}

/** In a draft: it has no secret, and no version before it. */
const nothingFound = { found: 0, masked: 0, conflicts: 0, superfluous: [] } as const;

/** Issues of one conversation that are listed one by one. */
const issuesListed = 20;

const refusals = {
  too_large: `The conversation is larger than ${elementLimits.elementBytes / 1024 ** 2} MiB, the limit of one.`,
  too_deep: `The conversation is nested deeper than ${elementLimits.depth} levels, the limit.`,
  broken_off: 'The file can be read no further.',
} as const;

/**
 * Prepare an entry; one that breaks in a way nobody foresaw is left out, and the import goes on.
 * @returns null where another version of the conversation has to be written first
 * @throws what the database threw: it is no fault of the entry
 */
export function prepareRecord(
  space: UserSpace,
  element: RecordEntry,
  context: SourceContext,
  unwritten: Unwritten,
  onUnexpected: (error: unknown) => void,
): PreparedRecord | null {
  try {
    return prepare(space, element, context, unwritten);
  } catch (error) {
    if (isStorageError(error)) throw error;
    onUnexpected(error);
    return skipped(element, ourFaults.notRead, 'The conversation could not be read; the rest came in.');
  }
}

const pathOf = (element: RecordEntry): string => `${element.stream.path}#${element.ix}`;

const skipped = (element: RecordEntry, code: string, detail: string): SkippedRecord => ({
  kind: 'skipped',
  after: element.after,
  bytesRead: element.bytesRead,
  path: pathOf(element),
  externalId: null,
  title: null,
  issues: [{ severity: 'skipped', code, path: '', detail }],
});

function prepare(
  space: UserSpace,
  element: RecordEntry,
  context: SourceContext,
  unwritten: Unwritten,
): PreparedRecord | null {
  const { after, bytesRead, stream } = element;
  if (stream.beside !== undefined) return readBeside(space, element, context, stream.beside.archivedMs);
  const path = pathOf(element);
  if (element.bytes === null) {
    const why = element.refused ?? 'too_large';
    return skipped(element, `conversation_${why}`, element.broken ?? refusals[why]);
  }
  const { bytes } = element;
  const reread = () => readRecord(stream.source, bytes, context, element.twin);
  const given = element.draft ?? reread();
  if (given.outcome === 'skipped') {
    const { externalId, title, issue } = given;
    return { kind: 'skipped', after, bytesRead, path, externalId, title, issues: [issue] };
  }
  const read = 'fresh' in given ? given : readEntryOf(given, bytes, context);
  const { externalId, title, messages, sha256 } = read;
  const id = read.formerly.length === 0 ? read.id : space.read((r) => idInSpace(r, read));
  const issues = shortened(read.issues);
  const common = { after, bytesRead, path, externalId, title, issues, id, sha256, messages };
  const known = { kind: 'known', ...common, source: stream.source } as const;
  const waiting = unwritten.get(id);
  if (waiting !== undefined) return waiting === sha256 ? known : null;
  const key = { source: stream.source, externalKey: id };
  const { marks, erased, stored, raw, from } = space.read((r) => {
    const marks = r.erasures.marks();
    const stored = r.conversations.stored(id);
    return {
      marks,
      erased: marks.any('conversation') ? r.erasures.receiptFor('conversation', id) : null,
      stored,
      from: stored === null || stored.source === stream.source ? stream.source : sourceFromNowOn(r, id, stored),
      raw: r.rawRecords.find({ ...key, sha256 }),
    };
  });
  if (erased !== null) return leftErased(element, erased);
  if (from !== stream.source) return prepare(space, readBy(from, element), context, unwritten);
  if (marks.none && stored !== null && raw !== null) return known;
  const fresh = 'fresh' in given ? given.fresh : null;
  if (marks.none && stored === null && fresh !== null) {
    const open = (): FreshRecord => {
      const made = fresh();
      const title = made.input.title;
      const found = [...issues, ...artifactIssues(made.artifacts)];
      return { kind: 'fresh', ...common, ...made, ...nothingFound, title, issues: found };
    };
    return { kind: 'drafted', ...common, open };
  }
  const again = 'fresh' in given ? reread() : given;
  if (again.outcome !== 'conversation') throw new Error('An entry that was drafted cannot be read.');
  const conversation = asKnownBy(id, again, bytes, context);
  const withheld = withhold(conversation, messageIdsIn([id]), marks);
  const told = withheld.changed ? { ...common, issues: [...issues, partsErased] } : common;
  if (stored !== null && raw !== null) return { ...known, ...told };
  const left = withheld.conversation;
  const { whole, aside, conflicts, superfluous } =
    stored === null
      ? { whole: left, aside: 0, conflicts: 0, superfluous: [] }
      : space.read((r) =>
          merged(
            r,
            stored,
            { conversation: left, sha256 },
            { ...key, watchedKey: element.watchedKey, memory: element.memory },
          ),
        );
  // The words are looked through outside of any transaction; the space is asked only where a secret is found.
  const isMasked = (secret: string) => space.read((r) => isMaskedBy(r, secret));
  const guarded = guardSecrets(whole, isMasked);
  const own =
    guarded.masked === 0 ? left : stored === null ? guarded.conversation : guardSecrets(left, isMasked).conversation;
  // Of a conversation told in pieces a record brings in its own alone: what stood before was counted when it came.
  const piece = left.piece === true && stored !== null && guarded.places.length + guarded.masked > 0;
  const counted = piece ? guardSecrets(left, isMasked) : guarded;
  const note = secretsNote(counted);
  const made = finished(guarded, id, marks, isMasked);
  return {
    kind: 'fresh',
    ...told,
    issues: [
      ...told.issues,
      ...(stored?.versionRule == null ? conflictNote(conflicts) : []),
      ...asideNote(aside),
      ...(note === null ? [] : [note]),
      ...artifactIssues(made.artifacts),
    ],
    title: guarded.conversation.title,
    ...made,
    masked: counted.masked,
    found: (piece ? counted.places : made.secrets).length + counted.masked,
    conflicts,
    superfluous,
    said: saidIn(guarded.conversation, marks),
    raw: own === conversation ? sourceRecord(bytes) : canonicalRecord(own),
  };
}

/** The entry as another source reads it. */
function readBy(source: CanonicalConversation['source'], { draft: _, ...element }: RecordEntry): RecordEntry {
  return { ...element, stream: { ...element.stream, source } };
}

/** Whether a secret is masked: where the owner's rule says so, and they did not say to keep this one. */
export const isMaskedBy = (reader: SpaceReader, secret: string): boolean =>
  reader.secrets.rule() === 'mask' && reader.secrets.decisionOf(secret) === null;

export const partsErased: CanonicalIssue = {
  severity: 'note',
  code: erasedByYou,
  path: '',
  detail:
    'Parts of this conversation that you erased were left out. See vivim erase list for how to let them in again.',
};

/** Says when it was erased and how to let it in again. */
export function leftErasedWords({ id, erasedAt }: ErasureReceipt): string {
  const when = erasedAt === null ? '' : ` on ${erasedAt.slice(0, 10)}`;
  return `Erased by you${when}. To let it in again: vivim erase allow ${id}, then import the file again.`;
}

/** Its place is told by numbers, because names of entries may be titles. */
function leftErased(element: RecordEntry, receipt: ErasureReceipt): SkippedRecord {
  return {
    ...skipped(element, erasedByYou, leftErasedWords(receipt)),
    path: `file ${element.after.stream + 1}, entry ${element.ix + 1}`,
  };
}

/** The union of what came and every version that was kept. */
function merged(
  reader: SpaceReader,
  stored: StoredConversation,
  version: Version,
  {
    watchedKey,
    memory,
    ...key
  }: VersionKey & { watchedKey: string | null | undefined; memory: VersionMemory | undefined },
): Pick<FreshRecord, 'conflicts' | 'superfluous'> & { whole: CanonicalConversation; aside: number } {
  const kept = keptVersions(reader, stored, key, memory);
  const versions = [version, ...kept];
  const mayGo = watchedKey == null ? new Set() : reader.rawRecords.onlyOfFile({ ...key, watchedKey });
  const whole = mergeVersions(versions, stored.versionRule ?? 'newest');
  return {
    whole,
    aside: moduleOf(key.source).forks === true ? shownElsewhere(versions, whole) : 0,
    conflicts: conflictsIn(versions).length,
    superfluous:
      mayGo.size === 0
        ? []
        : superfluousVersions<Version & { pk?: number }>(versions, ({ pk }) => mayGo.has(pk)).flatMap(
            ({ pk }) => pk ?? [],
          ),
  };
}

/** Says nothing of what they say: that is looked up where it is asked for. */
const conflictNote = (conflicts: number): CanonicalIssue[] =>
  conflicts === 0
    ? []
    : [
        {
          severity: 'note',
          code: 'conflict',
          path: '',
          detail: `Exports say different things of ${conflicts === 1 ? 'one message' : `${conflicts} messages`}. The newest text is shown unless you decide otherwise: vivim imports conflicts.`,
        },
      ];

/** Two files of one session that went on each in its own way. */
const asideNote = (messages: number): CanonicalIssue[] =>
  messages === 0
    ? []
    : [
        {
          severity: 'note',
          code: 'session_goes_two_ways',
          path: '',
          detail: `Another file of this session goes on another way: ${messages === 1 ? 'one message' : `${messages} messages`} of it ${messages === 1 ? 'stands' : 'stand'} on a branch beside the one that is shown. The reader leads there by its arrows, and vivim conversations ID --branches all shows every branch; search finds the branch that is shown.`,
        },
      ];

interface VersionKey {
  readonly source: CanonicalConversation['source'];
  /** Id of the conversation. */
  readonly externalKey: ConversationId;
}

export function keptVersions(
  reader: SpaceReader,
  stored: StoredConversation,
  key: VersionKey,
  memory: VersionMemory = new VersionMemory(),
): (Version & { pk: number })[] {
  const context: SourceContext = { ...noContext, accountHash: stored.accountHash };
  // Where its source has changed, its records have not yet.
  return reader.rawRecords.versionsOf({ ...key, source: stored.source }).flatMap((row) => {
    const of = `${key.source} ${stored.accountHash} ${key.externalKey}`;
    const conversation = memory.recall(of, row, () => readKept(key, row, context));
    return conversation === null ? [] : [{ pk: row.pk, conversation, sha256: row.sha256 }];
  });
}

/** A conversation made anew of every version of it that was kept, or null where none was. */
export function rebuilt(
  reader: SpaceReader,
  stored: StoredConversation,
  id: ConversationId,
  source: CanonicalConversation['source'],
): Finished | null {
  const kept = keptVersions(reader, stored, { source, externalKey: id });
  if (kept.length === 0) return null;
  const isMasked = (secret: string) => isMaskedBy(reader, secret);
  return finished(
    guardSecrets(mergeVersions(kept, stored.versionRule ?? 'newest'), isMasked),
    id,
    reader.erasures.marks(),
    isMasked,
  );
}

/** A broken conversation may have thousands of issues of one kind; the report names the first and counts the rest. */
export function shortened(issues: readonly CanonicalIssue[]): readonly CanonicalIssue[] {
  if (issues.length <= issuesListed) return issues;
  const rest = issues.slice(issuesListed);
  const severity = rest.some((issue) => issue.severity === 'degraded') ? 'degraded' : 'note';
  const detail = `${rest.length} more places of this conversation were noted and are not listed.`;
  return [...issues.slice(0, issuesListed), { severity, code: 'more_issues', path: '', detail }];
}
