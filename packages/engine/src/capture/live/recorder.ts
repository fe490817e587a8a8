/**
 * Keeps what went through the proxy: finds the conversation an exchange goes on with, makes the record of what was new, and
 * brings it in the way every import goes. One exchange at a time, without a pause between reading and writing, so that two of
 * one conversation cannot miss each other. Nothing waits for it.
 */
import type { Clock } from '@vivim/contract/clock';
import type { ConversationId } from '@vivim/contract/ids';
import type { LiveDialect, LiveExchange, Recording } from '@vivim/contract/live';
import type { SpaceEvents } from '../../events.ts';
import type { DayRun } from '../../space/stores/day-runs.ts';
import type { ImportCounts } from '../../space/stores/import-counts.ts';
import { erasedByYou } from '../../space/stores/import-shape.ts';
import type { SpaceReader, SpaceWriter } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { noContext } from '../canonical.ts';
import { messageIdsIn } from '../conversation-input.ts';
import { putRecords } from '../import-writer.ts';
import { prepareRecord } from '../prepare-record.ts';
import type { RecordEntry } from '../prepared-record.ts';
import type { JsonRecord } from '../sources/json-value.ts';
import { settingMark } from '../sources/live.ts';
import { chatAnswer } from './chat-answer.ts';
import { parsed } from './event-stream.ts';
import { type ExchangeRecord, exchangeRecord, type Standing, sourceOf, type Understood } from './exchange-record.ts';
import { isGreeting } from './greetings.ts';
import type { LiveAnswer } from './live-answer.ts';
import { messagesAnswer } from './messages-answer.ts';
import { nextTurns, putNextTurns } from './next-turns.ts';
import { responsesAnswer } from './responses-answer.ts';
import { beginning, hashesOf, heldByService } from './turn-hash.ts';
import { namesOfCalls, turnParts, wordsOf } from './turn-parts.ts';
import { type WireRequest, type WireTurn, wireRequest } from './wire-turns.ts';

const answerOf: Readonly<Record<LiveDialect, (text: string, streamed: boolean) => LiveAnswer>> = {
  chat: chatAnswer,
  responses: responsesAnswer,
  messages: messagesAnswer,
};

export interface RecorderDeps {
  readonly space: UserSpace;
  readonly events: SpaceEvents;
  readonly clock: Clock;
  /** Say that there is work. */
  readonly wake: () => void;
  readonly onUnexpected: (error: unknown) => void;
}

/** @throws AppError `quota_exceeded`, what the database threw; nothing of the exchange is kept then */
export function recordExchange(deps: RecorderDeps, exchange: LiveExchange): Recording {
  const { space } = deps;
  const body = parsed(exchange.request);
  if (body === null) return counted(space, exchange, 'unreadable');
  const request = wireRequest(exchange.dialect, body);
  const answer = answerOf[exchange.dialect](exchange.response, exchange.streamed);
  const names = namesOfCalls([...request.turns, ...answer.turns]);
  const source = sourceOf(exchange.dialect);
  const held = request.continues === null ? null : heldByService(request.continues.kind, request.continues.id);
  const { understood, record } = space.read<{ understood: Understood; record: ExchangeRecord | null }>((r) => {
    const from = held === null ? null : whereHeld(r, held, source);
    const hashes = hashesOf(exchange.dialect, request.turns, names, from?.hash ?? held ?? beginning);
    const understood = { exchange, request, answer, names, hashes };
    return { understood, record: exchangeRecord(understood, standingOf(r, source, understood, from)) };
  });
  if (record === null) return counted(space, exchange, 'unchanged');
  const entry = elementOf(record);
  const next = nextTurns(space, entry);
  if (next !== null)
    return kept(deps, understood, record, {
      id: next.input.id,
      put: (w, run, nowMs) => putNextTurns(w, run.pk, next, run.counts, nowMs),
      size: next.raw.size,
    });
  const prepared = prepareRecord(space, entry, noContext, new Map(), deps.onUnexpected);
  if (prepared?.kind === 'fresh')
    return kept(deps, understood, record, {
      id: prepared.id,
      put: (w, run, nowMs) => putRecords(w, run.pk, [prepared], run.counts, nowMs, 'day'),
      size: prepared.raw.size,
    });
  if (prepared?.kind !== 'skipped') return counted(space, exchange, 'unchanged');
  const erased = prepared.issues.some(({ code }) => code === erasedByYou);
  return counted(space, exchange, erased ? 'erased' : 'unreadable');
}

/** The answer a service holds, and the hash of everything up to it. */
function whereHeld(r: SpaceReader, held: string, source: string) {
  const found = r.turnPrefixes.find(held, source);
  const hash =
    found === null ? undefined : r.turnPrefixes.hashesOf(found.messagePk).find((one) => one.startsWith('t:'));
  return found === null || hash === undefined ? null : { found, hash };
}

/** The longest history of this request that is kept. */
function standingOf(
  r: SpaceReader,
  source: string,
  { exchange, request, names, hashes }: Understood,
  from: ReturnType<typeof whereHeld>,
): Standing {
  const has = (hash: string): boolean => r.turnPrefixes.find(hash, source) !== null;
  let place = hashes.length;
  let found = null;
  while (place > 0 && found === null) {
    found = r.turnPrefixes.find(hashes[place - 1] ?? '', source);
    if (found === null) place -= 1;
  }
  const at = found ?? from?.found ?? null;
  const anew = { thread: null, hash: beginning, kept: 0, setting: null, flags: {}, updated: 0 };
  if (at === null) return { ...anew, begins: hashes[0] ?? null, has };
  const own = from === null ? ownBeginning(exchange.dialect, request.turns, names, place) : -1;
  if (own !== -1 && r.turnPrefixes.humansIn(at.conversationPk) > 1)
    return { ...anew, begins: hashes[own] ?? null, has: () => false };
  const setting = r.turnPrefixes.promptAbove(at.messagePk, settingMark);
  const conversation = r.conversations.find(at.conversationId);
  return {
    thread: at.thread,
    begins: null,
    hash: place > 0 ? (hashes[place - 1] ?? beginning) : (from?.hash ?? beginning),
    kept: place,
    setting: setting?.slice(settingMark.length) ?? null,
    flags: (conversation?.flags ?? {}) as JsonRecord,
    updated: Date.parse(conversation?.updatedAt ?? '') || 0,
    has,
  };
}

/**
 * The turn that makes this request a conversation of its own though its beginning is kept: what it shares is no more than a
 * greeting and what answered it. -1: it goes on where that stands, or is a branch of it.
 */
function ownBeginning(
  dialect: LiveDialect,
  turns: readonly WireTurn[],
  names: ReadonlyMap<string, string>,
  shared: number,
): number {
  const humans = turns.flatMap((turn, ix) => {
    const { kind, parts } = turnParts(dialect, turn, names);
    return kind === 'human' ? [{ ix, words: wordsOf(parts) }] : [];
  });
  const [first, second] = humans;
  if (first === undefined || second === undefined || second.ix < shared) return -1;
  return isGreeting(first.words) ? second.ix : -1;
}

/** The record as an entry of an export: it is brought in like one. */
function elementOf(record: ExchangeRecord): RecordEntry {
  const bytes = Buffer.from(JSON.stringify(record));
  const stream = { source: sourceOf(record.dialect), path: 'live' };
  return { ix: 0, bytes, refused: null, stream, after: { stream: 0, element: 1 }, bytesRead: bytes.length, twin: 0 };
}

/** How what is new is written. */
interface Keeping {
  readonly id: ConversationId;
  /** Gives the run's counts with it. */
  readonly put: (w: SpaceWriter, run: DayRun, nowMs: number) => ImportCounts;
  /** Bytes of the record. */
  readonly size: number;
}

function kept(
  { space, events, clock, wake }: RecorderDeps,
  { exchange, request, answer }: Understood,
  record: ExchangeRecord,
  { id, put, size }: Keeping,
): Recording {
  const nowMs = clock();
  const source = sourceOf(exchange.dialect);
  const idOf = (key: string) => messageIdsIn([id])({ key })[0];
  const { outcome, runId } = space.write((w) => {
    const outcome = w.conversations.stored(id) === null ? 'added' : 'updated';
    const run = w.dayRuns.of('live', source, nowMs);
    w.dayRuns.count(run.pk, put(w, run, nowMs), size, nowMs);
    for (const { key } of record.turns) {
      const id = idOf(key);
      if (id !== undefined) w.turnPrefixes.put(key, id);
    }
    const last = record.turns.findLast(({ by }) => by === 'model');
    const lastId = last === undefined ? undefined : idOf(last.key);
    for (const hash of lastId === undefined ? [] : heldHashes(request, answer))
      w.turnPrefixes.put(hash, lastId as NonNullable<typeof lastId>);
    w.upstreams.use(exchange.upstream, exchange.startedMs);
    w.liveTally.add({ recorded: 1, partial: record.turns.some(({ status }) => status === 'partial') ? 1 : 0 });
    return { outcome, runId: run.id } as const;
  });
  const run = space.read((r) => r.imports.find(runId));
  if (run !== null) events.emit({ type: 'import', run });
  wake();
  return { outcome };
}

/** Under what the service will know this answer. */
const heldHashes = (request: WireRequest, answer: LiveAnswer): string[] => [
  ...(answer.id === null ? [] : [heldByService('response', answer.id)]),
  ...(request.continues?.kind === 'conversation' ? [heldByService('conversation', request.continues.id)] : []),
];

/** Nothing new came of it; that it was there is counted. */
function counted(space: UserSpace, exchange: LiveExchange, outcome: 'unchanged' | 'erased' | 'unreadable'): Recording {
  space.write((w) => {
    w.upstreams.use(exchange.upstream, exchange.startedMs);
    if (outcome === 'unreadable') w.liveTally.miss({ count: 1, reason: 'request_invalid', atMs: exchange.startedMs });
    else w.liveTally.add(outcome === 'erased' ? { withheld: 1 } : { recorded: 1 });
  });
  return { outcome };
}
