/**
 * Tasks of Codex in the cloud, as ChatGPT's export holds them beside conversations (`codex.json`) → canonical. Pure. A task is what
 * was asked and what came of it; nothing in it has a time.
 */
import type { CanonicalCitation, CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, unknownIssues } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { notAConversation } from './reading.ts';

/** Its ids are of a kind no conversation has. */
export const isCodexTask = (record: JsonRecord): boolean =>
  typeof record.id === 'string' &&
  record.id.startsWith('task_') &&
  Array.isArray(record.turns) &&
  !('mapping' in record);

export function readCodexTask(task: JsonRecord, context: SourceContext): Reading {
  const externalId = asId(task.id);
  const title = asName(task.title);
  const list = asArray(task.turns);
  if (list.length === 0) return notAConversation('The task has no turns.', { externalId, title });
  const issues: CanonicalIssue[] = [];
  const turns = list.map((value, ix): Turn => {
    const turn = asRecord(value);
    if (turn === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
    const human = turn.role === 'user';
    const { parts, unknown } = partsOf([...asArray(turn.input_items), ...asArray(turn.output_items)]);
    issues.push(...unknownIssues(`turns/${ix}`, unknown));
    return {
      id: asId(turn.id),
      role: human ? 'user' : 'assistant',
      kind: human ? 'human' : 'model',
      parts,
      time: turn.created_at,
      status: named(turn.turn_status),
    };
  });
  const turn = asRecords(task.turns);
  const last = (field: string) => named(turn.findLast((one) => named(one[field]) !== null)?.[field]);
  const flags = {
    git_branch: last('branch') ?? last('branch_name'),
    pull_request: last('external_pull_request_id'),
    pull_request_status: last('pull_request_status'),
  };
  return buildConversation(
    {
      source: 'chatgpt',
      externalId,
      title,
      created: task.created_at,
      updated: task.updated_at,
      flags: { codex_task: true, ...Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== null)) },
    },
    turns,
    context,
    'turns',
    issues,
  );
}

/** The export writes `None` where there is nothing. */
function named(value: unknown): string | null {
  const text = asName(value)?.trim() ?? '';
  return text === '' || /^(?:none|null)$/i.test(text) ? null : text;
}

function partsOf(items: readonly unknown[]): { parts: CanonicalPart[]; unknown: string[] } {
  const unknown: string[] = [];
  const parts = items.flatMap((value): CanonicalPart[] => {
    const item = asRecord(value);
    if (!Array.isArray(item?.content)) {
      unknown.push(asName(item?.type) ?? 'item');
      return [rawPart(value)];
    }
    return joined(item.content, unknown);
  });
  return { parts, unknown };
}

/** Texts of one item, with the files of the repository they point to. */
function joined(content: readonly unknown[], unknown: string[]): CanonicalPart[] {
  const parts: CanonicalPart[] = [];
  const citations: CanonicalCitation[] = [];
  for (const value of content) {
    const piece = asRecord(value);
    const text = typeof value === 'string' ? asName(value) : piece?.content_type === 'text' ? asName(piece.text) : null;
    if (text !== null) parts.push({ kind: 'text', text });
    else if (piece?.content_type === 'repo_file_citation') citations.push(citationOf(piece));
    else if (!isRecord(value) || value.content_type !== 'text') {
      unknown.push(asName(piece?.content_type) ?? 'content');
      parts.push(rawPart(value));
    }
  }
  const at = parts.findLastIndex(({ kind }) => kind === 'text');
  if (citations.length === 0) return parts;
  if (at === -1) return [...parts, { kind: 'text', text: '', citations }];
  return parts.map((part, ix) => (ix === at ? { ...part, citations } : part));
}

function citationOf(piece: JsonRecord): CanonicalCitation {
  const [from, to] = [piece.line_range_start, piece.line_range_end];
  const lines = typeof from === 'number' ? `:${from}${typeof to === 'number' ? `-${to}` : ''}` : '';
  const path = asName(piece.path);
  return { start: null, end: null, url: null, title: path === null ? null : `${path}${lines}`, snippet: null };
}
