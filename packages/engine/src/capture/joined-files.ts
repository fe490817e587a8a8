/**
 * Sessions an agent keeps in many small files (opencode, Kilo: `storage/session`, `storage/message`, `storage/part`): one file for each session, each
 * message and each part, which name what they are of → one stream of whole sessions. Knows files by what they hold; holds their names and one
 * session at a time.
 */
import type { ArchiveEntry } from './archive.ts';
import type { CanonicalIssue } from './canonical.ts';
import type { Seen } from './look.ts';
import type { RecordStream } from './plan-shape.ts';
import { asId, asName, asNumber, asRecord, fromJson, type JsonRecord } from './sources/json-value.ts';
import type { SourceFormat } from './sources/source-module.ts';
import { asUtf8 } from './transcode.ts';

/** One such file, as far as it was looked at. */
export interface Piece {
  readonly entry: ArchiveEntry;
  readonly kind: 'session' | 'message' | 'part';
  readonly id: string;
  /** What it is of: a message's session, a part's message; '' for a session. */
  readonly of: string;
  readonly at: number;
}

/** A part is one answer of a tool at most; more is none of theirs. */
const mostBytes = 32 * 1024 ** 2;

/** @returns null where the file is none of these */
export function pieceOf(entry: ArchiveEntry, { kind, values, rows }: Seen): Piece | null {
  const record = asRecord(values[0]);
  const id = asId(record?.id);
  if (kind !== 'json' || rows || values.length !== 1 || record === null || id === null) return null;
  const about = asRecord(record.metadata);
  const time = asRecord(record.time) ?? asRecord(about?.time);
  const at = asNumber(time?.created) ?? asNumber(time?.start) ?? 0;
  const [session, message] = [asId(record.sessionID), asId(record.messageID)];
  if (session !== null && message !== null && asName(record.type) !== null)
    return { entry, kind: 'part', id, of: message, at };
  if (session !== null && asName(record.role) !== null && !('content' in record || 'parts' in record))
    return { entry, kind: 'message', id, of: session, at };
  const inside = asId(about?.sessionID);
  if (inside !== null && asName(record.role) !== null && Array.isArray(record.parts))
    return { entry, kind: 'message', id, of: inside, at };
  const placed = 'directory' in record || 'projectID' in record || id.startsWith('ses_');
  const isSession = time !== null && 'created' in time && 'title' in record && placed;
  return isSession && !('messages' in record) ? { entry, kind: 'session', id, of: '', at } : null;
}

/** @returns null where no message is among them */
export function joinedSessions(
  pieces: readonly Piece[],
  format: SourceFormat,
): { readonly stream: RecordStream; readonly notes: readonly CanonicalIssue[] } | null {
  const messages = inOrder(pieces, 'message');
  const parts = inOrder(pieces, 'part');
  if (messages.size === 0) return null;
  const sessions = new Map((inOrder(pieces, 'session').get('') ?? []).map((one) => [one.id, one]));
  const known = new Set([...messages.values()].flatMap((list) => list.map(({ id }) => id)));
  const lost = [...parts].flatMap(([message, list]) => (known.has(message) ? [] : list));
  const stream: RecordStream = {
    path: folderOf(pieces),
    source: 'opencode',
    format,
    claim: { confidence: 0.9, why: 'It is a folder of sessions, messages and their parts, as opencode keeps them.' },
    bytes: pieces.reduce((sum, { entry }) => sum + entry.bytes, 0),
    async *open() {
      let begun = false;
      yield Buffer.from('[');
      for (const [id, list] of messages) {
        const about = sessions.get(id);
        yield Buffer.from(
          `${begun ? ',' : ''}{"info":${JSON.stringify({ id, ...(about === undefined ? {} : await read(about)) })},"messages":[`,
        );
        begun = true;
        for (const [ix, message] of list.entries()) {
          const held: JsonRecord[] = [];
          for (const part of parts.get(message.id) ?? []) held.push(await read(part));
          yield Buffer.from(`${ix > 0 ? ',' : ''}${JSON.stringify(whole(await read(message), message.id, held))}`);
        }
        yield Buffer.from(']}');
      }
      yield Buffer.from(']');
    },
  };
  return { stream, notes: lost.length === 0 ? [] : [lostNote(lost)] };
}

/** A message with its parts: those of their own files, or until June 2025 those that stand in it. */
function whole(message: JsonRecord, id: string, held: readonly JsonRecord[]): JsonRecord {
  const { parts, metadata, ...info } = message;
  const about = asRecord(metadata);
  if (!Array.isArray(parts) || about === null) return { info: { ...message, id }, parts: held };
  const model = asName(asRecord(about.assistant)?.modelID);
  return {
    info: { ...info, id, time: about.time, ...(model === null ? {} : { modelID: model }) },
    parts: [...parts, ...held],
  };
}

/** By what they are of, in the order of their times, then of their ids. */
function inOrder(pieces: readonly Piece[], kind: Piece['kind']): ReadonlyMap<string, readonly Piece[]> {
  const found = new Map<string, Piece[]>();
  for (const piece of newest(pieces, kind)) {
    const list = found.get(piece.of);
    if (list === undefined) found.set(piece.of, [piece]);
    else list.push(piece);
  }
  // Ids of parts are made in order; their times are those of the work they tell of, and not all have one.
  const before = (a: Piece, b: Piece) =>
    (kind === 'part' ? 0 : a.at - b.at) || (a.id < b.id ? -1 : Number(a.id > b.id));
  for (const list of found.values()) list.sort(before);
  return found;
}

/** The program keeps what it moved to a newer layout where it was: of two files of one id the one that was written last counts. */
function newest(pieces: readonly Piece[], kind: Piece['kind']): Iterable<Piece> {
  const found = new Map<string, Piece>();
  for (const piece of pieces) {
    if (piece.kind !== kind) continue;
    const key = `${piece.of} ${piece.id}`;
    const other = found.get(key);
    if (other === undefined || isNewer(piece, other)) found.set(key, piece);
  }
  return found.values();
}

function isNewer(piece: Piece, other: Piece): boolean {
  const laterMs = (piece.entry.modifiedMs ?? 0) - (other.entry.modifiedMs ?? 0);
  return laterMs > 0 || (laterMs === 0 && isOldPlace(other) && !isOldPlace(piece));
}

const isOldPlace = ({ entry }: Piece): boolean => /(?:^|\/)session\/(?:info|message|part)\//.test(entry.name);

/** What a file says. One that was looked at is whole, and JSON; one that is too large is named in the program's name. */
async function read({ entry, id }: Piece): Promise<JsonRecord> {
  if (entry.bytes > mostBytes) return { id, type: 'too large', role: 'system', path: entry.name };
  const chunks: Buffer[] = [];
  for await (const chunk of asUtf8(entry.open())) chunks.push(Buffer.from(chunk));
  return asRecord(fromJson(Buffer.concat(chunks).toString('utf8'))) ?? { id };
}

/** The folder all of them lie in. */
function folderOf(pieces: readonly Piece[]): string {
  const [first = [], ...others] = pieces.map(({ entry }) => entry.name.split('/').slice(0, -1));
  const shared = first.filter((name, ix) => others.every((path) => path[ix] === name));
  return shared.join('/') || 'sessions';
}

const lostNote = (lost: readonly Piece[]): CanonicalIssue => ({
  severity: 'note',
  code: 'kind_not_imported',
  path: lost[0]?.entry.name ?? '',
  detail: `${lost.length === 1 ? 'One file holds' : `${lost.length} files hold`} parts of messages that are not in the archive; they are not imported.`,
});
