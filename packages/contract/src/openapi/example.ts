/**
 * An example of a schema: what a request or an answer looks like, with values of the right kind and shape. Pure: the same schema
 * gives the same example. Never anything of a real person.
 */
import type { Json, JsonSchema } from './members.ts';

/** Of what goes by these names, words a reader understands. */
const words: Readonly<Record<string, Json>> = {
  title: 'The roof of the shed',
  opening: 'Slate or zinc for the roof of the shed?',
  label: 'Roofs',
  name: 'notes',
  text: 'Zinc is lighter; your beams are thin.',
  content: 'Slate or zinc for the roof of the shed?',
  query: 'What did we decide about the roof?',
  q: 'roof',
  quoted: 'Then zinc it is, we decided.',
  snippet: 'Then zinc it is, we decided.',
  detail: 'What was wrong, in words.',
  reason: 'Why it was so, in words.',
  model: 'example-model-1',
  defaultModel: 'example-model-1',
  fileName: 'conversations.json',
  mediaType: 'application/json',
  language: 'en',
  timeZone: 'Europe/Lisbon',
  version: '0.1.0',
  did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
  account: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
  baseUrl: 'https://models.example/v1',
  network: '192.0.2.0/24',
  token: 'vivim_pat_EXAMPLE',
  externalId: 'roof-2024',
  type: 'https://vivim.dev/problems/not_found',
};
const moment = '2026-03-14T09:26:53.000Z';
const uuid = '019cec9d-7a2b-7c3d-8e4f-5a6b7c8d9e0f';
const isMoment = (name: string) => /(At|Until|From|Since|By)$|^(at|since|until|from|to|before|after)$/.test(name);

/** A text that fits the patterns the contract is written with: groups of letters, each so and so often. */
function fitting(pattern: string): string | null {
  const body = pattern.replace(/^\^/, '').replace(/\$$/, '');
  const parts = /(\\?[^[\]{}()|*+?.\\]|\\[dw.\-/]|\[(?:[^\]\\]|\\.)+\])(?:\{(\d+)(?:,(\d*))?\}|([+*?]))?/gy;
  let text = '';
  let at = 0;
  for (let part = parts.exec(body); part !== null; part = parts.exec(body)) {
    const [whole, unit = '', least, , sign] = part;
    at += whole.length;
    const times = least === undefined ? (sign === '*' || sign === '?' ? 0 : 1) : Number(least);
    text += letterOf(unit).repeat(times);
  }
  return at === body.length && new RegExp(pattern).test(text) ? text : null;
}

function letterOf(unit: string): string {
  if (unit === '\\d') return '1';
  if (unit === '\\w') return 'a';
  if (!unit.startsWith('[')) return unit.replace(/^\\/, '');
  const test = new RegExp(`^${unit}$`);
  return [...'ab1AB-_ '].find((letter) => test.test(letter)) ?? '';
}

function textOf(schema: JsonSchema, name: string): Json {
  const { format, pattern, minLength } = schema;
  if (format === 'uuid') return uuid;
  if (format === 'date-time') return moment;
  if (format === 'date') return moment.slice(0, 10);
  if (format === 'uri') return 'https://example.com/';
  const known = words[name];
  const fits = (text: string) => typeof pattern !== 'string' || new RegExp(pattern).test(text);
  if (typeof known === 'string' && fits(known)) return known;
  if (isMoment(name) && fits(moment)) return moment;
  const least = typeof minLength === 'number' ? minLength : 0;
  if (typeof pattern !== 'string') return 'text'.padEnd(least, '.');
  const shortest = fitting(pattern) ?? 'text';
  return shortest.padEnd(least, shortest.at(-1) ?? '.');
}

function numberOf({ minimum, exclusiveMinimum, maximum, default: given }: JsonSchema): Json {
  if (typeof given === 'number') return given;
  const least = typeof minimum === 'number' ? minimum : typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 0;
  return typeof maximum === 'number' && maximum <= 3 ? Math.max(least, Math.min(1, maximum)) : Math.max(least, 12);
}

/**
 * @param components what references lead to
 * @param name of the member it stands in, which says what kind of words fit
 */
export function exampleOf(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  name = '',
  depth = 0,
): Json {
  const again = (inner: Json, as: string) => exampleOf(inner as JsonSchema, components, as, depth + 1);
  const target = typeof schema.$ref === 'string' ? components[schema.$ref.split('/').at(-1) ?? ''] : undefined;
  if (target !== undefined) return exampleOf(target, components, name, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) {
    const nothing = choices.find((each) => (each as JsonSchema).type === 'null');
    // Deep down, and of what is only sometimes known, nothing is an example too.
    return nothing !== undefined && depth > 5 ? null : again(choices[0] ?? {}, name);
  }
  if (Array.isArray(schema.allOf)) return Object.assign({}, ...schema.allOf.map((each) => again(each, name)));
  if (name === 'nextCursor') return null;
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object': {
      const required = Array.isArray(schema.required) ? schema.required : [];
      const members = Object.entries((schema.properties ?? {}) as JsonSchema);
      const shown = members.filter(([key]) => required.includes(key) || (depth < 2 && members.length < 8));
      // Of what may all be left out, something.
      const told = shown.length > 0 ? shown : members.slice(0, 1);
      return Object.fromEntries(told.map(([key, inner]) => [key, again(inner, key)]));
    }
    case 'array': {
      const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
      if (Array.isArray(schema.prefixItems)) return schema.prefixItems.map((each) => again(each, name));
      if (depth > 7 && least === 0) return [];
      return Array.from({ length: Math.max(1, least) }, () => again(schema.items ?? {}, name.replace(/s$/, '')));
    }
    case 'string':
      return textOf(schema, name);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return schema.default ?? true;
    case 'null':
      return null;
    default:
      return {};
  }
}
