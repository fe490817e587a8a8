/**
 * The command line of GitHub Copilot: a log of events (`~/.copilot/session-state/<id>/events.jsonl`), each with its type, its time and what it says
 * → canonical. Pure.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { toolCallPart, toolResultParts, wordsPart } from './content-blocks.ts';
import { asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { badLineIssues, type JsonLines, madeFrom, notAConversation } from './reading.ts';
import { model, person, program, tool } from './speakers.ts';

/** A row of such a log. */
export const isEvent = (row: JsonRecord): boolean =>
  typeof row.type === 'string' &&
  /^(?:session|user|assistant|tool)\.\w+/.test(row.type) &&
  isRecord(row.data) &&
  'timestamp' in row;

export function readEvents({ values, bad, first, piece }: JsonLines, context: SourceContext): Reading {
  const rows = [...(isRecord(first) ? [first] : []), ...values].filter(isRecord).filter(isEvent);
  const start = asRecord(rows.find(({ type }) => type === 'session.start')?.data) ?? {};
  const about = asRecord(start.context) ?? {};
  let using = asName(start.selectedModel) ?? asName(start.model);
  const turns = rows.flatMap((row): Turn[] => {
    const data = asRecord(row.data) ?? {};
    if (row.type === 'session.model_change') using = asName(data.newModel) ?? using;
    const turn = turnOf(String(row.type), data, using);
    return turn === null || turn.parts.length === 0 ? [] : [{ ...turn, id: asId(row.id), time: row.timestamp }];
  });
  const externalId = asId(start.sessionId);
  if (turns.length === 0) return notAConversation('Nothing was said in the session.', { externalId });
  const issues: CanonicalIssue[] = badLineIssues(bad);
  return madeFrom(
    buildConversation(
      {
        source: 'vscode-copilot',
        externalId,
        created: start.startTime ?? rows[0]?.timestamp,
        updated: rows.at(-1)?.timestamp,
        projectId: asName(about.cwd) ?? asName(about.gitRoot),
        model: using,
        flags: {
          command_line: true,
          ...(asName(about.branch) === null ? {} : { git_branch: asName(about.branch) }),
          ...(piece === 1 ? {} : { piece }),
        },
      },
      turns,
      context,
      'rows',
      issues,
    ),
    values,
  );
}

function turnOf(type: string, data: JsonRecord, using: string | null): Turn | null {
  const said = (kind: CanonicalPart['kind'] = 'text') => wordsPart(data.content ?? data.message ?? data.text, kind);
  switch (type) {
    case 'user.message':
      return { id: null, ...person, parts: [...said(), ...asRecords(data.attachments).map(fileOf)] };
    case 'assistant.reasoning':
      return { id: null, ...model, model: using, parts: said('reasoning') };
    case 'assistant.message':
      return {
        id: null,
        ...model,
        model: asName(data.model) ?? using,
        parts: [
          ...wordsPart(data.reasoningText, 'reasoning'),
          ...said(),
          ...asRecords(data.toolRequests).map((call) => toolCallPart(call.name, call.toolCallId, call.arguments)),
        ],
      };
    case 'tool.execution_complete': {
      const result = asRecord(data.result);
      const output = asName(result?.content) ?? asName(asRecord(data.error)?.message) ?? result ?? data.result;
      return {
        id: null,
        ...tool,
        parts:
          output === undefined || output === null
            ? []
            : toolResultParts(data.toolName, data.toolCallId, output, data.success === false),
      };
    }
    case 'session.error':
      return { id: null, ...program, parts: said('error') };
    default:
      return null;
  }
}

const fileOf = (file: JsonRecord): CanonicalPart => {
  const path = asName(file.path) ?? asName(file.displayName);
  return filePart({ id: path, name: asName(file.displayName) ?? path, mime: asName(file.mimeType) });
};
