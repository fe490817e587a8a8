/**
 * Continue: one session (`~/.continue/sessions/<id>.json`) → canonical. Pure. What it put beside a prompt (files, code that was
 * marked) is context and not words of the person.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, openAiCalls, rawPart, toolResultParts, unknownIssues, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { asideFields, claimWhere, type SourceModule } from './source-module.ts';
import { model, program, speakerNamed } from './speakers.ts';

function readSession(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const externalId = asId(record?.sessionId);
  const title = context.titles.get(externalId ?? '') ?? asName(record?.title);
  if (record === null || !Array.isArray(record.history))
    return notAConversation('The session has no `history`.', { externalId, title });
  const issues: CanonicalIssue[] = [];
  // Newer versions keep what a tool gave beside its call, and in a message of its own as well.
  const answered = new Set(
    asRecords(record.history).flatMap((item) => {
      const message = asRecord(item.message);
      return message?.role === 'tool' ? (asId(message.toolCallId) ?? []) : [];
    }),
  );
  const turns = record.history.map((item: unknown, ix) => turnOf(item, ix, answered, issues));
  return buildConversation(
    {
      source: 'continue',
      externalId,
      title,
      created: record.dateCreated,
      projectId: asName(record.workspaceDirectory),
      model: asName(record.chatModelTitle),
    },
    turns,
    context,
    'history',
    issues,
  );
}

function turnOf(value: unknown, ix: number, answered: ReadonlySet<string>, issues: CanonicalIssue[]): Turn {
  const item = asRecord(value);
  const message = asRecord(item?.message);
  if (item === null || message === null) return { id: null, ...program, parts: [rawPart(value)] };
  const said = asName(message.role) ?? '';
  const speaker = said === 'thinking' ? model : speakerNamed(said);
  const { parts, unknown } = partsOf(message, said);
  issues.push(...unknownIssues(`history/${ix}`, unknown));
  return {
    id: asId(message.id),
    ...speaker,
    parts: [
      ...asRecords(item.contextItems).flatMap(contextOf),
      ...wordsPart(asRecord(item.reasoning)?.text, 'reasoning'),
      ...parts,
      ...asRecords(item.toolCallStates).flatMap((state) => outcomeOf(state, answered)),
    ],
    time: message.timestamp ?? item.timestamp,
    hidden: speaker === program ? 'instructions' : null,
  };
}

function partsOf(message: JsonRecord, said: string): { parts: CanonicalPart[]; unknown: readonly string[] } {
  if (said === 'tool') return { parts: toolResultParts(null, message.toolCallId, message.content), unknown: [] };
  const { parts, unknown } = contentOf(message.content, said === 'thinking' ? 'reasoning' : 'text');
  const calls = asArray(message.toolCalls).length > 0 ? openAiCalls({ tool_calls: message.toolCalls }) : [];
  return { parts: [...parts, ...calls], unknown };
}

/** What came of a call, where no message says it. */
function outcomeOf(state: JsonRecord, answered: ReadonlySet<string>): CanonicalPart[] {
  const id = asId(state.toolCallId);
  if (id !== null && answered.has(id)) return [];
  const texts = asRecords(state.output).flatMap(({ content }) => asName(content) ?? []);
  const called = asRecord(asRecord(state.toolCall)?.function);
  return texts.length === 0 ? [] : toolResultParts(called?.name, id, texts.join('\n\n'), state.status === 'errored');
}

const contextOf = (item: JsonRecord): CanonicalPart[] => {
  const name = asName(item.name) ?? asName(item.description);
  return wordsPart([name, asName(item.content)].filter((line) => line !== null).join('\n\n'), 'context');
};

export const continueSessions: SourceModule = {
  source: 'continue',
  version: 3,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'whole' },
      claim: claimWhere(
        (record) =>
          typeof record.sessionId === 'string' &&
          Array.isArray(record.history) &&
          record.history.slice(0, 5).some((item: unknown) => isRecord(item) && isRecord(item.message)),
        0.95,
        'It is a session with a `history` of messages, as Continue keeps them.',
      ),
    },
  ],
  sidecars: [
    {
      what: 'a list of sessions',
      content: false,
      fits: (record) => 'sessionId' in record && 'dateCreated' in record && !('history' in record),
      names: (record) => {
        const [id, title] = [asId(record.sessionId), asName(record.title)];
        return id === null || title === null ? null : { id, title };
      },
    },
  ],
  // The prompt again as it was sent, and as the editor holds it.
  aside: asideFields('promptLogs', 'editorState', 'description', 'appliedRules', 'toolCallStates'),
  read: jsonReader(readSession),
};
