/**
 * The schemas of one description: each that has a name is written down once and referred to. A schema may differ by direction,
 * because what has a default may be left out of a request and is never missing from an answer; that of requests is then
 * `<name>Input`.
 */
import { z } from 'zod';
import { commonWords } from './common-words.ts';
import { type Json, type JsonSchema, mapMembers } from './members.ts';
import { namedSchemas, schemaOf } from './named-schemas.ts';

const pointer = '#/$defs/';

function withRefs(value: Json, nameOf: (name: string) => string): Json {
  if (Array.isArray(value)) return value.map((each) => withRefs(each, nameOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) =>
      key === '$ref' && typeof each === 'string' && each.startsWith(pointer)
        ? [key, `#/components/schemas/${nameOf(each.slice(pointer.length))}`]
        : [key, withRefs(each, nameOf)],
    ),
  );
}

/** What is said of members, by the name of their schema and by where they are in it. */
export type MemberWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface SchemaBook {
  /** A schema as it stands in its place: a reference where it has a name. */
  schema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  /** All that was referred to so far, by name. */
  components(): Readonly<Record<string, JsonSchema>>;
}

/** @param words of the comments of the contract; where they say nothing, what is said of that member wherever it stands */
export function createSchemaBook(words: MemberWords): SchemaBook {
  const withWords = (name: string, schema: JsonSchema): JsonSchema =>
    mapMembers(schema, ({ at, key, object }) => words[name]?.[at] ?? commonWords(key, object[key] as JsonSchema));
  const written = new Map<string, JsonSchema>();

  const print = (schema: z.ZodType, io: 'input' | 'output') => {
    const options = {
      io,
      metadata: namedSchemas,
      unrepresentable: 'any',
      target: 'draft-2020-12',
    } as const;
    const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(schema, options) as Record<string, Json>;
    return { rest, defs: $defs as Record<string, JsonSchema> };
  };
  /** Whether two directions of one name say the same; asked of the name's own print, so that the order of routes decides nothing. */
  const differs = new Map<string, boolean>();
  const isOther = (name: string): boolean => {
    const known = differs.get(name);
    if (known !== undefined) return known;
    const own = schemaOf.get(name);
    const other = own !== undefined && JSON.stringify(print(own, 'input')) !== JSON.stringify(print(own, 'output'));
    differs.set(name, other);
    return other;
  };

  return {
    schema(schema, io) {
      const { rest, defs } = print(schema, io);
      const nameOf = (name: string) => (io === 'input' && isOther(name) ? `${name}Input` : name);
      for (const [name, definition] of Object.entries(defs)) {
        const { id: _, ...body } = definition;
        written.set(nameOf(name), withWords(name, withRefs(body, nameOf) as JsonSchema));
      }
      return withWords('', withRefs(rest, nameOf) as JsonSchema);
    },
    components: () => Object.fromEntries([...written].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
