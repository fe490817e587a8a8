/**
 * A proposal held against the line it cites. Pure. What it quotes stands there word for word and is the person's own; what it states
 * says no more than the quote; else the quote itself is what is kept. So whatever a text talks a model into, a memory says nothing
 * the person did not write.
 */
import { plainWords } from '../../../space/plain-words.ts';
import { isSuspicious } from '../../../space/stores/memory-suspicion.ts';
import type { ProvenMemory } from '../../../space/stores/model-findings.ts';
import { folded } from '../../name-index.ts';
import { isStanding } from '../../standing-words.ts';
import { aboutOf } from '../find-memories.ts';
import { Message } from '../memory-match.ts';
import type { MessagesRead } from '../own-words.ts';
import { isPassing, isSupposed } from '../rules/guards.ts';
import { isEmpty, stem, wordsOf } from '../word-forms.ts';
import type { Line } from './model-question.ts';
import type { Proposal } from './read-proposals.ts';

/** How sure one saying a model found can be at most. A wish nobody said lastingly, or one that reads like an attack, waits. */
const most = { usually: 0.85, passingWish: 0.35, suspicious: 0.3 } as const;

/** @returns null where it is not proven */
export function proveProposal(
  proposal: Proposal,
  lines: readonly Line[],
  messages: MessagesRead,
  nowMs: number,
): ProvenMemory | null {
  const line = lines[proposal.line - 1];
  const quote = proposal.quote.trim();
  if (line === undefined || !says(quote)) return null;
  const { unit } = line;
  const at = line.text.indexOf(quote);
  if (at < 0) return null;
  const place = { start: unit.start + at, end: unit.start + at + quote.length };
  if (!messages.of(unit).isOwn(place)) return null;
  if (isSupposed(quote) || isPassing(quote)) return null;
  if (proposal.kind !== 'open_question' && asks(line.text, at + quote.length)) return null;
  const text = saysNoMore(proposal.text, quote) ? proposal.text : quote;
  const about = aboutIn(proposal, text, quote);
  const held = heldIn(proposal, quote, unit.atMs, nowMs);
  return {
    kind: proposal.kind,
    text,
    key: about.value ?? folded(text).trim(),
    ...about,
    confidence: sureness(proposal, text, unit.type),
    messagePk: unit.messagePk,
    partIndex: unit.partIndex,
    ...place,
    atMs: unit.atMs,
    ...held,
    unitId: unit.unitId,
    plain: plainWords(text),
  };
}

/** Something with a meaning: two words, or one of a script that sets none apart. */
const says = (quote: string): boolean => wordsOf(quote).length > 1 || /[\p{L}]{4}/u.test(quote);

/** Whether the sentence a place ends in is a question. */
function asks(line: string, end: number): boolean {
  if (/[?？]\s*$/u.test(line.slice(0, end))) return true;
  const rest = /^[^.!?？。！\n]*(?<stop>[.!?？。！\n])?/u.exec(line.slice(end));
  return rest?.groups?.stop === '?' || rest?.groups?.stop === '？';
}

/** English, German, French, Spanish, Portuguese, Italian, Dutch. */
const no =
  /(?<!\p{L})(?:not|no|never|none|without|stop(?:ped)?|cannot|nicht|kein\p{L}*|nie(?:mals)?|ohne|pas|jamais|sans|aucun\p{L}*|nunca|jamás|sin|não|sem|non|mai|senza|niet|geen|nooit)(?!\p{L})|n['’]t(?!\p{L})/iu;
/** Whose it is, in the words of whoever writes about a person. */
const ofWhom = new Set(['user', 'users', 'person', 'they', 'them', 'their', 'he', 'she', 'his', 'her'].map(stem));

/** No word of it stands outside of the quote, and it does not turn a no into a yes. */
function saysNoMore(text: string, quote: string): boolean {
  if (no.test(text) !== no.test(quote)) return false;
  const quoted = new Message(quote);
  return wordsOf(text).every((word) => {
    const one = { word, stem: stem(word), empty: isEmpty(word) };
    return one.empty || ofWhom.has(one.stem) || quoted.holds(one);
  });
}

/** As a rule reads the same words; else as the model says, where the quote says the value. */
function aboutIn({ about, value }: Proposal, text: string, quote: string) {
  for (const words of [text, quote]) {
    const known = aboutOf(words);
    if (known.attribute !== null) return known;
  }
  const { applies } = aboutOf(quote);
  const plain = folded(value ?? '').trim();
  return about == null || plain === '' || !folded(quote).includes(` ${plain} `)
    ? { attribute: null, value: null, applies }
    : { attribute: about, value: plain, applies };
}

function sureness({ kind, confidence }: Proposal, text: string, type: Line['unit']['type']): number {
  const cap = isSuspicious(text)
    ? most.suspicious
    : kind === 'instruction' && !isStanding(type === 'preference' ? type : 'instruction', text)
      ? most.passingWish
      : most.usually;
  return Math.min(cap, Math.max(0.05, confidence));
}

const day = /^(?<year>\d{4})(?:-(?<month>\d{2})(?:-(?<day>\d{2}))?)?$/;
/** The first or the last moment of a year, a month or a day, UTC, where the quote names the year. */
function moment(text: string | null | undefined, quote: string, end: 'first' | 'last'): number | null {
  const groups = day.exec(text ?? '')?.groups;
  if (groups?.year === undefined || !quote.includes(groups.year)) return null;
  const [year, month, date] = [Number(groups.year), groups.month, groups.day].map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
  ];
  if (month > 12 || date > 31) return null;
  const first = Date.UTC(year, Math.max(0, month - 1), Math.max(1, date));
  if (end === 'first') return first;
  return (date > 0 ? first + 86_400_000 : month > 0 ? Date.UTC(year, month) : Date.UTC(year + 1, 0)) - 1;
}

/** What is not over when it is said has no end yet. */
function heldIn({ from, until, over }: Proposal, quote: string, atMs: number | null, nowMs: number) {
  const said = atMs ?? nowMs;
  const ended = moment(until, quote, 'last');
  const heldToMs = ended !== null && ended <= said ? ended : over === true ? said : null;
  return { heldFromMs: moment(from, quote, 'first'), heldToMs };
}
