/**
 * Sessions of opencode and of those that keep theirs the same way (Kilo): out of its database, its folder of small files, or one session as
 * it exports it, `{info, messages: [{info, parts}]}` → canonical. Pure. Messages are read as those of nearly the generic format are.
 */
import { hasColumns, idsBy, rowOf, type Tables } from './agent-tables.ts';
import { generic } from './generic.ts';
import { asId, asName, asRecord, fromJson, isRecord, type JsonRecord } from './json-value.ts';
import { claimWhere, has, type SourceModule, type UploadedTables } from './source-module.ts';

const isOpencode = (tables: Tables): boolean =>
  hasColumns(tables, 'message', 'id', 'session_id', 'data') && hasColumns(tables, 'part', 'id', 'message_id', 'data');

/** A session with its messages, each with its parts beside what is noted of it. */
const isSession = (record: JsonRecord): boolean =>
  asId(asRecord(record.info)?.id) !== null &&
  Array.isArray(record.messages) &&
  record.messages
    .slice(0, 5)
    .every((message) => isRecord(message) && isRecord(message.info) && Array.isArray(message.parts));

function* sessionsOf(database: UploadedTables): Generator<JsonRecord> {
  const messages = idsBy(database, 'message', 'session_id', 'time_created');
  const parts = idsBy(database, 'part', 'message_id', 'time_created');
  for (const [session, ids] of messages) {
    const about = rowOf(database, 'session', ['id', 'title', 'directory', 'time_created', 'time_updated'], session);
    yield {
      info: {
        id: session,
        title: about.title,
        directory: about.directory,
        time: { created: about.time_created, updated: about.time_updated },
      },
      messages: ids.map((id) => ({
        info: { ...opened(rowOf(database, 'message', ['data'], id).data), id },
        parts: (parts.get(id) ?? []).map((part) => opened(rowOf(database, 'part', ['data'], part).data)),
      })),
    };
  }
}

const opened = (value: unknown): JsonRecord => {
  const json = fromJson(asName(value) ?? '');
  return isRecord(json) ? json : { text: asName(value) };
};

export const opencode: SourceModule = {
  source: 'opencode',
  version: 2,
  formerly: {
    source: 'generic',
    takes: (bytes) => {
      const value = fromJson(bytes.toString('utf8'));
      return isRecord(value) && isSession(value);
    },
  },
  sidecars: [
    { what: 'a folder an agent worked in', content: false, fits: has('worktree', 'id') },
    { what: 'what a session changed in files', content: false, fits: has('file', 'additions', 'deletions') },
    { what: 'a list of things to do', content: false, fits: has('content', 'status', 'priority', 'id') },
  ],
  formats: [
    {
      kind: 'json',
      cut: { kind: 'list' },
      claim: claimWhere(isSession, 0.95, 'It is a session with its messages and their parts, as opencode exports it.'),
    },
    {
      kind: 'sqlite',
      cut: { kind: 'database', records: sessionsOf },
      claim: ({ tables }) =>
        isOpencode(tables)
          ? { confidence: 0.9, why: 'It is a database of sessions and what was said in them, as opencode keeps them.' }
          : null,
    },
  ],
  read: (bytes, context) => {
    const reading = generic.read(bytes, context);
    if (reading.outcome !== 'conversation') return reading;
    return { ...reading, conversation: { ...reading.conversation, source: 'opencode' } };
  },
};
