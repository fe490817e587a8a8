/** Events in English: "before I moved to Lisbon", "the day after the wedding", "since moving to the coast". Data; pure. */
import { irregularPast } from '../../../space/words/irregular-english.ts';
import { countWord } from '../times/time-words.ts';
import { type EventForms, edge } from './event-forms.ts';

const far = `(?:(?:(?<count>the|a|an|${countWord})\\s+)?(?<unit>day|week|month|year)s?\\s+)`;
/** What somebody did ("I moved to Lisbon"), what was done ("moving to Lisbon"), or a thing that was ("my surgery"). */
const clause = `(?:(?<doer>i|we|he|she|they|\\p{L}+)(?:['’]\\p{L}+)?\\s+(?:\\p{L}+ly\\s+|first\\s+|had\\s+)?(?<verb>\\p{L}+)(?:\\s+[^.,;:?!\\n]{1,80})?)`;
const gerund =
  '(?:moving|starting|getting|leaving|joining|finishing|quitting|buying|visiting|returning|graduating)\\s+[^.,;:?!\\n]{2,80}';
const thing = "(?:my|our|the)(?:\\s+\\p{L}[\\p{L}\\p{N}’'-]*){1,4}(?=\\s*(?:[.,;:?!]|$))";
const told = (relation: string) =>
  new RegExp(`${edge}(?:${relation})\\s+(?<event>${gerund}|${thing}|${clause})`, 'giu');
const pronouns = new Set(['i', 'we', 'he', 'she', 'they']);
const asking = /^(?:ask|mention|t[eo]l[ld]|sa(?:y|id)|discuss|talk|sp[eo]ke?|describ|explain)/i;
/** Past: what is only thought of, or is done again and again, has no time. */
const isPast = (verb: string): boolean => /[^e]ed$/.test(verb) || irregularPast.has(verb);

export const english: EventForms = {
  tried: /\b(?:before|after|since|until|till|during|while|when)\b/i,
  asksHowLong: /\bhow\s+(?:long|many\s+(?:days|weeks|months|years|hours))\b|\bbetween\s+when\b/i,
  isOne: (doer, verb) =>
    (pronouns.has(doer.toLowerCase()) || /^\p{Lu}/u.test(doer)) && isPast(verb.toLowerCase()) && !asking.test(verb),
  forms: [
    { side: 'before', pattern: told(`${far}before|(?:(?:right |just |shortly )?before|until|till)`) },
    { side: 'after', pattern: told(`${far}after|(?:right |just |shortly )?after`) },
    { side: 'since', pattern: told('since') },
    { side: 'at', pattern: told('during|while|when') },
  ],
};
