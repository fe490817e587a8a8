/**
 * What the comments of the contract say of the members of its schemas, for the published description: read from the sources, so that
 * there is one place where it is said. Knows `export const Name = z.strictObject({…})`, `.extend({…})` of another, and objects that are
 * spread into them; anything else of a source is passed over. Pure.
 */

/** By the name of a schema and of its member. */
export type MemberWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Block {
  readonly own: ReadonlyMap<string, string>;
  /** Names of objects that are spread into it. */
  readonly spread: readonly string[];
  /** The schema it extends. */
  readonly base: string | null;
}

const beginning = /(?:^|\n)(?:export )?const (\w+)(?:: [^=\n]+)? = ([\w.\s(]*?)\(?\{/g;
const token = new RegExp(
  [
    // A comment and the member it stands before; an object that is spread in.
    String.raw`\/\*\*([\s\S]*?)\*\/\s*(?:'([^']+)'|(\w+)):`,
    String.raw`\.\.\.(\w+)`,
    // What may hold a bracket that is none: other comments, texts, expressions.
    String.raw`\/\*[\s\S]*?\*\/|\/\/[^\n]*`,
    String.raw`'(?:[^'\\\n]|\\.)*'`,
    '`(?:[^`\\\\]|\\\\.)*`',
    String.raw`(?<=\()\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/`,
    String.raw`[{}()[\]]`,
  ].join('|'),
  'g',
);

/** @param sources of a package, whole */
export function memberWords(sources: readonly string[]): MemberWords {
  const shared = new Map(sources.flatMap((source) => [...blocksOf(source)]));
  const all = sources.flatMap((source) => {
    const near = blocksOf(source);
    const find = (name: string): Block | undefined => near.get(name) ?? shared.get(name);
    return [...near].map(([name, block]) => [name, Object.fromEntries(wordsOf(block, find, 0))] as const);
  });
  const said = all.filter(([name, words]) => /^[A-Z]/.test(name) && Object.keys(words).length > 0);
  return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function wordsOf(
  { own, spread, base }: Block,
  find: (name: string) => Block | undefined,
  depth: number,
): Map<string, string> {
  const inner = [...(base === null ? [] : [base]), ...spread].flatMap((name) => find(name) ?? []);
  // A name may be that of an object of its own in another file: a circle is left.
  const others = depth > 4 ? [] : inner.flatMap((block) => [...wordsOf(block, find, depth + 1)]);
  return new Map([...others, ...own]);
}

function blocksOf(source: string): Map<string, Block> {
  const found = [...source.matchAll(beginning)].map(({ 0: whole, 1: name = '', 2: before = '', index }) => {
    const base = /^(\w+)\.extend$/.exec(before.trim())?.[1] ?? null;
    return [name, { ...bodyOf(source, index + whole.length), base }] as const;
  });
  return new Map(found);
}

/** @param from behind the brace that opens it */
function bodyOf(source: string, from: number): Omit<Block, 'base'> {
  const own = new Map<string, string>();
  const spread: string[] = [];
  const reader = new RegExp(token);
  reader.lastIndex = from;
  let depth = 0;
  for (let read = reader.exec(source); read !== null && depth >= 0; read = reader.exec(source)) {
    const [text, comment, quoted, plain, object] = read;
    if ('{(['.includes(text)) depth += 1;
    else if ('})]'.includes(text)) depth -= 1;
    else if (depth === 0 && object !== undefined) spread.push(object);
    else if (depth === 0 && comment !== undefined) own.set(quoted ?? plain ?? '', wordsIn(comment));
  }
  return { own, spread };
}

/** As a sentence of Markdown: what refers to code names it. */
const wordsIn = (comment: string): string =>
  comment
    .replace(/\s*\n\s*\*\s*/g, ' ')
    .replace(/\{@link ([\w.]+)\}/g, '`$1`')
    .trim();
