/** A Claude export as a zip: memories, projects and conversations of a made-up person. */
import { zipOf } from './zip-builder.ts';

export const account = 'd176df7a-97ab-4027-885c-01f742784296';
export const poetry = '7f20740f-44d7-49ef-8746-3a699434c563';

export interface ClaudeExport {
  readonly memory?: string;
  readonly projectMemory?: string;
  readonly instructions?: string;
  readonly projectName?: string;
  /** Text of the project's documents by their names. */
  readonly documents?: Readonly<Record<string, string>>;
  /** When it was made: the time of its files. */
  readonly at?: Date;
  readonly conversations?: readonly object[];
}

/** A conversation inside of the project. */
export const inProject = (uuid: string, text: string): object => ({
  uuid,
  name: 'In the project',
  created_at: '2026-01-02T00:00:00Z',
  updated_at: '2026-01-02T00:00:00Z',
  project_uuid: poetry,
  account: { uuid: account },
  chat_messages: [{ uuid: `${uuid}-1`, sender: 'human', text, content: [{ type: 'text', text }] }],
});

export function claudeExport(of: ClaudeExport): Buffer {
  const at = of.at ?? new Date('2026-02-01T00:00:00Z');
  const file = (name: string, value: unknown) => ({ name, bytes: JSON.stringify(value), at });
  return zipOf([
    file('conversations.json', of.conversations ?? []),
    file('users.json', [{ uuid: account, full_name: 'Test', email_address: 'test@example.org' }]),
    file('memories.json', [
      {
        conversations_memory: of.memory ?? '',
        project_memories: of.projectMemory === undefined ? {} : { [poetry]: of.projectMemory },
        account_uuid: account,
      },
    ]),
    ...(of.instructions === undefined
      ? []
      : [
          file('projects.json', [
            {
              uuid: poetry,
              name: of.projectName ?? 'Poetry',
              description: '',
              prompt_template: of.instructions,
              created_at: '2026-01-01T00:00:00Z',
              updated_at: at.toISOString(),
              docs: Object.entries(of.documents ?? {}).map(([filename, content]) => ({
                uuid: `doc-${filename}`,
                filename,
                content,
              })),
            },
          ]),
        ]),
  ]);
}
