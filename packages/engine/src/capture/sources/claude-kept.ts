/** What Claude's export holds beside conversations: memories and projects. Pure. */
import { type Kept, type KeptMemory, keptNothing } from '../kept.ts';
import { asId, asName, asRecord, asRecords, asText, type JsonRecord } from './json-value.ts';
import { memoriesOf } from './kept-memories.ts';
import { sourceTime } from './source-time.ts';

/** `memories.json`: what Claude keeps about the person, and about each project. One record for an account. */
export function readClaudeMemories(record: JsonRecord): Kept {
  const memories: KeptMemory[] = memoriesOf(record.conversations_memory, {
    field: 'conversations_memory',
    kind: 'fact',
    what: 'memory',
  });
  for (const [project, text] of Object.entries(asRecord(record.project_memories) ?? {})) {
    memories.push(
      ...memoriesOf(text, {
        field: `project_memories/${project.toWellFormed()}`,
        kind: 'fact',
        what: 'project memory',
        project: project.toWellFormed(),
      }),
    );
  }
  return { ...keptNothing, key: 'memories', account: asId(record.account_uuid), memories };
}

/** One of `projects.json`: its instructions are memories that hold inside of it, its documents are kept whole. */
export function readClaudeProject(record: JsonRecord): Kept | null {
  const externalId = asId(record.uuid);
  if (externalId === null) return null;
  const updatedMs = sourceTime(record.updated_at).ms;
  return {
    ...keptNothing,
    key: `project:${externalId}`,
    asOfMs: updatedMs,
    memories: memoriesOf(record.prompt_template, {
      field: 'prompt_template',
      kind: 'instruction',
      what: 'project instructions',
      project: externalId,
    }),
    projects: [
      {
        externalId,
        name: asName(record.name),
        description: asName(record.description),
        instructions: asName(record.prompt_template),
        createdMs: sourceTime(record.created_at).ms,
        updatedMs,
        documents: asRecords(record.docs).map((doc) => ({
          externalId: asId(doc.uuid),
          name: asName(doc.filename) ?? asName(doc.file_name),
          text: asText(doc.content) ?? '',
          createdMs: sourceTime(doc.created_at).ms,
        })),
      },
    ],
  };
}
