/**
 * What the comments of the contract say of each member of the schemas that were printed: the object of the sources that has the
 * member is found by the constant it is in, by where it lies there and by what else it has. Pure.
 */
import { type JsonSchema, membersIn } from '@vivim/contract/openapi/members';
import type { MemberWords } from '@vivim/contract/openapi/schema-book';
import { type SpelledConst, type SpelledObject, spelledIn } from './contract-objects.ts';

/** A constant is looked for in what it is built on no further than this. */
const furthest = 5;

/**
 * @param sources of the contract, whole
 * @param schemas that were printed of it, by name; `<Name>Input` is `<Name>` in requests
 */
export function memberWords(sources: readonly string[], schemas: Readonly<Record<string, JsonSchema>>): MemberWords {
  const files = sources.map(spelledIn);
  const everywhere = new Map<string, readonly [SpelledConst, readonly SpelledConst[]]>();
  for (const file of files)
    for (const each of file) if (!everywhere.has(each.name) || each.exported) everywhere.set(each.name, [each, file]);

  const words = new Map<string, Map<string, string>>();
  for (const [printed, schema] of Object.entries(schemas)) {
    const name = everywhere.has(printed) ? printed : printed.replace(/Input$/, '');
    const found = everywhere.get(name);
    if (found === undefined) continue;
    const near = levels(found, everywhere);
    const said = words.get(name) ?? new Map<string, string>();
    for (const { at, path, key, object } of membersIn(schema)) {
      const text = wordsOf(near, path, key, object);
      if (text !== undefined) said.set(at, text);
    }
    if (said.size > 0) words.set(name, said);
  }
  const sorted = [...words].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, said]) => [name, Object.fromEntries(said)]));
}

/** The objects of a constant, then those of what it is built on, and so on. */
function levels(
  from: readonly [SpelledConst, readonly SpelledConst[]],
  everywhere: ReadonlyMap<string, readonly [SpelledConst, readonly SpelledConst[]]>,
): readonly (readonly SpelledObject[])[] {
  const seen = new Set<SpelledConst>();
  const all: SpelledObject[][] = [];
  let level = [from];
  while (level.length > 0 && all.length < furthest) {
    for (const [each] of level) seen.add(each);
    all.push(level.flatMap(([{ objects }]) => [...objects]));
    level = level.flatMap(([{ mentions }, file]) =>
      mentions.flatMap(({ name, built }) => {
        const own = file.find((each) => each.name === name);
        const found = own === undefined ? everywhere.get(name) : ([own, file] as const);
        // A schema of its own that is only referred to says nothing of the members of this one.
        if (found === undefined || seen.has(found[0]) || (found[0].exported && !built && /^[A-Z]/.test(name)))
          return [];
        return [found];
      }),
    );
  }
  return all;
}

function wordsOf(
  near: readonly (readonly SpelledObject[])[],
  path: string,
  key: string,
  object: JsonSchema,
): string | undefined {
  const has = new Map(Object.entries(object));
  const shared = ({ keys }: SpelledObject) => keys.filter((other) => has.has(other)).length;
  for (const [level, objects] of near.entries()) {
    const best = objects
      .filter((each) => (level === 0 ? each.keys.includes(key) : each.said.has(key)) && fits(each, path, has, level))
      .reduce<SpelledObject | undefined>((a, b) => (a !== undefined && shared(a) >= shared(b) ? a : b), undefined);
    const said = best?.said.get(key);
    if (said !== undefined) return said;
  }
  return undefined;
}

/** An object has all its members in what it makes; what it is built on may have had some that were left out. */
function fits({ path: at, keys, is }: SpelledObject, path: string, has: ReadonlyMap<string, unknown>, level: number) {
  const there = keys.filter((other) => has.has(other)).length;
  const constant = (member: unknown) => (member as { const?: unknown } | undefined)?.const;
  if ([...is].some(([other, word]) => has.has(other) && constant(has.get(other)) !== word)) return false;
  if (level === 0) return there === keys.length && at === path;
  return there * 2 >= keys.length && (at === path || at === '' || path.endsWith(`.${at}`));
}
