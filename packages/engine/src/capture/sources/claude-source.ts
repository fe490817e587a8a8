/** Claude, as a source: how its exports are recognised, and what else stands in them. */
import { accountHashOf } from './account-hash.ts';
import { claudeAccountOf, isSnapshot, readClaudeConversation } from './claude.ts';
import { readClaudeMemories, readClaudeProject } from './claude-kept.ts';
import { asId } from './json-value.ts';
import { jsonReader } from './reading.ts';
import { firstClaim, has, type SourceModule } from './source-module.ts';

export const claude: SourceModule = {
  source: 'claude',
  version: 3,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'list' },
      claim: firstClaim((record) =>
        Array.isArray(record.chat_messages)
          ? {
              confidence: typeof record.uuid === 'string' ? 0.99 : 0.8,
              why: isSnapshot(record)
                ? 'It has `chat_messages` and a `snapshot_name`, as a shared Claude conversation has.'
                : 'Its conversations have `chat_messages`, as Claude exports do.',
            }
          : null,
      ),
    },
  ],
  sidecars: [
    {
      what: 'memories',
      content: true,
      fits: has('conversations_memory'),
      account: (record) => asId(record.account_uuid),
      read: readClaudeMemories,
    },
    { what: 'projects', content: true, fits: has('prompt_template', 'docs'), read: readClaudeProject },
    {
      what: 'accounts',
      content: false,
      fits: has('uuid', 'full_name', 'email_address'),
      account: (record) => asId(record.uuid),
    },
  ],
  aside: (field, holder) =>
    // Beside blocks the text says the same, with placeholders. A summary is of a thought that is shown whole, a message of the window.
    (field === 'text' && Array.isArray(holder.content)) ||
    (field === 'summaries' && typeof holder.thinking === 'string') ||
    (field === 'message' && holder.type === 'tool_use'),
  read: jsonReader((value, context) => {
    const account = claudeAccountOf(value);
    return readClaudeConversation(
      value,
      account === null ? context : { ...context, accountHash: accountHashOf('claude', account) },
    );
  }),
};
