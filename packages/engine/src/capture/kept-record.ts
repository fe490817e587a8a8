/**
 * From a record of an export that is no conversation to what its transaction will write, without what its owner erased. The
 * same at an import, at an erasure and when a kept record is read anew. Pure but for compressing.
 */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Source } from '@vivim/contract/conversation';
import { erasedMark } from '@vivim/contract/erasure';
import type { MemoryId, ProjectId } from '@vivim/contract/ids';
import { contentId, sha256 } from '../space/hash.ts';
import type { Marks } from '../space/marks.ts';
import type { FoundSecret, MemoryInput, SaidInput, SidecarInput } from '../space/stores/kept-input.ts';
import type { CanonicalConversation } from './canonical.ts';
import { conversationIdOf } from './conversation-input.ts';
import type { Kept, KeptMemory } from './kept.ts';
import { redactNames } from './redact-names.ts';
import { mapValue } from './redact-part.ts';
import { findSecrets } from './secrets/find-secrets.ts';
import { maskText, safeTitle } from './secrets/guard-secrets.ts';
import { accountHashOf } from './sources/account-hash.ts';
import { isRecord } from './sources/json-value.ts';
import { moduleOf } from './sources/registry.ts';
import { normalText } from './unit-key.ts';

/** Whose record it is, where it does not say itself, and when it was put where it was found. */
export interface RecordOrigin {
  readonly source: Source;
  readonly accountHash: string;
  readonly archivedMs: number | null;
}

/** `erased`: all of it was. `nothing`: it says nothing that is kept. `without`: memories in it that were erased, and stay away. */
export type RecordReading =
  | { readonly outcome: 'kept'; readonly input: SidecarInput; readonly without: number }
  | { readonly outcome: 'erased' | 'nothing' };

/** A text this long is taken out wherever else the record repeats it. Characters. */
const telling = 12;
/** Taking a statement out may make new ones of its neighbours, which may have been erased next. */
const mostRounds = 20;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** A UUID is unique without the account, which one export names and another may not. */
const within = (accountHash: string, key: string): string => (uuid.test(key) ? '' : accountHash);
const slotOf = (source: Source, accountHash: string, key: string): string =>
  `${source}:${within(accountHash, key)}:${key}`;

export const projectIdOf = (source: Source, accountHash: string, externalId: string): ProjectId =>
  contentId('p', [source, within(accountHash, externalId), externalId]) as ProjectId;

const readKept = (source: Source, value: unknown): Kept | null => {
  if (!isRecord(value)) return null;
  const rule = moduleOf(source).sidecars?.find((one) => one.fits(value));
  return rule?.read?.(value) ?? null;
};

/**
 * @param hides which secrets are masked, beside those that were erased
 * @throws SyntaxError where the bytes are no JSON
 */
export function readSidecar(
  bytes: Uint8Array,
  origin: RecordOrigin,
  marks: Marks,
  hides: (secret: string) => boolean,
): RecordReading {
  const { source } = origin;
  const given: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const hidden = (secret: string): boolean => hides(secret) || marks.has('secret', secret);
  const named = (text: string): string => (marks.nameLengths.length === 0 ? text : redactNames(text, marks));
  let masked = 0;
  const count = (secret: string): boolean => {
    const goes = hidden(secret);
    masked += goes ? 1 : 0;
    return goes;
  };
  let value = mapValue(given, (text) => named(maskText(text, count)));
  let kept = readKept(source, value);
  let leftOut = 0;
  for (let round = 0; kept !== null && round < mostRounds; round += 1) {
    const gone = marks.any('memory') ? erasedOf(kept, origin, marks) : [];
    if (gone.length === 0) break;
    leftOut += gone.length;
    value = without(value, gone);
    kept = readKept(source, value);
  }
  if (kept === null) return { outcome: leftOut > 0 ? 'erased' : 'nothing' };
  const input = inputOf(kept, origin);
  if (marks.has('record', input.slot)) return { outcome: 'erased' };
  const owner = { source, accountHash: input.accountHash };
  const gone = kept.feedback.some(({ conversation }) =>
    marks.has('conversation', conversationIdOf({ ...owner, key: conversation })),
  );
  if (gone) return { outcome: 'erased' };
  const same = JSON.stringify(value) === JSON.stringify(given);
  const plain = same ? Buffer.from(bytes) : Buffer.from(JSON.stringify(value));
  const whole = {
    ...input,
    sha256: sha256(plain),
    zstd: zstdCompressSync(plain),
    size: plain.length,
    secrets: secretsIn(value),
    masked,
  };
  return { outcome: 'kept', input: whole, without: leftOut };
}

/** Secrets in what a record says, in the order they are read. */
function secretsIn(value: unknown): FoundSecret[] {
  const found: FoundSecret[] = [];
  mapValue(value, (text) => {
    for (const { label, start, end } of findSecrets(text)) found.push({ label, secret: text.slice(start, end) });
    return text;
  });
  return found;
}

/** Secrets that stand in a kept record. */
export const secretsOfRecord = (zstd: Uint8Array): FoundSecret[] =>
  secretsIn(JSON.parse(plainBytes(zstd).toString('utf8')));

/** The words a memory was read from, or null where the record no longer holds them. */
export function wordsAt(zstd: Uint8Array, field: string, start: number, end: number): string | null {
  const value: unknown = JSON.parse(zstdDecompressSync(zstd).toString('utf8'));
  const text = field.split('/').reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), value);
  return typeof text === 'string' ? text.toWellFormed().slice(start, end) : null;
}

const plainBytes = (zstd: Uint8Array): Buffer => zstdDecompressSync(zstd);

/** A kept record read anew. */
export const rereadSidecar = (zstd: Uint8Array, origin: RecordOrigin, marks: Marks): RecordReading =>
  readSidecar(plainBytes(zstd), origin, marks, () => false);

/** Memories that stand in a conversation, without those that were erased. */
export function saidIn(conversation: CanonicalConversation, marks: Marks): SaidInput[] {
  const { source, accountHash, created, messages } = conversation;
  return (moduleOf(source).memoriesIn?.(conversation) ?? []).flatMap((said): SaidInput[] => {
    const key = said.key === null ? null : slotOf(source, accountHash, said.key);
    const input = {
      ...memoryOf(said, { source, accountHash, slot: key ?? `${source}:${accountHash}:said` }),
      slot: key,
      place: String(said.part),
      atMs: messages[said.message]?.created.ms ?? created.ms,
      message: said.message,
    };
    return marks.has('memory', input.id) ? [] : [input];
  });
}

function memoryOf(
  said: Omit<KeptMemory, 'field'>,
  { source, accountHash, slot }: { source: Source; accountHash: string; slot: string },
): Omit<MemoryInput, 'place' | 'atMs'> {
  const { kind, what, start, end, project } = said;
  // A memory is made to be told; what a record keeps, it does not tell.
  const text = maskText(said.text, () => true);
  const projectId = project === null ? null : projectIdOf(source, accountHash, project);
  const id = contentId('k', [slot, kind, projectId ?? '', normalText(text)]) as MemoryId;
  return { id, kind, text, source, accountHash, what, slot, projectId, start, end };
}

function inputOf(
  kept: Kept,
  { source, accountHash: given, archivedMs }: RecordOrigin,
): Omit<SidecarInput, 'sha256' | 'zstd' | 'size' | 'secrets' | 'masked'> {
  const accountHash = kept.account === null ? given : accountHashOf(source, kept.account);
  const slot = slotOf(source, accountHash, kept.key);
  const asOfMs = kept.asOfMs ?? archivedMs;
  return {
    source,
    accountHash,
    slot,
    asOfMs,
    memories: kept.memories.map((memory) => ({
      ...memoryOf(memory, { source, accountHash, slot }),
      place: memory.field,
      atMs: asOfMs,
    })),
    projects: kept.projects.map((project) => {
      const id = projectIdOf(source, accountHash, project.externalId);
      return {
        ...project,
        id,
        // A name is a title: it goes into lists, and what stands in the project is named by it.
        name: safeTitle(project.name),
        documents: project.documents.map((document) => ({
          ...document,
          name: safeTitle(document.name),
          id: contentId('d', [id, document.externalId ?? `${document.name ?? ''} ${sha256(document.text)}`]),
        })),
      };
    }),
    feedback: kept.feedback.map(({ externalId, ...rating }) => ({
      ...rating,
      id: contentId('f', [source, within(accountHash, externalId), externalId]),
    })),
  };
}

function erasedOf(kept: Kept, origin: RecordOrigin, marks: Marks): KeptMemory[] {
  const ids = inputOf(kept, origin).memories.map(({ id }) => id);
  return kept.memories.filter((_, ix) => marks.has('memory', ids[ix] ?? ''));
}

/** The record with `[…]` in place of these statements, from the last of each text to the first. */
function without(value: unknown, gone: readonly KeptMemory[]): unknown {
  const texts = gone.map(({ text }) => text).filter((text) => text.length >= telling);
  const cut = gone
    .toSorted((a, b) => b.start - a.start)
    .reduce<unknown>(
      (at, { field, start, end }) =>
        mapField(at, field.split('/'), (text) => text.slice(0, start) + erasedMark + text.slice(end)),
      value,
    );
  return mapValue(cut, (text) => texts.reduce((left, each) => left.replaceAll(each, erasedMark), text));
}

function mapField(value: unknown, path: readonly string[], map: (text: string) => string): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return typeof value === 'string' ? map(value.toWellFormed()) : value;
  if (!isRecord(value) || !Object.hasOwn(value, name)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === name ? mapField(each, rest, map) : each]),
  );
}
