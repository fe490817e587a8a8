/**
 * Which stretches of a message are a person's own words of themselves, and not quoted, pasted or played. Pure; rules and models are
 * held to the same.
 */
import type { AcuType } from '@vivim/contract/acu';
import type { SaidUnit } from '../../space/stores/memory-findings.ts';
import { broughtFrom, isPlaying, quotedStretches } from './rules/guards.ts';

/** Types a person says something of themselves in; code, tables, lists and quotations are none. */
const telling: ReadonlySet<AcuType> = new Set([
  'statement',
  'question',
  'answer',
  'instruction',
  'preference',
  'personal_fact',
  'decision',
]);
export const isTelling = ({ type }: Pick<SaidUnit, 'type'>): boolean => telling.has(type);

/** A message beyond this is a text that was brought along, but for how it begins. Characters. */
const longMessage = 3_000;
const longBeginning = 700;
/** Of one unit no more is read. */
export const mostOfUnit = 4_000;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What a part of a message allows to be taken as said, by offsets in it. */
export interface OwnWords {
  readonly plays: boolean;
  readonly broughtFrom: number;
  isOwn(stretch: Stretch): boolean;
}

/** Parts as they are met, each looked at once. */
export class MessagesRead {
  readonly #seen = new Map<string, OwnWords>();

  of({ messagePk, partIndex, partText }: Pick<SaidUnit, 'messagePk' | 'partIndex' | 'partText'>): OwnWords {
    const key = `${messagePk} ${partIndex}`;
    const known = this.#seen.get(key);
    if (known !== undefined) return known;
    const long = partText.length > longMessage ? longBeginning : partText.length;
    const until = Math.min(long, broughtFrom(partText));
    const quoted = quotedStretches(partText.slice(0, longMessage));
    const read: OwnWords = {
      plays: isPlaying(partText),
      broughtFrom: until,
      isOwn: ({ start, end }) => end <= until && !quoted.some((stretch) => start < stretch.end && end > stretch.start),
    };
    this.#seen.set(key, read);
    return read;
  }
}

/** A conversation that begins as a play is one. @param first how the person begins it */
export const beginsAsPlay = (first: string | undefined): boolean =>
  first !== undefined && first.length < longMessage && isPlaying(first);

/** Who of several speaks for the owner of the space, nothing says. */
export const isOfSeveral = (authors: Iterable<string | null>): boolean =>
  new Set([...authors].filter((author) => author !== null)).size > 1;
