/**
 * Whether a question asks for what was said first, or for who somebody is: "when did I first mention", "das erste Mal". The first of something ("my first sprint")
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

/** Somebody or something by name, with what stands before a name. */
const name =
  "(?:(?:Mr|Mrs|Ms|Dr|Prof|Frau|Herr|Herrn|Mme|Mlle|Sr|Sra|Dra|Sig|Signora?)\\.? )?\\p{Lu}[\\p{L}\\p{M}’'-]+(?: \\p{Lu}[\\p{L}\\p{M}’'-]+){0,2}";
const asks =
  "[Ww]ho(?: is|['’]s| was)|[Ww]hat(?: is|['’]s| was)|[Ww]er (?:ist|war)(?: der| die)?|[Qq]ui (?:est|était)|[Cc]['’]est qui|[¿]?[Qq]ui[eé]n (?:es|era)|[Qq]uem (?:é|era)(?: o| a)?|[Cc]hi (?:è|era)|[Кк]то так(?:ой|ая)|[Кк]то";
/** Who somebody is, and nothing else. */
const whoIs = new RegExp(`^\\s*(?:${asks}) ${name}\\s*\\??\\s*$`, 'u');
const whoIsInRuns =
  /^\s*(?:谁是(?!我|你)\p{L}{2,12}|(?!我|你|他|她)\p{L}{2,12}是谁|(?!私)\p{L}{2,12}(?:さん|くん|ちゃん)?(?:は|って)(?:誰|だれ)(?:ですか)?)\s*[?？]?\s*$/u;

/** What is read of a long question. */
const readLength = 2_000;

export const asksFirst = (question: string): boolean => asked.test(question.slice(0, readLength));

/** Whether it asks who or what a name is: people are introduced where they are first spoken of. */
export const asksWhoIs = (question: string): boolean =>
  question.length <= 80 && (whoIs.test(question) || whoIsInRuns.test(question));
