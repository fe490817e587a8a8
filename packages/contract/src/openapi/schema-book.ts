/**
 * The schemas of one description: each that has a name is written down once and referred to. A schema may differ by direction,
 * because what has a default may be left out of a request and is never missing from an answer; that of requests is then
 * `<name>Input`.
 */
import { z } from 'zod';
import memberWords from './member-words.json' with { type: 'json' };
import { namedSchemas, schemaOf } from './named-schemas.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonSchema = { readonly [key: string]: Json };

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

const wordsOfMembers: Readonly<Record<string, Readonly<Record<string, string>>>> = memberWords;

/** With what the comments of the contract say of its members. */
function withWords(name: string, schema: JsonSchema): JsonSchema {
  const words = wordsOfMembers[name] ?? {};
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return schema;
  const told = Object.entries(properties as Record<string, JsonSchema>).map(([key, member]): [string, JsonSchema] => {
    const description = words[key];
    return [key, description === undefined ? member : { ...member, description }];
  });
  return { ...schema, properties: Object.fromEntries(told) };
}

/** A record of every key of a list, told as the members it has. */
function membersOf({ jsonSchema }: { readonly jsonSchema: object }): void {
  const schema = jsonSchema as Record<string, Json>;
  const { required, propertyNames, additionalProperties } = schema;
  if (propertyNames === undefined || !Array.isArray(required) || additionalProperties === undefined) return;
  delete schema.propertyNames;
  schema.properties = Object.fromEntries(required.map((key) => [String(key), additionalProperties]));
  schema.additionalProperties = false;
}

export interface SchemaBook {
  /** A schema as it stands in its place: a reference where it has a name. */
  schema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  /** All that was referred to so far, by name. */
  components(): Readonly<Record<string, JsonSchema>>;
}

export function createSchemaBook(): SchemaBook {
  const written = new Map<string, JsonSchema>();

  const print = (schema: z.ZodType, io: 'input' | 'output') => {
    const options = {
      io,
      metadata: namedSchemas,
      unrepresentable: 'any',
      target: 'draft-2020-12',
      override: membersOf,
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
      return withRefs(rest, nameOf) as JsonSchema;
    },
    components: () => Object.fromEntries([...written].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
