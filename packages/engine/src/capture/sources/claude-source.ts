/** Claude, as a source: how its exports are recognised, and what else stands in them. */
import { accountHashOf } from './account-hash.ts';
import { claudeAccountOf, isSnapshot, readClaudeConversation } from './claude.ts';
import { readClaudeMemories, readClaudeProject } from './claude-kept.ts';
import { asId, type JsonRecord } from './json-value.ts';
import { jsonReader } from './reading.ts';
import { firstClaim, has, type SourceModule } from './source-module.ts';

/** Strings of a small record with the names they stand under, to three levels. */
function stringsIn(value: unknown, name: string = '', depth: number = 3): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[name, value]];
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, 100)
    .flatMap(([key, item]) => stringsIn(item, Array.isArray(value) ? name : key, depth - 1));
}

const address = /^https:\/\/\S+$/;
const ofFile = /\.(?:zip|json)(?:\?\S*)?$/;

/** `manifest-….json`, which the mail brings since 2026: where the files of the export are, by name and address. */
const isManifest = (record: JsonRecord): boolean => {
  const strings = stringsIn(record);
  if ('$schema' in record || !strings.every(([, text]) => address.test(text) || text.length < 200)) return false;
  return (
    strings.some(([name, text]) => address.test(text) && /url|link|href/i.test(name)) &&
    strings.some(([, text]) => ofFile.test(text))
  );
};

export const claude: SourceModule = {
  source: 'claude',
  version: 4,
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
    {
      what: 'addresses of files',
      content: true,
      why: 'It is the list of where the files of an export are, as Claude mails it, and holds none of them: open each address in it while you are signed in, and import the files it gives.',
      fits: isManifest,
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
