/**
 * HTML as a source keeps answers in → Markdown a person can read and the segmenter can cut. One pass, no tree: tags it does
 * not know are left out, what they hold stays. Pure.
 */

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['emsp', ' '],
  ['ensp', ' '],
  ['thinsp', ' '],
  ['hellip', '…'],
  ['mdash', '—'],
  ['ndash', '–'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['bull', '•'],
  ['middot', '·'],
  ['copy', '©'],
  ['euro', '€'],
  ['deg', '°'],
  ['times', '×'],
]);

/** Character references of text (HTML, section 13.5): those that are common, and every numeric one. */
export const unescapeHtml = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return named.get(name) ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\uFFFD';
  });

const blocks = new Set(['p', 'div', 'section', 'article', 'table', 'blockquote', 'hr']);
const silent = new Set(['script', 'style', 'head', 'title']);
const around: ReadonlyMap<string, string> = new Map([
  ['b', '**'],
  ['strong', '**'],
  ['i', '*'],
  ['em', '*'],
  ['code', '`'],
]);

interface Tag {
  readonly name: string;
  readonly closing: boolean;
}

const tagStart = /^<(\/?)([a-zA-Z][\w-]*)/;
/** A quoted `>` ends no tag; so far it is looked for. */
const quotedWithin = 8_192;

/** Text and tags, in order. Every place is looked at a limited number of times, whatever the page is. */
function* tokens(html: string): Generator<string | Tag> {
  let from = 0;
  /** The next `>` and `-->`, found once for all that look for it before them. */
  const ahead = { '>': -2, '-->': -2 };
  const next = (mark: '>' | '-->', at: number): number => {
    if (ahead[mark] !== -1 && ahead[mark] < at) ahead[mark] = html.indexOf(mark, at);
    return ahead[mark];
  };
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const comment = html.startsWith('<!--', at);
    const match = comment ? null : tagStart.exec(html.slice(at, at + 40));
    if (!comment && match === null) continue;
    const end = comment ? next('-->', at) : tagEnd(html, at, () => next('>', at));
    if (end < 0) continue;
    if (at > from) yield html.slice(from, at);
    from = end + (comment ? 3 : 1);
    if (match !== null) yield { name: (match[2] ?? '').toLowerCase(), closing: match[1] === '/' };
    at = from - 1;
  }
  if (from < html.length) yield html.slice(from);
}

function tagEnd(html: string, start: number, unquoted: () => number): number {
  let quote = '';
  for (let at = start + 1; at < html.length && at < start + quotedWithin; at += 1) {
    const char = html[at] as string;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
    else if (char === '<') return -1;
  }
  return unquoted();
}

class Text {
  readonly #pieces: string[] = [];
  /** Line breaks it ends with. */
  #breaks = 2;
  preformatted = false;

  put(text: string): void {
    const words = unescapeHtml(this.preformatted ? text : text.replace(/[ \t\r\n]+/g, ' '));
    this.#add(this.#breaks > 0 && !this.preformatted ? words.replace(/^ +/, '') : words);
  }

  break(): void {
    this.#pieces.push('\n');
    this.#breaks += 1;
  }

  /** So many line breaks, those that are there counted. */
  lines(count: number): void {
    while (!this.preformatted && this.#breaks < count) this.break();
  }

  /** At most one empty line in a row, and no spaces at the ends of lines. */
  done(): string {
    const lines = this.#pieces.join('').split('\n');
    return lines
      .map((line) => line.trimEnd())
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .toWellFormed();
  }

  #add(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.#breaks = 0;
  }
}

/** @param html of a fragment or a page */
export function htmlText(html: string): string {
  const text = new Text();
  let skipped: string | null = null;
  const lists: { ordered: boolean; items: number }[] = [];
  for (const token of tokens(html)) {
    if (typeof token === 'string') {
      if (skipped === null) text.put(token);
      continue;
    }
    const { name, closing } = token;
    if (silent.has(name)) skipped = closing ? null : name;
    if (skipped !== null) continue;
    if (name === 'br') text.break();
    else if (name === 'pre') fenced(text, closing);
    else if (text.preformatted) continue;
    else if (around.has(name)) text.put(around.get(name) ?? '');
    else if (name === 'ul' || name === 'ol') {
      text.lines(1);
      if (closing) lists.pop();
      else lists.push({ ordered: name === 'ol', items: 0 });
    } else if (name === 'li' && !closing) item(text, lists);
    else if (/^h[1-6]$/.test(name)) {
      text.lines(2);
      if (!closing) text.put(`${'#'.repeat(Number(name[1]))} `);
    } else if (name === 'td' || name === 'th') text.put(closing ? ' | ' : '');
    else if (name === 'tr') text.lines(1);
    else if (blocks.has(name)) text.lines(lists.length > 0 ? 1 : 2);
  }
  if (text.preformatted) fenced(text, true);
  return text.done();
}

function fenced(text: Text, closing: boolean): void {
  if (closing === !text.preformatted) return;
  if (!closing) text.lines(2);
  if (closing) text.put('\n```');
  else text.put('```');
  text.preformatted = !closing;
  text.break();
}

function item(text: Text, lists: readonly { ordered: boolean; items: number }[]): void {
  text.lines(1);
  const list = lists.at(-1);
  if (list !== undefined) list.items += 1;
  const mark = list?.ordered === true ? `${list.items}. ` : '- ';
  const depth = Math.min(8, Math.max(0, lists.length - 1));
  text.preformatted = true;
  text.put(`${'  '.repeat(depth)}${mark}`);
  text.preformatted = false;
}
