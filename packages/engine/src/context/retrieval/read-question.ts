/**
 * Everything a question says of what is wanted, read once: its words, who speaks, what it is about and in how many parts, which
 * times, whether it asks for an answer or for how things are now. Looks up names and events; ranks nothing.
 */
import type { Arm } from '@vivim/contract/arms';
import type { MemoryHead } from '../../space/stores/memory-lookup.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { phraseOf, questionWords } from '../../space/words/question-words.ts';
import type { RetrievalRequest } from '../candidate.ts';
import { askedOfSelf } from '../memories/asked-of-self.ts';
import type { Interval } from './calendar.ts';
import { type EventLookUp, eventTimeOf } from './event-time.ts';
import { asksFirst, asksWhoIs } from './first-asked.ts';
import { mostPhraseWords, parseQuestion, type Question, type Term } from './query.ts';
import { aspectsOf } from './question-aspects.ts';
import { asksAnswer, matterOf, withoutNames } from './question-form.ts';
import { asksLatest, type QuestionTime, timesIn } from './question-time.ts';
import { stopWords } from './stop-words.ts';
import { talking } from './times/time-words.ts';

export interface ReadQuestion {
  readonly question: Question;
  /** Names it says that somebody speaks under, lower case. */
  readonly speakers: readonly string[];
  /** What is embedded: the whole of it first, then its parts; empty where meaning is left out. */
  readonly meant: readonly string[];
  /** Times it names; what is told soon after them counts too. */
  readonly spans: readonly Interval[];
  /** It asks for nothing but a time: what was said then is found by that alone. */
  readonly onlyTime: boolean;
  /** All the time before or after an event: nothing outside of it counts. */
  readonly within: readonly Interval[];
  /** A time it tells by an event, found or not; null where it tells none. */
  readonly event: EventLookUp | null;
  /** It asks for how things are now, or for what was said first, as who asks who somebody is. */
  readonly order: 'latest' | 'first' | null;
  /** Memories that say what it asks of its person. */
  readonly ofSelf: readonly MemoryHead[];
  readonly asksAnswer: boolean;
}

export function readQuestion(r: SpaceReader, request: RetrievalRequest, nowMs: number): ReadQuestion {
  const has = (arm: Arm) => request.without?.includes(arm) !== true;
  const asked = { nowMs: request.nowMs ?? nowMs, zone: request.timeZone ?? 'UTC' };
  const times = has('time') ? timesIn(request.text, asked) : [];
  // A date says when by itself.
  const event = has('time') && times.length === 0 ? eventTimeOf(r, request.text, asked) : null;
  const open = event !== null && event.spans !== null && event.open;
  const onlyTime = asksOnlyTime(request.text, times, request.prefixes);
  const whole = parseQuestion(request.text, request.prefixes);
  const self = has('standing') ? askedOfSelf(request.text) : null;
  const ofSelf = self === null ? [] : r.memoryLookup.saying(self.attributes, mostOfSelf);
  const onlySelf = self?.whole === true && ofSelf.length > 0;
  const question = onlyTime || onlySelf ? { ...whole, terms: onlySelf ? [] : datesSaid(times), matter: '' } : whole;
  const speakers = r.words.speakersAmong(question.names);
  const matter = withoutNames(question.matter, speakers).trim();
  const meant =
    !has('meaning') || !/[\p{L}\p{N}]/u.test(matter) ? [] : [matter, ...(has('aspects') ? aspectsOf(matter) : [])];
  return {
    question,
    speakers,
    meant,
    spans: [...times.flatMap(({ spans }) => spans), ...(open ? [] : (event?.spans ?? []))],
    onlyTime,
    within: open ? (event?.spans ?? []) : [],
    event,
    ofSelf,
    order: has('recency') ? orderAsked(request.text) : null,
    asksAnswer: has('answer') && asksAnswer(request.text),
  };
}

/** Who asks when a thing was last so means the last, whatever came first. */
const orderAsked = (text: string): ReadQuestion['order'] =>
  asksLatest(text) ? 'latest' : asksFirst(text) || asksWhoIs(text) ? 'first' : null;

/** Memories looked at where a question asks something of its person. */
const mostOfSelf = 40;

/** Dates in figures as they are written, which may be what somebody said rather than when: "valid until 2035-02-28". */
const datesSaid = (times: readonly QuestionTime[]): Term[] =>
  times.flatMap(({ said }) =>
    /^\d+[-./]\s?\d+[-./]\s?\d+$/.test(said) ? (phraseOf(said, mostPhraseWords) ?? []) : [],
  );

/** Whether nothing is left of a question once the times it names are taken out of it. */
export function asksOnlyTime(text: string, times: readonly QuestionTime[], prefixes: readonly string[] = []): boolean {
  if (times.length === 0 || prefixes.length > 0) return false;
  const rest = times.reduce((left, { said }) => left.replace(said, ' '), text);
  const words = questionWords(matterOf(rest)).map(({ text: word }) => word);
  const left = words.filter((word) => !stopWords.has(word));
  return talking.some((said) => left.every((word) => said.has(word)));
}
