/**
 * When something a question tells of was: the first message of a person that says nearly all of the event's words, and the time it
 * tells, or its own; else the first memory that is about it, and since when that holds. Reads only.
 */
import { isoTime } from '@vivim/contract/clock';
import type { ReasonEvent } from '@vivim/contract/search';
import { isHuman } from '../../space/place.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { formsOfGermanVerb } from '../../space/words/german-verbs.ts';
import { eitherOf, questionWords } from '../../space/words/question-words.ts';
import { meantMemories } from '../memories/meant-memories.ts';
import { addDays, calendarIn, type Interval } from './calendar.ts';
import { findByWords } from './keyword.ts';
import { parseQuestion, type Term } from './query.ts';
import { eventIn, spanOf, type ToldByEvent } from './question-event.ts';
import { type Asked, type QuestionTime, timesIn } from './question-time.ts';

export interface EventTime extends QuestionTime {
  /** For whoever asks why: which event, when, and where that is known from. */
  readonly told: ReasonEvent;
  /** All the time on one side of the event. */
  readonly open: boolean;
}

/** How a question tells its time by an event: found, told but not found, or not at all (null). */
export type EventLookUp = EventTime | { readonly said: string; readonly told: ReasonEvent; readonly spans: null };

/** Share of the weight of the event's words one message must say to be about it. */
const saysIt = 0.8;
/** Messages looked at. */
const pool = 100;
/** Characters of a message in which it may tell when the event was. */
const toldWithin = 2_000;
/** An event is told of within so long after it was, ms; a time told that is further off is another's. */
const toldFor = 400 * 86_400_000;

export function eventTimeOf(r: SpaceReader, question: string, asked: Asked): EventLookUp | null {
  const told = eventIn(question);
  if (told === null) return null;
  const calendar = calendarIn(asked.zone);
  const known = said(r, told, asked.zone) ?? remembered(r, told.event);
  if (known === null) return { said: told.said, spans: null, told: { event: told.event, said: told.said, day: null } };
  const first = calendar.dayOf(known.atMs);
  const span = spanOf(told, known.span ?? calendar.between(first, addDays(first, 1)), calendar, asked.nowMs);
  return {
    said: told.said,
    open: told.far === null && told.side !== 'at',
    spans: span.fromMs < span.toMs ? [span] : [],
    told: {
      event: told.event,
      said: told.said,
      day: dayText(known.span?.fromMs ?? known.atMs, asked.zone),
      ...known.from,
    },
  };
}

/** An event is told by its verb, which a question and a message rarely say in the same form. */
function inAllForms({ text, fts }: Term, language: string): Term {
  const others = language === 'de' ? formsOfGermanVerb(text) : [];
  return {
    text,
    fts: eitherOf([fts, ...others.flatMap((form) => questionWords(form, null).map(({ exact }) => exact))]),
  };
}

interface Known {
  readonly atMs: number;
  readonly span: Interval | null;
  readonly from: Pick<ReasonEvent, 'saidOn' | 'remembered'>;
}

function remembered(r: SpaceReader, event: string): Known | null {
  const pks = meantMemories(r, event).map(({ pk }) => pk);
  const dated = [...r.memoryLookup.whole(pks).values()].filter(({ fromMs }) => fromMs !== null);
  const [first] = dated.sort((a, b) => (a.fromMs ?? 0) - (b.fromMs ?? 0) || a.pk - b.pk);
  return first?.fromMs == null ? null : { atMs: first.fromMs, span: null, from: { remembered: first.text } };
}

function said(r: SpaceReader, { event, language }: ToldByEvent, zone: string): Known | null {
  const terms = parseQuestion(event, [], language).terms.map((term) => inAllForms(term, language));
  const speakers = r.words.speakersAmong(terms.map(({ text }) => text));
  const telling = terms.filter(({ text }) => !speakers.includes(text));
  const finding = findByWords(r.words, telling, pool);
  const weights = finding.terms.map((term) => finding.weights.find(({ word }) => word === term)?.weight ?? 0);
  const all = finding.weights.reduce((sum, { weight }) => sum + weight, 0);
  const pks = finding.hits
    .filter(
      ({ place, ownTerms }) =>
        isHuman(place) && all > 0 && ownTerms.reduce((sum, i) => sum + (weights[i] ?? 0), 0) / all >= saysIt,
    )
    .map(({ messagePk }) => messagePk);
  const rows = r.words.wanted(pks, {}).filter(({ createdMs }) => createdMs !== null);
  const [first] = rows.sort((a, b) => (a.createdMs ?? 0) - (b.createdMs ?? 0) || a.pk - b.pk);
  if (first?.createdMs == null) return null;
  const atMs = first.createdMs;
  const text = r.acus
    .ofMessages([first.pk])
    .map(({ acu }) => acu.text)
    .join('\n')
    .slice(0, toldWithin);
  const span = timesIn(text, { nowMs: atMs, zone })
    .flatMap(({ spans }) => spans)
    .filter(({ fromMs, toMs }) => toMs > atMs - toldFor && fromMs < atMs + toldFor)
    .at(0);
  const day = isoTime(atMs).slice(0, 10);
  return { atMs, span: span ?? null, from: { saidOn: day } };
}

const dayText = (ms: number, zone: string): string => {
  const { year, month, day } = calendarIn(zone).dayOf(ms);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};
