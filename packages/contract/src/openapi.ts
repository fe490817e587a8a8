/** OpenAPI 3.1 printed from the route table. Pure: the same table gives the same document. */
import type { z } from 'zod';
import { AppError, type ErrorCode, errorStatus, errorTitles } from './errors.ts';
import { headers, problemMediaType } from './http.ts';
import { eventSchemas, firstKinds } from './openapi/event-schemas.ts';
import { exampleOf } from './openapi/example.ts';
import memberWords from './openapi/member-words.json' with { type: 'json' };
import type { JsonSchema } from './openapi/members.ts';
import { parameterWords } from './openapi/parameter-words.ts';
import { introduction, routeWords } from './openapi/route-words.ts';
import { createSchemaBook, type MemberWords, type SchemaBook } from './openapi/schema-book.ts';
import { Problem, toProblem } from './problem.ts';
import { tagWords } from './routes/tags.ts';
import { operations, type Route, routes } from './routes.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

const idempotencyKey = { $ref: '#/components/parameters/IdempotencyKey' } as const;

function parameters(operation: string, route: Route, book: SchemaBook) {
  const of = (where: Parameter['in'], object: z.ZodObject): Parameter[] =>
    Object.entries(object.shape).map(([name, schema]) => {
      const description = parameterWords(operation, name);
      return {
        name,
        in: where,
        required: where === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
        ...(description === undefined ? {} : { description }),
        schema: book.schema(schema as z.ZodType, 'input'),
      };
    });
  const list = [...of('path', route.params), ...of('query', route.query), ...of('header', route.headers)];
  return route.write ? [...list, idempotencyKey] : list;
}

function json(schema: z.ZodType, io: 'input' | 'output', book: SchemaBook) {
  const printed = book.schema(schema, io);
  const example = exampleOf(printed, book.components());
  // An example that is none would teach what is refused.
  return { schema: printed, ...(schema.safeParse(example).success ? { example } : {}) };
}

/** OpenAPI 3.1 has no word for what a stream is made of: what each `data` is stands as the content of the text. */
function events(operation: string, book: SchemaBook) {
  const sent = eventSchemas[operation];
  if (sent === undefined) return { schema: { type: 'string' } };
  const told = firstKinds(sent).map((kind) => exampleOf(book.schema(kind, 'output'), book.components()));
  const value = told.map((data, i) => `id: ${41 + i}\ndata: ${JSON.stringify(data)}\n\n`).join('');
  return {
    schema: {
      type: 'string',
      description: 'Server-sent events. Each `data` is one of these.',
      contentMediaType: 'application/json',
      contentSchema: book.schema(sent, 'output'),
    },
    examples: { events: { summary: 'How it begins', value } },
  };
}

function answer(
  operation: string,
  route: Route,
  book: SchemaBook,
): { description: string; content?: object; headers?: object } {
  const description = route.summary;
  if (route.answer === null || route.answer === 'headers') return { description };
  if (route.answer === 'events') return { description, content: { 'text/event-stream': events(operation, book) } };
  if (route.answer === 'bytes')
    return { description, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } };
  const version = { [headers.spaceVersion]: { $ref: '#/components/headers/SpaceVersion' } };
  return {
    description,
    ...(route.owner === 'engine' ? { headers: version } : {}),
    content: { 'application/json': json(route.answer, 'output', book) },
  };
}

function codesOf(route: Route): ErrorCode[] {
  const common: readonly ErrorCode[] = [
    'request_invalid',
    'internal',
    ...(route.scope === null ? [] : (['auth_required', 'insufficient_scope'] as const)),
  ];
  const guarded: readonly ErrorCode[] = [
    ...(route.stepUp ? (['stepup_required'] as const) : []),
    ...(route.freezes ? (['recovery_frozen'] as const) : []),
  ];
  const owned: readonly ErrorCode[] =
    route.owner === 'engine' ? ['not_found', 'engine_unavailable', 'engine_timeout'] : [];
  return [
    ...new Set([
      ...common,
      ...guarded,
      ...owned,
      ...(route.write ? (['idempotency_conflict'] as const) : []),
      ...route.errors,
    ]),
  ];
}

const problemAnswer = (codes: readonly ErrorCode[]) => ({
  description: codes.map((code) => `\`${code}\` ${errorTitles[code]}`).join('\n'),
  content: {
    [problemMediaType]: {
      schema: { $ref: '#/components/schemas/Problem' },
      example: toProblem(new AppError(codes[0] ?? 'internal')),
    },
  },
});

/** @param refusals answers that were written down already, by the codes they stand for */
function problemAnswers(route: Route, refusals: Map<string, object>) {
  const byStatus = Map.groupBy(codesOf(route), (code) => errorStatus[code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => {
        const name = codes.join('.');
        refusals.set(name, problemAnswer(codes));
        return [String(status), { $ref: `#/components/responses/${name}` }];
      }),
  );
}

function requestBody(route: Route, book: SchemaBook) {
  if (route.body === null) return {};
  const content =
    route.body === 'bytes'
      ? { [route.bodyType]: { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': json(route.body, 'input', book) };
  return { requestBody: { required: route.bodyRequired, content } };
}

/** Which credentials a route takes. What manages the account takes a key's own session and nothing that was handed out. */
const securityOf = ({ scope }: Route) => {
  if (scope === null) return [];
  const own = [{ session: [] }, { dpop: [] }];
  return scope === 'account:manage' ? own : [...own, { token: [] }];
};

/**
 * The whole document.
 * @param version the product's
 * @param words of members: those that were last read from the comments of the contract
 */
export function openapi(version: string, words: MemberWords = memberWords): object {
  const book = createSchemaBook(words);
  const refusals = new Map<string, object>();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const route: Route = routes[operation];
    const methods = paths[route.path] ?? {};
    paths[route.path] = methods;
    const method = route.method.toLowerCase();
    // An operation that is also answered as a stream is one operation there, with two kinds of answers.
    const other = methods[method] as { responses: Record<string, { content?: object }> } | undefined;
    const sibling = other?.responses[String(route.status)];
    if (sibling !== undefined) {
      Object.assign(sibling, { content: { ...sibling.content, ...answer(operation, route, book).content } });
      continue;
    }
    methods[method] = {
      operationId: operation,
      tags: [route.tag],
      summary: route.summary,
      description: routeWords(route),
      security: securityOf(route),
      parameters: parameters(operation, route, book),
      ...requestBody(route, book),
      responses: { [String(route.status)]: answer(operation, route, book), ...problemAnswers(route, refusals) },
    };
  }
  const problem = book.schema(Problem, 'output');
  const used = new Set(operations.map((operation) => routes[operation].tag as string));
  return {
    openapi: '3.1.0',
    info: {
      title: 'VIVIM',
      version,
      summary: 'The memory of your life with AI, on your own server.',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server.' }],
    tags: Object.entries(tagWords)
      .filter(([name]) => used.has(name))
      .map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { ...book.components(), ...(problem.$ref === undefined ? { Problem: problem } : {}) },
      responses: Object.fromEntries([...refusals].sort(([a], [b]) => (a < b ? -1 : 1))),
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          schema: { type: 'string', minLength: 1, maxLength: 255 },
          description: 'A name of your making for this write: applied once however often it is sent.',
        },
      },
      headers: {
        SpaceVersion: {
          schema: { type: 'integer' },
          description: 'The version of the space this answer saw or made.',
        },
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-sid',
          description: 'Browser session; Origin is checked on every write.',
        },
        token: {
          type: 'http',
          scheme: 'Bearer',
          description: 'Personal access token, or the token of an application.',
        },
        dpop: { type: 'http', scheme: 'DPoP', description: 'Access token bound to a key (RFC 9449).' },
      },
    },
  };
}
