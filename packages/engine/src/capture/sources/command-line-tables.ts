/**
 * Databases of agents on the command line and in the terminal → one record for each conversation, in nearly the generic format: Crush (`crush.db`),
 * Amazon Q and Kiro (`data.sqlite3`, each conversation one JSON), Warp (`warp.sqlite`, what was asked alone). Pure; one conversation at a time.
 */
import { hasColumns, idsBy, rowOf, type Tables } from './agent-tables.ts';
import { qConversation } from './amazon-q.ts';
import { asArray, asId, asName, asRecord, asRecords, fromJson, type JsonRecord } from './json-value.ts';
import type { UploadedTables } from './source-module.ts';

export const isCrush = (tables: Tables): boolean =>
  hasColumns(tables, 'messages', 'id', 'session_id', 'role', 'parts') && hasColumns(tables, 'sessions', 'id', 'title');
export const isAmazonQ = (tables: Tables): boolean =>
  hasColumns(tables, 'conversations', 'key', 'value') ||
  hasColumns(tables, 'conversations_v2', 'conversation_id', 'value');
export const isWarp = (tables: Tables): boolean =>
  hasColumns(tables, 'ai_queries', 'exchange_id', 'conversation_id', 'input');

export function* crushSessions(database: UploadedTables): Generator<JsonRecord> {
  for (const [session, ids] of idsBy(database, 'messages', 'session_id', 'created_at', 'place')) {
    const about = rowOf(database, 'sessions', ['title', 'parent_session_id', 'created_at', 'updated_at'], session);
    yield {
      id: session,
      title: about.title,
      createdAt: about.created_at,
      updatedAt: about.updated_at,
      messages: ids.map((id) => {
        const row = rowOf(database, 'messages', ['role', 'parts', 'model', 'created_at'], id);
        const parts = asRecords(fromJson(asName(row.parts) ?? '')).flatMap(crushBlocks);
        return { id, role: row.role, model: row.model, createdAt: row.created_at, content: parts };
      }),
    };
  }
}

/** `{type, data}` → a block under the names the interfaces of models have for it. */
function crushBlocks(part: JsonRecord): JsonRecord[] {
  const data = asRecord(part.data) ?? {};
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: data.text }];
    case 'reasoning':
      return asName(data.thinking) === null ? [] : [{ type: 'thinking', thinking: data.thinking }];
    case 'tool_call':
      return [{ type: 'tool_call', name: data.name, id: data.id, arguments: data.input }];
    case 'tool_result': {
      const { name, tool_call_id: call, content, is_error: failed } = data;
      return [{ type: 'tool_result', name, tool_use_id: call, content, is_error: failed === true }];
    }
    case 'image_url':
      return [{ type: 'image_url', image_url: { url: data.url } }];
    case 'binary':
      return [{ type: 'image', source: { type: 'base64', media_type: data.MIMEType, data: data.Data } }];
    case 'shell_command':
      return [
        {
          type: 'tool_result',
          name: 'shell',
          content: `$ ${asName(data.command) ?? ''}\n${asName(data.output) ?? ''}`,
        },
      ];
    case 'finish': {
      const words = [asName(data.message), asName(data.details)].filter((one) => one !== null).join('\n');
      return words === '' ? [] : [{ type: 'failure', text: words }];
    }
    default:
      return [part];
  }
}

/** A folder had one conversation, under its path; later ones have an id. */
export function* qConversations(database: UploadedTables): Generator<JsonRecord> {
  const columns = ['key', 'conversation_id', 'value', 'created_at', 'updated_at'];
  for (const table of ['conversations', 'conversations_v2'])
    if (database.tables.has(table))
      for (const row of database.rows(table, columns)) {
        const value = asRecord(fromJson(asName(row.value) ?? ''));
        const record = value === null ? null : qConversation(value);
        if (record !== null)
          yield { working_dir: row.key, createdAt: row.created_at, updatedAt: row.updated_at, ...record };
      }
}

/** What was answered is not on the disk. */
export function* warpQueries(database: UploadedTables): Generator<JsonRecord> {
  for (const [conversation, ids] of idsBy(database, 'ai_queries', 'conversation_id', 'start_ts', 'place')) {
    const rows = ids.map((id) =>
      rowOf(database, 'ai_queries', ['exchange_id', 'start_ts', 'input', 'working_directory'], id),
    );
    yield {
      id: conversation,
      working_dir: rows[0]?.working_directory,
      messages: rows.flatMap((row): JsonRecord[] =>
        asArray(fromJson(asName(row.input) ?? '')).flatMap((input): JsonRecord[] => {
          const text = asName(asRecord(asRecord(input)?.Query)?.text);
          return text === null
            ? []
            : [{ id: asId(row.exchange_id), role: 'user', content: text, createdAt: row.start_ts }];
        }),
      ),
    };
  }
}
