/**
 * The objects the sources of the contract spell out, with what their comments say of each member: read from the text, so that there is
 * one place where it is said. Knows braces with `name:` in them, inside of a `const`; anything else of a source is passed over. Pure.
 */

/** One pair of braces with members. */
export interface SpelledObject {
  /** Members it lies in, from the outermost object of its constant, with dots; empty for that one. */
  readonly path: string;
  readonly keys: readonly string[];
  readonly said: ReadonlyMap<string, string>;
  /** Members that are one word only: they tell the kinds of a union apart. */
  readonly is: ReadonlyMap<string, string>;
}

export interface SpelledConst {
  readonly name: string;
  readonly exported: boolean;
  readonly objects: readonly SpelledObject[];
  /** Names in it, in order; `built` where its members become members of this one. */
  readonly mentions: readonly { readonly name: string; readonly built: boolean }[];
}

const beginning = /(?:^|\n)(export )?const (\w+)(?:: [^=\n]+)? = /g;
const token = new RegExp(
  [
    // A comment, a member behind it, and the word it is where it is one.
    String.raw`\/\*\*((?:(?!\*\/)[\s\S])*)\*\/`,
    String.raw`(?<=[{,/\s])(?:'([^'\n]+)'|(\w+)):(?=\s)(?:\s*z\.literal\('([^'\n]+)'\)(?=[,\s}]))?`,
    // A short way to write a member: its name alone.
    String.raw`(?<=[{,]\s*|\*\/\s*)(\w+)(?=,|\s*\})`,
    // A name, what it is built on.
    String.raw`(?:(\.\.\.)|(?<![.\w]))([A-Za-z]\w*)(\.(?:extend|omit|pick|partial|required|shape|options)\b)?`,
    // What may hold a bracket that is none: other comments, texts, expressions.
    String.raw`\/\*[\s\S]*?\*\/|\/\/[^\n]*`,
    String.raw`'(?:[^'\\\n]|\\.)*'`,
    '`(?:[^`\\\\]|\\\\.)*`',
    String.raw`(?<=\()\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/`,
    String.raw`[{}()[\];]`,
  ].join('|'),
  'g',
);

/** @param source of one file, whole */
export const spelledIn = (source: string): SpelledConst[] =>
  [...source.matchAll(beginning)].map(({ 0: whole, 1: exported, 2: name = '', index }) => ({
    name,
    exported: exported !== undefined,
    ...bodyOf(source, index + whole.length),
  }));

interface Open {
  readonly bracket: string;
  readonly keys: string[];
  readonly said: Map<string, string>;
  readonly is: Map<string, string>;
  readonly path: string;
}

/** @param from behind the `=` */
function bodyOf(source: string, from: number): Pick<SpelledConst, 'objects' | 'mentions'> {
  const objects: Open[] = [];
  const mentions: { name: string; built: boolean }[] = [];
  const stack: Open[] = [];
  let comment: string | undefined;
  const reader = new RegExp(token);
  reader.lastIndex = from;
  for (let read = reader.exec(source); read !== null; read = reader.exec(source)) {
    const [text, words, quoted, plain, literal, short, spread, name, built] = read;
    const inner = stack.at(-1);
    if (words !== undefined) {
      comment = words;
      continue;
    }
    const key = quoted ?? plain ?? (short !== undefined && inner?.bracket === '{' ? short : undefined);
    if (text === ';' && stack.length === 0) break;
    if ('{(['.includes(text)) {
      // Members of an object lie in the member whose value it is part of.
      const around = stack.findLast(({ bracket }) => bracket === '{');
      const at = around === undefined ? '' : [around.path, around.keys.at(-1)].filter(Boolean).join('.');
      const open = { bracket: text, keys: [], said: new Map(), is: new Map(), path: at };
      stack.push(open);
      if (text === '{') objects.push(open);
    } else if ('})]'.includes(text)) {
      stack.pop();
      if (stack.length === 0 && text === '}' && /^\s*(?:as const\b|\n)/.test(source.slice(reader.lastIndex))) break;
    } else if (key !== undefined && inner?.bracket === '{') {
      inner.keys.push(key);
      if (comment !== undefined) inner.said.set(key, asSentence(comment));
      if (literal !== undefined) inner.is.set(key, literal);
      if (short !== undefined) mentions.push({ name: short, built: false });
    } else {
      const mentioned = name ?? short;
      if (mentioned !== undefined)
        mentions.push({ name: mentioned, built: spread !== undefined || built !== undefined });
    }
    comment = undefined;
  }
  return { objects: objects.filter(({ keys }) => keys.length > 0), mentions };
}

/** As a sentence of Markdown: what refers to code names it. */
const asSentence = (comment: string): string =>
  comment
    .replace(/\s*\n\s*\*\s*/g, ' ')
    .replace(/\{@link ([\w.]+)\}/g, '`$1`')
    .trim();
