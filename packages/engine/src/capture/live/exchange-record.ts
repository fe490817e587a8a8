/**
 * One exchange as it is kept: what was new in it, as client and service wrote it, and where that hangs. Pure. What the request
 * repeated of earlier turns is in the records of those; together they are the conversation.
 */

import type { Source } from '@vivim/contract/conversation';
import type { ExchangeEnd, LiveDialect, LiveExchange } from '@vivim/contract/live';
import type { JsonRecord } from '../sources/json-value.ts';
import { asNumber } from '../sources/json-value.ts';
import type { LiveAnswer } from './live-answer.ts';
import { chained, settingIdentity, turnIdentity } from './turn-hash.ts';
import { settingParts, type TurnParts, turnParts, wordsOf } from './turn-parts.ts';
import type { WireRequest, WireTurn } from './wire-turns.ts';

/** `fault`: what went wrong, in the service's words or in ours. */
export type RecordedBy = 'client' | 'model' | 'setting' | 'fault';

export interface RecordedTurn {
  /** The hash of the history up to it. */
  readonly key: string;
  /** Key of what it answers, in this record or in an earlier one; null for the beginning of a conversation. */
  readonly parent: string | null;
  readonly by: RecordedBy;
  readonly speaker: WireTurn['speaker'];
  readonly wire: JsonRecord;
  /** How an answer ended: the service's word, `partial`, or `error`. */
  readonly status: string | null;
  /** Milliseconds UTC, or null for what was said before anybody listened. */
  readonly at: number | null;
}

/** Changing this changes what is on the disk: readers take every version there was. */
export interface ExchangeRecord {
  readonly vivimExchange: 1;
  readonly dialect: LiveDialect;
  /** What the conversation is known by: the hash of its first turn, or of the second where the first is a greeting that begins others too. */
  readonly thread: string;
  readonly title: string | null;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly tookMs: number;
  /** When the conversation last moved. Later than in every record kept before: they are joined in the order they were kept. */
  readonly updated: number;
  readonly upstream: string;
  readonly model: string | null;
  readonly status: number;
  readonly end: ExchangeEnd;
  readonly finish: string | null;
  readonly usage: JsonRecord | null;
  readonly requestId: string | null;
  readonly responseId: string | null;
  readonly params: JsonRecord;
  readonly tools: readonly string[];
  /** Names of tools by the id of their calls, where an answer here needs them. */
  readonly names: Readonly<Record<string, string>>;
  /** Of the conversation, up to and with this exchange. */
  readonly flags: JsonRecord;
  readonly turns: readonly RecordedTurn[];
}

export const sourceOf = (dialect: LiveDialect): Source => (dialect === 'messages' ? 'anthropic-api' : 'openai-api');

/** Where in what is kept an exchange goes on. */
export interface Standing {
  /** What the conversation is known by; null where it begins here. */
  readonly thread: string | null;
  /** Where it begins here: what it will be known by. Null: by its first turn. */
  readonly begins: string | null;
  /** Hash of the last turn that is kept already; what the chain starts with where none is. */
  readonly hash: string;
  /** How many turns of the request are kept. */
  readonly kept: number;
  /** The system prompt in force there, see {@link settingIdentity}. */
  readonly setting: string | null;
  readonly flags: JsonRecord;
  /** When the conversation last moved, milliseconds UTC; 0 where it begins here. */
  readonly updated: number;
  /** Whether a turn is kept already. */
  readonly has: (hash: string) => boolean;
}

const titleLength = 80;

export interface Understood {
  readonly exchange: Omit<LiveExchange, 'request' | 'response'>;
  readonly request: WireRequest;
  readonly answer: LiveAnswer;
  readonly names: ReadonlyMap<string, string>;
  /** Of the turns of the request. */
  readonly hashes: readonly string[];
}

/** @returns null where nothing of the exchange is new */
export function exchangeRecord(understood: Understood, standing: Standing): ExchangeRecord | null {
  const { exchange, request, answer, names, hashes } = understood;
  const told = request.turns.slice(standing.kept);
  const end = exchange.startedMs + exchange.tookMs;
  const said = standing.kept + told.findLastIndex(({ speaker }) => speaker === 'assistant');
  const turns: RecordedTurn[] = told.map((turn, ix): RecordedTurn => {
    const place = standing.kept + ix;
    const before = place === 0 ? (standing.thread === null ? null : standing.hash) : (hashes[place - 1] ?? null);
    // What came before the last answer was said some time before this.
    const at = place > said ? exchange.startedMs : null;
    return { key: hashes[place] ?? '', parent: before, by: 'client', ...turn, status: null, at };
  });
  const last = hashes.at(-1) ?? standing.hash;
  const root = last === '' || (hashes.length === 0 && standing.thread === null) ? null : last;
  for (const answered of answersOf(understood, last)) {
    if (standing.has(answered.key) || turns.some(({ key }) => key === answered.key)) continue;
    turns.push({ ...answered, parent: root, at: end });
  }
  const [first] = turns;
  if (first === undefined) return null;
  const words = settingParts(request.setting);
  const setting = words.length === 0 ? null : settingIdentity(words);
  if (setting !== null && setting !== standing.setting) {
    const key = `s:${chained(first.parent ?? '', setting).slice(2)}`;
    const wire = { setting: request.setting, identity: setting };
    const at = first.at === null ? null : exchange.startedMs;
    const same = turns.map((turn) => (turn.parent === first.parent ? { ...turn, parent: key } : turn));
    turns.splice(
      0,
      turns.length,
      { key, parent: first.parent, by: 'setting', speaker: 'system', wire, status: null, at },
      ...same,
    );
  }
  const thread = standing.thread ?? standing.begins ?? first.key;
  const written = JSON.stringify(turns);
  return {
    vivimExchange: 1,
    dialect: exchange.dialect,
    thread,
    title: standing.thread === null ? titleOf(understood) : null,
    at: exchange.startedMs,
    tookMs: exchange.tookMs,
    updated: Math.max(end, standing.updated + 1),
    upstream: exchange.upstream,
    model: answer.model ?? request.model,
    status: exchange.status,
    end: exchange.end,
    finish: answer.finish,
    usage: answer.usage,
    requestId: exchange.requestId,
    responseId: answer.id,
    params: request.params,
    tools: request.tools,
    names: Object.fromEntries([...names].filter(([id]) => written.includes(JSON.stringify(id)))),
    flags: flagsOf(standing.flags, understood),
    turns,
  };
}

type Answered = Omit<RecordedTurn, 'parent' | 'at'>;

function answersOf({ exchange, answer, names }: Understood, last: string): Answered[] {
  // Whoever has the last event of an answer may go: it is whole however the connection ended.
  const partial = !answer.complete;
  const status = partial ? 'partial' : answer.finish;
  const answers = answer.turns.map((turn): Answered => {
    const identity = turnIdentity(turnParts(exchange.dialect, turn, names), turn.wire);
    return { key: chained(last, identity), by: 'model', ...turn, status };
  });
  const fault = (message: string, body: JsonRecord, how: string): Answered => ({
    key: chained(last, JSON.stringify(['fault', message])),
    by: 'fault',
    speaker: 'assistant',
    wire: { message, body },
    status: how,
  });
  if (answer.fault !== null) return [...answers, fault(answer.fault.message, answer.fault.body, 'error')];
  if (answers.length > 0) return answers;
  if (exchange.status >= 400) {
    const message = `The service answered with status ${exchange.status}.`;
    return [fault(message, { status: exchange.status }, 'error')];
  }
  return partial ? [fault(missing[exchange.end], { end: exchange.end }, 'partial')] : [];
}

/** Why there is no word of an answer. */
const missing: Readonly<Record<ExchangeEnd, string>> = {
  whole: 'What the service answered could not be read.',
  aborted: 'The answer broke off before its first word.',
  broken: 'The answer broke off before its first word.',
  too_large: 'The answer is larger than is kept of one.',
};

/** How the first turn of the person begins. */
function titleOf({ exchange, request, names }: Understood): string | null {
  for (const turn of request.turns) {
    const parts: TurnParts = turnParts(exchange.dialect, turn, names);
    const [line = ''] = parts.kind === 'human' ? wordsOf(parts.parts).split('\n') : [];
    const words = line.trim().replace(/\s+/g, ' ');
    if (words !== '') return words.length > titleLength ? `${words.slice(0, titleLength - 1).toWellFormed()}…` : words;
  }
  return null;
}

function flagsOf(before: JsonRecord, { exchange, answer }: Understood): JsonRecord {
  const sum = (name: string, ...of: string[]) => {
    const more = of.map((key) => asNumber(answer.usage?.[key])).find((value) => value !== null) ?? 0;
    return { [name]: (asNumber(before[name]) ?? 0) + more };
  };
  return {
    upstream: exchange.upstream,
    exchanges: (asNumber(before.exchanges) ?? 0) + 1,
    ...sum('inputTokens', 'prompt_tokens', 'input_tokens'),
    ...sum('outputTokens', 'completion_tokens', 'output_tokens'),
  };
}
