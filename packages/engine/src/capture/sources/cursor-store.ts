/**
 * Cursor's command line keeps each chat in a database of its own (`~/.cursor/chats/<folder>/<id>/store.db`): blobs by their hash, of which some are
 * messages in JSON, and a root that names them in order → one record. Pure; rows come in, records go out.
 */
import type { CanonicalIssue, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, rawPart, unknownIssues } from './content-blocks.ts';
import { asked } from './cursor-transcript.ts';
import { asArray, asId, asName, asRecord, fromJson, isRecord, type JsonRecord } from './json-value.ts';
import { notAConversation } from './reading.ts';
import type { Look, UploadedTables } from './source-module.ts';
import { program, speakerNamed } from './speakers.ts';
import { roleUnknown } from './tree-issues.ts';

export const isStore = ({ tables }: Pick<Look, 'tables'>): boolean => {
  const [blobs, meta] = [tables.get('blobs'), tables.get('meta')];
  return (
    ['id', 'data'].every((name) => blobs?.includes(name)) && ['key', 'value'].every((name) => meta?.includes(name))
  );
};

/** Of all messages of one chat. Characters. */
const mostText = 32 * 1024 ** 2;

export function* storeRecords(database: UploadedTables): Generator<JsonRecord> {
  const metas = [...database.rows('meta', ['value'])].flatMap(({ value }): JsonRecord[] => {
    const meta = metaIn(asName(value));
    return meta === null ? [] : [meta];
  });
  const about = metas[0] ?? {};
  const root = bytesOf(database, asName(about.latestRootBlobId) ?? '');
  const named = root === null ? [] : namesIn(root);
  // A root nobody can read: then in the order they came.
  const ids = named.length > 0 ? named : [...database.rows('blobs', ['id'])].flatMap(({ id }) => asId(id) ?? []);
  let left = mostText;
  const messages = ids.flatMap((id): unknown[] => {
    const bytes = left > 0 ? bytesOf(database, id) : null;
    left -= bytes?.length ?? 0;
    const message = bytes?.[0] === 0x7b ? fromJson(bytes.toString('utf8')) : undefined;
    if (isRecord(message) && typeof message.role === 'string') return [message];
    return named.length > 0 && bytes === null ? [{ missing: id }] : [];
  });
  if (messages.length > 0) yield { store: about, messages };
}

/** JSON, or JSON in hexadecimal digits. */
function metaIn(value: string | null): JsonRecord | null {
  if (value === null) return null;
  const plain = value.startsWith('{') ? value : Buffer.from(value, 'hex').toString('utf8');
  return asRecord(fromJson(plain));
}

function bytesOf(database: UploadedTables, id: string): Buffer | null {
  const [row] = id === '' ? [] : [...database.rows('blobs', ['data'], { column: 'id', equals: id }, 'data')];
  const base64 = asName(row?.data);
  return base64 === null ? null : Buffer.from(base64, 'base64');
}

/** The hashes a root names: fields of 32 bytes, in protocol buffers' way of writing them. Ends where it is something else. */
function namesIn(root: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at + 34 <= root.length && root[at] === 0x0a && root[at + 1] === 32; at += 34)
    names.push(root.subarray(at + 2, at + 34).toString('hex'));
  return names;
}

export function readStore(record: JsonRecord, context: SourceContext): Reading {
  const about = asRecord(record.store) ?? {};
  const externalId = asId(about.agentId);
  const title = asName(about.name);
  const list = asArray(record.messages);
  if (list.length === 0) return notAConversation('The chat holds no messages.', { externalId, title });
  const issues: CanonicalIssue[] = [];
  const turns = list.map((value, ix) => turnOf(value, ix, issues));
  const mode = asName(about.mode);
  return buildConversation(
    {
      source: 'cursor',
      externalId,
      title: title === 'New Agent' ? null : title,
      created: about.createdAt,
      model: asName(about.lastUsedModel),
      flags: { ...(mode === null ? {} : { mode }) },
    },
    turns,
    context,
    'messages',
    issues,
  );
}

function turnOf(value: unknown, ix: number, issues: CanonicalIssue[]): Turn {
  const message = asRecord(value);
  if (message === null) return { id: null, ...program, parts: [rawPart(value)] };
  const missing = asName(message.missing);
  if (missing !== null) {
    const detail = 'The message is named in the chat, and is not in the database any more.';
    issues.push({ severity: 'degraded', code: 'message_missing', path: `messages/${ix}`, detail });
    return { id: missing, ...program, parts: [] };
  }
  const said = asName(message.role);
  const speaker = speakerNamed(said);
  const { parts, unknown } = contentOf(message.content);
  issues.push(
    ...unknownIssues(`messages/${ix}`, unknown),
    ...(speaker === program ? roleUnknown(`messages/${ix}`, said) : []),
  );
  const own = said === 'user' ? parts.flatMap(asked) : parts;
  const context = own.length > 0 && own.every(({ kind }) => kind === 'context');
  return {
    id: asId(message.id),
    ...speaker,
    ...(context ? { kind: 'context' } : {}),
    parts: own,
    hidden: said === 'system' ? 'instructions' : null,
  };
}
