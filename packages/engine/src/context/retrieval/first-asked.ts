/**
 * Whether a question asks for what was said first: "when did I first mention", "das erste Mal". The first of something ("my first sprint")
 * is a thing and no order. Patterns by language. Pure.
 */

const word = '[\\p{L}\\p{M}]+';
const edge = '(?<![\\p{L}\\p{M}\\p{N}])';
const end = '(?![\\p{L}\\p{M}\\p{N}])';

/** English, German, French, Spanish, Portuguese, Italian, Dutch, Russian, Arabic and Hindi. */
const spaced = [
  `(?:did|do|have|had|has) (?:i|we|you|he|she|they|${word}) first ${word}`,
  '(?:the|my|our) (?:very )?first time',
  'for the first time',
  'first (?:mention(?:ed)?|came up|heard|told|said|talked|discussed)',
  'originally',
  'initially',
  'zum ersten mal',
  'zuerst',
  'das erste mal',
  'erstmals',
  'ursprünglich',
  'la première fois',
  'initialement',
  "à l[’']origine",
  '(?:la|por) primera vez',
  'originalmente',
  'inicialmente',
  '(?:pela|a) primeira vez',
  'la prima volta',
  'in origine',
  'originariamente',
  'de eerste keer',
  'voor het eerst',
  'впервые',
  'в первый раз',
  'изначально',
  'أول مرة',
  'पहली बार',
].join('|');
const asked = new RegExp(`${edge}(?:${spaced})${end}|第一次|最早|最初|初めて|はじめて|처음`, 'iu');

/** What is read of a long question. */
const readLength = 2_000;

export const asksFirst = (question: string): boolean => asked.test(question.slice(0, readLength));
