/**
 * Cursor: the transcript it keeps of an agent (`~/.cursor/projects/<folder>/agent-transcripts/<id>/<id>.jsonl`) → canonical. Pure. A line
 * is a message in blocks; it has no time and no id, and the file does not name its conversation.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, rawPart, unknownIssues, wordsPart } from './content-blocks.ts';
import { asName, asRecord, isRecord, type JsonRecord } from './json-value.ts';
import { badLineIssues, jsonLines, madeFrom, notAConversation } from './reading.ts';
import { speakerNamed, tool } from './speakers.ts';
import { roleUnknown } from './tree-issues.ts';

export const isTranscriptLine = (row: JsonRecord): boolean =>
  typeof row.role === 'string' &&
  Array.isArray(asRecord(row.message)?.content) &&
  !('type' in row || 'uuid' in row || 'sessionId' in row || 'content' in row);

export function readTranscript(bytes: Buffer, context: SourceContext): Reading {
  const { values, bad, piece } = jsonLines(bytes);
  const rows = values.filter((value) => !isRecord(value) || isTranscriptLine(value));
  if (!rows.some(isRecord)) return notAConversation('The transcript holds no messages.');
  const issues: CanonicalIssue[] = [...badLineIssues(bad), ...othersOf(values.length - rows.length)];
  const turns = rows.map((row, ix) => turnOf(row, ix, issues));
  const flags = { mode: 'agent', ...(piece === 1 ? {} : { piece }) };
  const reading = buildConversation({ source: 'cursor', externalId: null, flags }, turns, context, 'rows', issues);
  return madeFrom(reading, values);
}

/** Marks of the program: that a turn ended, and how. */
const othersOf = (count: number): CanonicalIssue[] =>
  count === 0
    ? []
    : [
        {
          severity: 'note',
          code: 'rows_not_messages',
          path: '',
          detail: `Rows that are no messages are kept only as they came: ${count}.`,
        },
      ];

function turnOf(value: unknown, ix: number, issues: CanonicalIssue[]): Turn {
  const row = asRecord(value);
  if (row === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const said = asName(row.role);
  const { parts, unknown } = contentOf(asRecord(row.message)?.content);
  issues.push(...unknownIssues(`rows/${ix}`, unknown), ...(said === null ? [] : unknownRole(said, ix)));
  const own = said === 'user' ? parts.flatMap(asked) : parts;
  const given = own.length > 0 && own.every(({ kind }) => kind === 'tool_result' || kind === 'error');
  return { id: null, ...speakerNamed(said), ...(given ? { kind: tool.kind } : {}), parts: own };
}

const unknownRole = (said: string, ix: number): CanonicalIssue[] =>
  speakerNamed(said).role === 'system' ? roleUnknown(`rows/${ix}`, said) : [];

const query = /<user_query>\n?([\s\S]*?)\n?<\/user_query>/;

/** What the person wrote stands between marks; what the editor put around it is context. */
export function asked(part: CanonicalPart): CanonicalPart[] {
  const text = part.kind === 'text' ? (part.text ?? '') : '';
  const match = query.exec(text);
  // Where nothing between the marks is told from it, what the editor says of itself is context.
  if (match === null)
    return /^\s*<(?:user_info|system_reminder|rules|open_and_recently_viewed_files)\b/.test(text)
      ? wordsPart(text, 'context')
      : [part];
  const around = `${text.slice(0, match.index)}${text.slice(match.index + match[0].length)}`.trim();
  return [...wordsPart(around, 'context'), ...wordsPart(match[1])];
}
