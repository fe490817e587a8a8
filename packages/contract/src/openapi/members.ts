/** The members of a printed schema, however deep, and where each is: the same for who looks for their words and who writes them down. Pure. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonSchema = { readonly [key: string]: Json };

export interface Member {
  /** Where it is: `access.devices`; in a union whose kinds are spelled out there, `0|at`, `1|at`. */
  readonly at: string;
  /** The members it lies in, with dots, whatever the kinds of unions. */
  readonly path: string;
  readonly key: string;
  /** The members of its object, by name. */
  readonly object: JsonSchema;
}

const isObject = (value: Json | undefined): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every member, outer ones first. */
export function membersIn(schema: JsonSchema): Member[] {
  const found: Member[] = [];
  mapMembers(schema, (member) => {
    found.push(member);
    return undefined;
  });
  return found;
}

/** The schema again, each member with the description that is given for it; what has one keeps it where none is given. */
export function mapMembers(schema: JsonSchema, describe: (member: Member) => string | undefined): JsonSchema {
  const walk = (value: Json, at: string, path: string): Json => {
    if (Array.isArray(value)) {
      const spelled = value.filter((each) => isObject(each) && '$ref' in each === false && each.type !== 'null').length;
      return value.map((each, i) => walk(each, spelled > 1 ? `${at}${i}|` : at, path));
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([word, each]): [string, Json] => {
        if (word === 'properties' && isObject(each)) return [word, members(each, at, path)];
        return [word, walk(each, at, path)];
      }),
    );
  };
  const members = (object: JsonSchema, at: string, path: string): JsonSchema =>
    Object.fromEntries(
      Object.entries(object).map(([key, member]): [string, Json] => {
        const here = path === '' ? key : `${path}.${key}`;
        const description = describe({ at: `${at}${key}`, path, key, object });
        const inside = walk(member, `${at}${key}.`, here) as JsonSchema;
        return [key, description === undefined ? inside : { ...inside, description }];
      }),
    );
  return walk(schema, '', '') as JsonSchema;
}
