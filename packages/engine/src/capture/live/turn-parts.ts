/** One turn as a client or a service wrote it → who said it and its parts. Pure; what is not known becomes a `raw` part. */
import type { AuthorKind, Role } from '@vivim/contract/conversation';
import type { LiveDialect } from '@vivim/contract/live';
import type { CanonicalPart } from '../canonical.ts';
import { contentOf } from '../sources/content-blocks.ts';
import { asArray, asName, asRecord, asRecords, type JsonRecord } from '../sources/json-value.ts';
import { turnOf } from '../sources/openai.ts';
import type { WireTurn } from './wire-turns.ts';

export interface TurnParts {
  readonly role: Role;
  readonly kind: AuthorKind;
  readonly name: string | null;
  readonly parts: readonly CanonicalPart[];
  /** Types of blocks that were not understood. */
  readonly unknown: readonly string[];
}

const kinds: Readonly<Record<WireTurn['speaker'], AuthorKind>> = {
  user: 'human',
  assistant: 'model',
  system: 'runtime',
  tool: 'tool',
};

/** @param names of tools by the id of the call: an answer carries only the id */
export function turnParts(
  dialect: LiveDialect,
  { speaker, wire }: WireTurn,
  names: ReadonlyMap<string, string>,
): TurnParts {
  if (dialect === 'chat') {
    const { turn, unknown } = turnOf(wire, names);
    return { role: turn.role, kind: turn.kind, name: turn.name ?? null, parts: turn.parts, unknown };
  }
  const { parts, unknown } = contentOf(dialect === 'messages' ? wire.content : itemsContent(wire));
  const named = parts.map((part) => withName(part, names));
  // What tools answer comes in the person's name.
  const byTool = named.length > 0 && named.every((part) => part.toolCallId !== undefined && part.kind !== 'tool_call');
  const role = speaker === 'user' && byTool ? 'tool' : speaker;
  return { role, kind: kinds[role], name: null, parts: named, unknown };
}

const withName = (part: CanonicalPart, names: ReadonlyMap<string, string>): CanonicalPart => {
  const name = part.toolCallId === undefined || part.toolName !== undefined ? undefined : names.get(part.toolCallId);
  return name === undefined ? part : { ...part, toolName: name };
};

/** Items of the responses interface as blocks: a message's content, and anything else as it is. */
const itemsContent = (wire: JsonRecord): unknown[] =>
  asRecords(wire.items).flatMap((item) =>
    item.type === undefined || item.type === 'message'
      ? Array.isArray(item.content)
        ? item.content
        : [item.content]
      : [item],
  );

/** The names of tools that were called in these turns, by the id of the call. */
export function namesOfCalls(turns: readonly WireTurn[]): Map<string, string> {
  const names = new Map<string, string>();
  const note = (id: unknown, name: unknown) => {
    const [known, called] = [asName(id), asName(name)];
    if (known !== null && called !== null) names.set(known, called);
  };
  for (const { wire } of turns) {
    for (const call of asRecords(wire.tool_calls)) note(call.id, asRecord(call.function)?.name ?? call.name);
    for (const block of [...asRecords(wire.content), ...asRecords(wire.items)]) {
      if (/tool_use$|_call$/.test(asName(block.type) ?? '')) note(block.call_id ?? block.id, block.name);
    }
  }
  return names;
}

/** The parts of a system prompt. */
export const settingParts = (contents: readonly unknown[]): readonly CanonicalPart[] =>
  contents.flatMap((content) => contentOf(content).parts);

/** What was said in a turn, in words. */
export const wordsOf = (parts: readonly CanonicalPart[]): string =>
  parts
    .flatMap((part) => (part.kind === 'text' || part.kind === 'code' ? (part.text ?? []) : []))
    .join('\n')
    .trim();

/** Everything in a wire turn that a hash of its words would miss: pictures, sounds, files. */
export function mediaIn(value: unknown, found: unknown[] = []): unknown[] {
  if (Array.isArray(value)) for (const item of value) mediaIn(item, found);
  const record = asRecord(value);
  if (record === null) return found;
  if (mediaTypes.has(asName(record.type) ?? '')) found.push(record);
  else for (const key of ['content', 'items', 'output']) mediaIn(asArray(record[key]), found);
  return found;
}

const mediaTypes = new Set([
  'image',
  'image_url',
  'input_image',
  'input_audio',
  'audio',
  'file',
  'input_file',
  'document',
]);
