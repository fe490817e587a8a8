/**
 * A unit as it is quoted: who said it, when, and the citation that leads back to it. Pure. A quotation may be shorter
 * than its unit, never other words: its offsets always name exactly the text it holds.
 */
import { isoTime } from '@vivim/contract/clock';
import type { BundleCitation, LayerName } from '@vivim/contract/context';
import { shorten } from '@vivim/contract/shorten';
import type { LocatedAcu, MemoryMark } from '../space/located-acu.ts';
import type { PastStatement } from '../space/past-statement.ts';

/** A unit, or the beginning of one, with where it stands. */
export type Quote = LocatedAcu;

/** Whether the person wrote this down to be heeded: a persona, a memory of their own. */
export const isOwnWord = ({ memory, persona }: Quote): boolean => persona !== undefined || memory?.own === true;

/** The day of a time, `YYYY-MM-DD` in UTC, or null. */
export const dayOf = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString().slice(0, 10);

/** The name of who said it, else the role. */
export const speakerOf = (quote: Quote): string => quote.message.authorName ?? quote.message.role;

const pastWords = { superseded: 'no longer so', archived: 'put away since', resolved: 'resolved since' } as const;

/** Of words that no longer hold: that they do not, and what does. */
export function pastOf({ past }: Quote): string | null {
  if (past === undefined) return null;
  const { state, later } = past;
  if (later === null) return pastWords[state];
  const since = dayOf(later.atMs);
  return `${pastWords[state]}; ${since === null ? 'now' : `since ${since}`}: “${shortenWords(later.text)}”`;
}

const shortenWords = (text: string): string => shorten(text, 100);

/** How much of a long text is compared; the rest by its length. */
const comparedLength = 300;

/** Runs of white space and punctuation that are not one space already, as most are. */
const between = / [\s\p{P}]+|(?! )[\s\p{P}]+/gu;
/** The same where there are no letters but plain ones, in half the time. */
const betweenPlain = / [\s!-#%-*,-/:;?@[-\]_{}]+|(?! )[\s!-#%-*,-/:;?@[-\]_{}]+/g;

/** Equal for texts that say the same in other spacing, case or punctuation. */
function sameText(text: string): string {
  const start = text.length <= comparedLength ? text : `${text.slice(0, comparedLength)} ${text.length}`;
  return start
    .toLowerCase()
    .replace(/[^\0-\x7f]/.test(start) ? between : betweenPlain, ' ')
    .trim();
}

/** Keys of quotations at hand: each is asked for when it is tried, and when it is taken. */
const saidKeys = new WeakMap<Quote, string>();

/** Equal for what one speaker says twice. A memory says what its person says. */
export function saidKey(quote: Quote): string {
  const known = saidKeys.get(quote);
  if (known !== undefined) return known;
  const key = `${quote.memory === undefined ? speakerOf(quote) : 'user'}\n${sameText(quote.acu.text)}`;
  saidKeys.set(quote, key);
  return key;
}

/**
 * In the order they were said, within one conversation: a message is stored before what answers it. Times would not do;
 * sources leave them out, or give a whole conversation one.
 */
export const bySaying = (a: Quote, b: Quote): number =>
  a.message.pk - b.message.pk || a.acu.partIndex - b.acu.partIndex || a.acu.start - b.acu.start;

export function citationOf(ref: string, layer: LayerName, quote: Quote): BundleCitation {
  const { memory, persona } = quote;
  const { text: quoted, start, end } = quote.acu;
  const by = quote.pinned === undefined ? {} : { pinned: quote.pinned };
  const nowhere = { ...by, acuId: null, message: null, conversation: null, partIndex: null };
  if (persona !== undefined) return { ref, layer, quoted, start, end, at: null, ...nowhere, persona };
  if (memory !== undefined) {
    const at = isoTime(memory.learntMs);
    return { ref, layer, quoted, start, end, at, ...nowhere, memory: toldMemory(memory) };
  }
  const { standsFor } = quote;
  return {
    ref,
    layer,
    ...(standsFor === undefined ? {} : { memory: toldMemory(standsFor) }),
    ...by,
    acuId: quote.acu.id,
    message: { id: quote.message.id, externalId: quote.message.externalId },
    conversation: {
      id: quote.conversation.id,
      externalId: quote.conversation.externalId,
      title: quote.conversation.title,
    },
    quoted,
    partIndex: quote.acu.partIndex,
    start,
    end,
    at: isoTime(quote.message.createdMs),
    ...(quote.past === undefined ? {} : { past: toldPast(quote.past) }),
  };
}

const toldPast = ({ state, later }: PastStatement) => ({
  state,
  later: later === null ? null : { memoryId: later.id, text: shorten(later.text, 200), at: isoTime(later.atMs) },
});

const toldMemory = ({ id, label, why }: MemoryMark) => ({ id, label, why });

/** Where a text may be cut, best first: after a line, a sentence, a word. */
const seams = [/\n/g, /[.!?。！？]["')\]]*\s/g, /\s/g];

/** The beginning of a quotation, at most `length` UTF-16 units, cut at a line, a sentence or a word where there is one. */
export function shortened(quote: Quote, length: number): Quote {
  const { text } = quote.acu;
  if (text.length <= length) return quote;
  const room = text.slice(0, length);
  const cut = seams.map((seam) => lastEnd(room, seam)).find((end) => end >= length / 2) ?? length;
  const kept = room.slice(0, cut).trimEnd();
  const whole = /[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept;
  return { ...quote, acu: { ...quote.acu, text: whole, end: quote.acu.start + whole.length } };
}

function lastEnd(text: string, seam: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(seam)) end = match.index + match[0].length;
  return end;
}
