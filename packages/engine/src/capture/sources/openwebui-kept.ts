/** What Open WebUI keeps beside chats: memories of the person, and folders of chats. Pure. */
import { type Kept, keptNothing } from '../kept.ts';
import { asId, asName, asRecord, type JsonRecord } from './json-value.ts';
import { memoriesOf } from './kept-memories.ts';
import type { SidecarRule, UploadedTables } from './source-module.ts';
import { sourceTime } from './source-time.ts';

const has = (record: JsonRecord, ...names: string[]): boolean => names.every((name) => Object.hasOwn(record, name));

function readMemory(record: JsonRecord): Kept | null {
  const id = asId(record.id);
  if (id === null) return null;
  return {
    ...keptNothing,
    key: `memory:${id}`,
    asOfMs: sourceTime(record.updated_at ?? record.created_at).ms,
    memories: memoriesOf(record.content, { field: 'content', kind: 'fact', what: 'memory' }),
  };
}

/** A folder is a project; the words its owner gave it for the model stand in `data.system_prompt`. */
function readFolder(record: JsonRecord): Kept | null {
  const externalId = asId(record.id);
  if (externalId === null) return null;
  const instructions = asName(asRecord(record.data)?.system_prompt);
  const updatedMs = sourceTime(record.updated_at).ms;
  return {
    ...keptNothing,
    key: `project:${externalId}`,
    asOfMs: updatedMs,
    memories: memoriesOf(instructions, {
      field: 'data/system_prompt',
      kind: 'instruction',
      what: 'folder instructions',
      project: externalId,
    }),
    projects: [
      {
        externalId,
        name: asName(record.name),
        description: null,
        instructions,
        createdMs: sourceTime(record.created_at).ms,
        updatedMs,
        documents: [],
      },
    ],
  };
}

export const openWebUiSidecars: readonly SidecarRule[] = [
  {
    what: 'memories',
    content: true,
    fits: (record) =>
      has(record, 'id', 'user_id', 'content', 'created_at') &&
      typeof record.content === 'string' &&
      !has(record, 'role'),
    read: readMemory,
  },
  {
    what: 'folders',
    content: true,
    fits: (record) => has(record, 'id', 'user_id', 'name', 'is_expanded'),
    read: readFolder,
  },
];

/** The `memory` and `folder` tables of its database. */
export function* besidesChats(database: UploadedTables): Iterable<unknown> {
  if (database.tables.has('memory'))
    yield* database.rows('memory', ['id', 'user_id', 'content', 'created_at', 'updated_at']);
  if (!database.tables.has('folder')) return;
  const columns = ['id', 'user_id', 'name', 'data', 'is_expanded', 'created_at', 'updated_at'];
  for (const row of database.rows('folder', columns)) {
    let data: unknown = null;
    try {
      data = JSON.parse(String(row.data));
    } catch {
      // A folder without settings.
    }
    yield { ...row, data };
  }
}
