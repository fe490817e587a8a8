/** What Grok's export holds beside conversations, under keys of the same file: projects; tasks and media posts are only told apart. Pure. */
import { type Kept, keptNothing } from '../kept.ts';
import { asId, asName, asRecord, asRecords, asText, type JsonRecord } from './json-value.ts';
import { memoriesOf } from './kept-memories.ts';
import { has } from './source-module.ts';
import { sourceTime } from './source-time.ts';

/** Some lists hold records as they are, some inside of one member. */
const within = (record: JsonRecord): JsonRecord => asRecord(record.project) ?? asRecord(record.workspace) ?? record;
const idOf = (project: JsonRecord): string | null =>
  asId(project.project_id) ?? asId(project.workspace_id) ?? asId(project.id) ?? asId(project._id);
const instructionFields = ['custom_personality', 'custom_instructions', 'instructions', 'system_prompt'] as const;

export const isTask = (record: JsonRecord): boolean =>
  has('task')(record) || 'task_id' in record || ('prompt' in record && 'schedule' in record);
export const taskWhy =
  'It is a task Grok was set to do by itself; its results are conversations, and the task is not imported.';

export const isMediaPost = (record: JsonRecord): boolean =>
  'media_url' in record || 'media_type' in record || 'mediaUrl' in record || 'original_prompt' in record;
export const mediaWhy = 'It is a post of pictures or films made with Grok, and no conversation; it is not imported.';

export const isGrokProject = (record: JsonRecord): boolean => {
  const project = within(record);
  const named = typeof project.name === 'string' || typeof project.title === 'string';
  return idOf(project) !== null && named && !('responses' in record) && !('email' in record);
};

/** Its instructions are memories that hold inside of it; texts of its files are kept where the export has them. */
export function readGrokProject(record: JsonRecord): Kept | null {
  const project = within(record);
  const externalId = idOf(project);
  if (externalId === null) return null;
  const field = instructionFields.find((name) => asName(project[name]) !== null);
  const holder = (['project', 'workspace'] as const).find((name) => asRecord(record[name]) === project);
  const instructions = field === undefined ? null : asName(project[field]);
  const updatedMs = sourceTime(project.modify_time ?? project.update_time ?? project.updated_at).ms;
  return {
    ...keptNothing,
    key: `project:${externalId}`,
    asOfMs: updatedMs,
    memories: memoriesOf(instructions, {
      field: holder === undefined ? `${field}` : `${holder}/${field}`,
      kind: 'instruction',
      what: 'project instructions',
      project: externalId,
    }),
    projects: [
      {
        externalId,
        name: asName(project.name) ?? asName(project.title),
        description: asName(project.description),
        instructions,
        createdMs: sourceTime(project.create_time ?? project.created_at).ms,
        updatedMs,
        documents: asRecords(project.files ?? project.sources).flatMap((file) => {
          const text = asText(file.content) ?? asText(file.text) ?? '';
          const name = asName(file.file_name) ?? asName(file.name);
          return text === ''
            ? []
            : [{ externalId: asId(file.id), name, text, createdMs: sourceTime(file.create_time).ms }];
        }),
      },
    ],
  };
}
