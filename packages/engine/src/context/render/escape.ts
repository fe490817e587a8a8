/**
 * Making quoted text harmless. Whatever a conversation said, it stays inside its quotation: it cannot close a tag,
 * open a heading, begin a turn or carry a model's own control tokens. Pure; never drops a visible word.
 */

/** Characters nobody sees that end a line, reorder text or break a document. */
const control = /(?!\t)[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;
/** Anything a harmless line does not hold: most lines are. */
const suspect = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|<\||\|>/u;
const lineEnd = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/**
 * The lines of a text, without control characters, with the control tokens of chat models (`<|im_start|>`) taken
 * apart. Every kind of line end counts, so that no line hides inside another.
 */
export function safeLines(text: string): string[] {
  const whole = text.toWellFormed();
  if (!suspect.test(whole)) return [whole];
  return whole
    .replaceAll('<|', '< |')
    .replaceAll('|>', '| >')
    .split(lineEnd)
    .map((line) => line.replace(control, ''));
}

/** White space that is not one space already: nearly all of it is, and a text with nothing to change is not made anew. */
const uneven = /[^\S ]\s*| \s+/g;

/** The text on one line, runs of white space made one space. */
export const safeLine = (text: string): string => safeLines(text).join(' ').replace(uneven, ' ').trim();

/** A name or a title: one short line. */
export function safeLabel(text: string, length = 80): string {
  const line = safeLine(text);
  return line.length <= length
    ? line
    : `${line
        .slice(0, length - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Characters that may not stand in XML 1.0 at all, escaped or not (section 2.2). */
const notXml = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;
const escaped = (text: string, special: RegExp): string =>
  text
    .toWellFormed()
    .replace(notXml, '')
    .replace(special, (character) => entities[character] as string);

/** Text for the inside of an XML element. */
export const xmlText = (text: string): string => escaped(text, /[&<>]/g);

/** Text for an XML attribute in double quotes. */
export const xmlAttribute = (text: string): string => escaped(text, /[&<>"]/g);

/** A JSON string, quotes included, that is also safe inside a script. */
export const jsonString = (text: string): string =>
  JSON.stringify(text.toWellFormed()).replace(/[\u2028\u2029]/g, (c) => (c === '\u2028' ? '\\u2028' : '\\u2029'));
