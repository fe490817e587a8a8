/**
 * How a question is asked, apart from what it is about. Pure. "Did I mention", "across our conversations", "can you list
 * the order in which" say nothing of the matter, and their words stand everywhere: they are taken out before anything is
 * looked up. Knows English forms; those of five other languages stand in `forms-by-language.ts`.
 */
import { answerForms, saidForms, wantedForms } from './forms-by-language.ts';
import { stopWords } from './stop-words.ts';

const talks =
  '(?:conversations?|sessions?|chats?|messages?|discussions?|exchanges?|talks?|requests?|questions?|prompts?)';
const said =
  '(?:mention(?:ed)?|discuss(?:ed)?|talk(?:ed)? about|bring up|brought up|tell you|told you|ask(?:ed)?(?: you)?(?: about)?|say|said|share(?:d)?|raise(?:d)?|describe(?:d)?|refer(?:red)? to)';

const told =
  '(?:recommended|suggested|advised|proposed|said|told|explained|gave|given|offered|described|provided|answered|listed|showed|warned|mentioned|pointed|wrote|written|outlined|compared)';
const tell =
  '(?:recommend|suggest|advise|propose|say|tell|explain|give|offer|describe|provide|answer|list|show|warn|mention|point|write|outline|compare)';

const forms: readonly RegExp[] = [
  // Where it was said, and that it was.
  new RegExp(
    `\\b(?:throughout|across|in|during|over|from|of|based on)\\s+(?:all\\s+)?(?:of\\s+)?(?:my|our|these|the|past|previous|earlier)\\s+(?:(?:various|different|past|previous|recent)\\s+)?${talks}(?=\\s*(?:[?.,;:!]|$)|\\s+(?:with|about|on|so|and|did|have|had|do|i|we|that)\\b)`,
    'giu',
  ),
  // Of conversations about something, which is the matter.
  new RegExp(
    `\\b(?:across|throughout)\\s+(?:all\\s+)?(?:of\\s+)?(?:my|our|these|the)\\s+(?=(?:\\p{L}+\\s+){0,2}${talks}(?:\\W|$))`,
    'giu',
  ),
  new RegExp(`\\b(?:did|have|had|do)\\s+(?:i|we)\\s+(?:ever\\s+)?${said}(?=\\W|$)`, 'giu'),
  new RegExp(`\\b(?:i|we)(?:['’]ve| have| had)?\\s+(?:ever\\s+)?${said}(?=\\W|$)`, 'giu'),
  new RegExp(`\\b(?:did|had|have)\\s+you\\s+(?:\\w+ly\\s+)?(?:${tell}|${told})\\b`, 'giu'),
  // What leads to the matter.
  /^\s*(?:considering|given|based on|regarding|concerning|as for|with regard to)\b/giu,
  /\b(?:related|relating|pertaining)\s+to\b/giu,
  // What is wanted of the answer.
  /\b(?:can|could|would|will)\s+you\s+(?:please\s+)?(?:help\s+me\s+(?:to\s+)?(?:understand|figure out|find)|list|summari[sz]e|give me(?: an?| the)?(?: \w+)? (?:summary|overview|recap|list|timeline)(?: of)?|walk me through|tell me(?: about)?|remind me(?: of)?|show me|explain(?: to me)?|describe)\b/giu,
  /\b(?:in\s+)?(?:the\s+)?order(?:\s+in\s+which|\s+of)\b/giu,
  /\bin\s+(?:chronological\s+)?order\b/giu,
  /\bmention\s+only(?:\s+and\s+only)?\s+[\p{L}\p{N}]+\s+items?\b/giu,
  /\b(?:what|which)?\s*(?:kinds?|types?|sorts?|names?|number|total|list)\s+of\b/giu,
  /\bhow\s+(?:many|much|long|often)(?:\s+(?:times|different|various|total))*\b/giu,
  /\b(?:different|various|several)\s+(?:aspects?|things?|ways?|areas?|kinds?|types?)(?:\s+of)?\b/giu,
];

const counted =
  /\bhow\s+many\s+(?:(?:more|other|different|total)\s+)?(days?|weeks?|months?|years?|hours?|minutes?|times?)\b/giu;

/** Units of time the answer is wanted in, lower case: "how many days" is answered with two dates, which do not say the word. */
export const unitsAsked = (text: string): string[] =>
  [...text.matchAll(counted)].map(([, unit = '']) => unit.toLowerCase());

/** Who asks what was said of something asks briefly. */
const longestAsked = 400;

/** The text without its form; the text itself where nothing else would be left. */
export function matterOf(text: string): string {
  const about =
    text.length > longestAsked ? text : saidForms.reduce((rest, form) => form.exec(rest)?.groups?.matter ?? rest, text);
  const left = [...forms, ...wantedForms]
    .reduce((rest, form) => rest.replace(form, ' '), about)
    .replace(/\s+/g, ' ')
    .trim();
  return tells(left) ? left : text;
}

/** Whether a word is left that says what something is about. */
const tells = (text: string): boolean =>
  (text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).some((word) => word.length > 1 && !stopWords.has(word));

const answers = [
  new RegExp(`\\b(?:did|had)\\s+(?:you|the (?:assistant|model|chatbot))\\s+(?:\\w+ly\\s+)?${tell}`, 'iu'),
  new RegExp(`\\b(?:have|has|had)\\s+(?:you|the (?:assistant|model|chatbot))\\s+(?:\\w+ly\\s+)?${told}`, 'iu'),
  new RegExp(`\\byou\\s+(?:\\w+ly\\s+|had\\s+|have\\s+)?${told}\\b`, 'iu'),
  /\byour\s+(?:\w+\s+)?(?:advice|suggestions?|recommendations?|answers?|explanations?|reply|replies|responses?|tips|proposals?)\b/iu,
  new RegExp(`\\b(?:was|were)\\s+(?:i|we)\\s+(?:\\w+ly\\s+)?${told}`, 'iu'),
  ...answerForms,
];

/** Whether it asks what was answered rather than what the person said: "what did you recommend". */
export const asksAnswer = (text: string): boolean => answers.some((form) => form.test(text));

/**
 * A text without the names of people who speak: they say who, not what about, and draw a vector towards every message
 * that greets somebody. @param names lower case
 */
export function withoutNames(text: string, names: readonly string[]): string {
  if (names.length === 0) return text;
  const either = names.map((name) => name.replace(/[^\p{L}\p{N}\p{M} ]/gu, '.')).join('|');
  const left = text
    .replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${either})(?:['’]s)?(?![\\p{L}\\p{N}])`, 'giu'), ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return tells(left) ? left : text;
}
