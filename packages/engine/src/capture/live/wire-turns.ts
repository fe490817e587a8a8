/**
 * A request of any of the three interfaces → the turns of its history, each as the client wrote it, and what it sets before
 * them (the system prompt). Pure. A service's own ids of earlier answers are told, not resolved.
 */
import type { LiveDialect } from '@vivim/contract/live';
import { asArray, asName, asRecord, asRecords, isRecord, type JsonRecord } from '../sources/json-value.ts';

export interface WireTurn {
  readonly speaker: 'user' | 'assistant' | 'system' | 'tool';
  /** A message of the interface; for responses `{items}`, what belongs to one turn. */
  readonly wire: JsonRecord;
}

export interface WireRequest {
  /** Contents of the system prompt, in order; empty without one. No turn: it may change while a conversation goes on. */
  readonly setting: readonly unknown[];
  readonly turns: readonly WireTurn[];
  /** History the service holds and the request does not repeat. */
  readonly continues: { readonly kind: 'response' | 'conversation'; readonly id: string } | null;
  readonly model: string | null;
  /** Everything else that was asked for; tools by their names. */
  readonly params: JsonRecord;
  readonly tools: readonly string[];
}

export function wireRequest(dialect: LiveDialect, body: JsonRecord): WireRequest {
  const { messages, input, system, instructions, tools, ...params } = body;
  const common = {
    continues: null,
    model: asName(body.model),
    params,
    tools: asRecords(tools).flatMap(
      (tool) => asName(asRecord(tool.function)?.name) ?? asName(tool.name) ?? asName(tool.type) ?? [],
    ),
  };
  if (dialect === 'messages')
    return { ...common, setting: given(system), turns: asArray(messages).map((one) => messageTurn(one)) };
  if (dialect === 'chat')
    return {
      ...common,
      ...settingFirst(
        [],
        asArray(messages).map((one) => messageTurn(one)),
      ),
    };
  const list = typeof input === 'string' ? [{ role: 'user', content: input }] : asArray(input);
  return { ...common, ...settingFirst(given(instructions), itemTurns(list)), continues: continued(body) };
}

const given = (content: unknown): unknown[] =>
  content === undefined || content === null || content === '' ? [] : [content];

const speakers = new Set(['user', 'assistant', 'tool', 'system'] as const);
type Speaker = WireTurn['speaker'];
const speakerOf = (role: unknown): Speaker => {
  if (role === 'developer') return 'system';
  if (role === 'function') return 'tool';
  return (speakers as ReadonlySet<unknown>).has(role) ? (role as Speaker) : 'user';
};

const messageTurn = (value: unknown): WireTurn => {
  const wire = asRecord(value) ?? { role: 'user', content: value };
  return { speaker: speakerOf(wire.role), wire };
};

/** System messages in front of everything else are the system prompt; one that stands later is a turn. */
function settingFirst(setting: readonly unknown[], turns: readonly WireTurn[]): Pick<WireRequest, 'setting' | 'turns'> {
  const first = turns.findIndex(({ speaker }) => speaker !== 'system');
  const count = first < 0 ? turns.length : first;
  const contents = turns
    .slice(0, count)
    .flatMap(({ wire }) =>
      Array.isArray(wire.items) ? wire.items.map((item) => asRecord(item)?.content) : [wire.content],
    );
  return { setting: [...setting, ...contents.flatMap(given)], turns: turns.slice(count) };
}

/** Who an item of the responses interface comes from: what a model makes has no role. */
function itemSpeaker(item: JsonRecord): Speaker {
  const type = asName(item.type);
  if (type === null || type === 'message') return speakerOf(item.role);
  return /_output$|_response$/.test(type) ? 'tool' : 'assistant';
}

/** What a model made in one go is one turn, as it is where a message holds it all. */
function itemTurns(list: readonly unknown[]): WireTurn[] {
  const turns: { speaker: Speaker; wire: { items: JsonRecord[] } }[] = [];
  for (const value of list) {
    const item = isRecord(value) ? value : { role: 'user', content: value };
    const speaker = itemSpeaker(item);
    const last = turns.at(-1);
    if (speaker === 'assistant' && last?.speaker === 'assistant') last.wire.items.push(item);
    else turns.push({ speaker, wire: { items: [item] } });
  }
  return turns;
}

function continued(body: JsonRecord): WireRequest['continues'] {
  const response = asName(body.previous_response_id);
  if (response !== null) return { kind: 'response', id: response };
  const conversation = asName(body.conversation) ?? asName(asRecord(body.conversation)?.id);
  return conversation === null ? null : { kind: 'conversation', id: conversation };
}
