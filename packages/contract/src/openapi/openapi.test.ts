/** The published description says of every operation what it does, shows what it looks like, and refers to nothing that is not there. */
import { describe, expect, it } from 'vitest';
import { openapi } from '../openapi.ts';
import { operations, type Route, routes } from '../routes.ts';
import { membersSaid } from './common-words.ts';
import { eventSchemas } from './event-schemas.ts';
import { type JsonSchema, membersIn } from './members.ts';
import { parametersSaid, parameterWords } from './parameter-words.ts';

interface Content {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: string }>>;
}
interface Described {
  readonly operationId: string;
  readonly description: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}
const document = openapi('0.0.0') as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};
const text = JSON.stringify(document);
const described = new Map(
  Object.values(document.paths).flatMap((methods) => Object.values(methods).map((each) => [each.operationId, each])),
);
const shown = operations.filter((operation) => described.has(operation));

describe('the published description', () => {
  it('holds every operation, or the one it is a stream of', () => {
    const streams = operations
      .filter((operation) => !described.has(operation))
      .map((operation): Route => routes[operation]);
    expect(streams.map(({ answer }) => answer)).toEqual(streams.map(() => 'events'));
  });

  it.each(shown)('%s: its examples are what the route takes and gives', (operation) => {
    const { body, answer, status }: Route = routes[operation];
    const { requestBody, responses } = described.get(operation) ?? {};
    if (body !== null && body !== 'bytes') {
      const example = requestBody?.content['application/json']?.example;
      expect(body.safeParse(example).error?.issues).toBeUndefined();
    }
    if (answer === null || typeof answer === 'string') return;
    const example = responses?.[status]?.content?.['application/json']?.example;
    expect(example).toBeDefined();
    expect(answer.safeParse(example).error?.issues).toBeUndefined();
  });

  it('says of each whom it is for', () => {
    for (const { operationId, description } of described.values())
      expect(description, operationId).toMatch(/Open to guests|Needs the scope|For the owner|For operators/);
  });

  it('says of each stream what it is made of, and shows how it begins', () => {
    const streams = operations.filter((operation) => (routes[operation] as Route).answer === 'events');
    expect(Object.keys(eventSchemas).sort()).toEqual([...streams].sort());
    for (const operation of streams) {
      const { path, method, status }: Route = routes[operation];
      const stream = document.paths[path]?.[method.toLowerCase()]?.responses[status]?.content?.['text/event-stream'];
      const begins = stream?.examples?.events?.value ?? '';
      const data = begins.split('\n').flatMap((line) => (line.startsWith('data: ') ? JSON.parse(line.slice(6)) : []));
      expect(data.length).toBeGreaterThan(0);
      for (const one of data) expect(eventSchemas[operation]?.safeParse(one).error?.issues).toBeUndefined();
    }
  });

  it('says of each parameter what it means, and nothing of any that is not there', () => {
    const said = new Set<string>();
    for (const operation of shown) {
      const { params, query, headers }: Route = routes[operation];
      for (const name of [params, query, headers].flatMap(({ shape }) => Object.keys(shape))) {
        expect(parameterWords(operation, name), `${operation} ${name}`).toMatch(/^[A-Z\d`].*\.$/);
        said.add(parametersSaid.includes(`${operation} ${name}`) ? `${operation} ${name}` : name);
      }
    }
    expect([...said].sort()).toEqual([...parametersSaid].sort());
  });

  it('says of each member what it means, and nothing of any that is nowhere', () => {
    const bodies = [...described].flatMap(([operation, { requestBody, responses }]) =>
      [requestBody, ...Object.values(responses)].map((body) => [operation, body] as const),
    );
    const all = [...Object.entries(document.components.schemas ?? {}), ...bodies].flatMap(([name, schema]) =>
      membersIn((schema ?? {}) as JsonSchema).map((member) => ({ name, ...member })),
    );
    const plain = /^[A-Z\d`].*[.…]$/;
    const unsaid = all.filter(({ key, object }) => {
      const { description } = object[key] as { description?: unknown };
      return typeof description !== 'string' || !plain.test(description);
    });
    expect(unsaid.map(({ name, at }) => `${name}.${at}`)).toEqual([]);
    const there = new Set(all.map(({ key }) => key));
    expect(membersSaid.filter((member) => !there.has(member))).toEqual([]);
  });

  it('refers to nothing that is not there, and names nothing nobody refers to', () => {
    const refs = new Set(
      [...text.matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)].map(([, kind, name]) => `${kind} ${name}`),
    );
    const { securitySchemes: _, ...referable } = document.components;
    const there = Object.entries(referable).flatMap(([kind, all]) => Object.keys(all).map((name) => `${kind} ${name}`));
    expect([...refs].sort()).toEqual(there.sort());
  });

  it('is the same twice', () => {
    expect(JSON.stringify(openapi('0.0.0'))).toBe(text);
  });
});
