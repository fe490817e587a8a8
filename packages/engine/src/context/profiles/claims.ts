/**
 * What can be said of a topic or an entity in a person's own words: units chosen by kind and quality, each claim citing
 * the units it stands on. Pure; never rephrases, so a claim is always found again in its source.
 *
 * | claim         | unit                                                    |
 * |---------------|---------------------------------------------------------|
 * | decision      | `decision`                                              |
 * | preference    | `preference`, `instruction`                             |
 * | fact          | `personal_fact`                                         |
 * | open_question | a person's `question` that nothing answers              |
 * | highlight     | `statement`, `answer`, `list` or `reference` of quality |
 */
import { isoTime } from '@vivim/contract/clock';
import type { CitedUnit, Claim } from '@vivim/contract/profile';
import type { LocatedAcu } from '../../space/located-acu.ts';

export interface ClaimLinks {
  /** Pks of units some unit answers. */
  readonly answered: ReadonlySet<number>;
  /** Units that say the same again, by the pk of the one that said it first. */
  readonly repeats: ReadonlyMap<number, readonly LocatedAcu[]>;
}

/** Most of each kind, and of all. */
const most = { decision: 4, preference: 4, fact: 4, open_question: 3, highlight: 5 } as const;
const order: readonly Claim['kind'][] = ['decision', 'preference', 'fact', 'open_question', 'highlight'];
const longest = 320;

/** @param units those that say most first */
export function claimsFrom(units: readonly LocatedAcu[], links: ClaimLinks): Claim[] {
  const chosen = new Map<Claim['kind'], Claim[]>(order.map((kind) => [kind, []]));
  for (const unit of units) {
    const kind = kindOf(unit, links);
    const of = kind === null ? undefined : chosen.get(kind);
    if (kind === null || of === undefined || of.length >= most[kind]) continue;
    of.push({ kind, text: excerpt(unit.acu.text), evidence: evidenceOf(unit, links) });
  }
  return order.flatMap((kind) => chosen.get(kind) ?? []);
}

function kindOf({ acu, message }: LocatedAcu, links: ClaimLinks): Claim['kind'] | null {
  const byHuman = message.authorKind === 'human';
  switch (acu.type) {
    case 'decision':
      return 'decision';
    case 'preference':
    case 'instruction':
      return 'preference';
    case 'personal_fact':
      return 'fact';
    case 'question':
      return byHuman && !links.answered.has(acu.pk) && acu.text.includes('?') ? 'open_question' : null;
    case 'statement':
    case 'answer':
    case 'list':
    case 'reference':
      return acu.quality >= 0.6 ? 'highlight' : null;
    default:
      return null;
  }
}

const evidenceOf = (unit: LocatedAcu, links: ClaimLinks): CitedUnit[] =>
  [unit, ...(links.repeats.get(unit.acu.pk) ?? []).slice(0, 4)].map(evidenceOfUnit);

/** A unit as something stands on it. */
export const evidenceOfUnit = ({ acu, message, conversation }: LocatedAcu): CitedUnit => ({
  acuId: acu.id,
  messageId: message.id,
  conversationId: conversation.id,
  at: isoTime(message.createdMs),
  text: excerpt(acu.text),
  title: conversation.title,
});

/** The beginning of a unit, cut after a sentence or a word. */
function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  const head = line.slice(0, longest);
  const sentence = Math.max(
    head.lastIndexOf('. '),
    head.lastIndexOf('? '),
    head.lastIndexOf('! '),
    head.lastIndexOf('。'),
  );
  if (sentence >= longest / 3) return head.slice(0, sentence + 1);
  const word = head.lastIndexOf(' ');
  return `${(word > longest / 2 ? head.slice(0, word) : head).toWellFormed().replace(/\ufffd$/, '')}…`;
}
