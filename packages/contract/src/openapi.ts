/** OpenAPI 3.1 printed from the route table. Pure: the same table gives the same document. */
import { z } from 'zod';
import { errorStatus, errorTitles } from './errors.ts';
import { headers, problemMediaType } from './http.ts';
import { Problem } from './problem.ts';
import { operations, type Route, routes } from './routes.ts';

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
};

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: object;
}

const parameters = (route: Route) => {
  const of = (where: 'path' | 'query', object: z.ZodObject): Parameter[] =>
    Object.entries(object.shape).map(([name, schema]) => ({
      name,
      in: where,
      required: where === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
      schema: jsonSchema(schema as z.ZodType, 'input'),
    }));
  const list = [...of('path', route.params), ...of('query', route.query)];
  for (const [name, schema] of Object.entries(route.headers.shape)) {
    const required = !(schema as z.ZodType).safeParse(undefined).success;
    list.push({ name, in: 'header', required, schema: jsonSchema(schema as z.ZodType, 'input') });
  }
  return route.write
    ? [
        ...list,
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          schema: { type: 'string', minLength: 1, maxLength: 255 },
          description: 'Applied once however often it is sent.',
        },
      ]
    : list;
};

const answer = (route: Route) => {
  const description = route.summary;
  if (route.answer === null || route.answer === 'headers') return { description };
  if (route.answer === 'events')
    return { description, content: { 'text/event-stream': { schema: { type: 'string' } } } };
  if (route.answer === 'bytes')
    return { description, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } };
  const version = {
    [headers.spaceVersion]: {
      schema: { type: 'integer' },
      description: 'The version of the space this answer saw or made.',
    },
  };
  return {
    description,
    ...(route.owner === 'engine' ? { headers: version } : {}),
    content: { 'application/json': { schema: jsonSchema(route.answer, 'output') } },
  };
};

const problemAnswers = (route: Route) => {
  const common = [
    'request_invalid',
    'internal',
    ...(route.scope === null ? [] : (['auth_required', 'insufficient_scope'] as const)),
  ] as const;
  const guarded = [
    ...(route.stepUp ? (['stepup_required'] as const) : []),
    ...(route.freezes ? (['recovery_frozen'] as const) : []),
  ];
  const owned = route.owner === 'engine' ? (['not_found', 'engine_unavailable', 'engine_timeout'] as const) : [];
  const codes = [
    ...new Set([
      ...common,
      ...guarded,
      ...owned,
      ...(route.write ? (['idempotency_conflict'] as const) : []),
      ...route.errors,
    ]),
  ];
  const byStatus = Map.groupBy(codes, (code) => errorStatus[code]);
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, list]) => [
        String(status),
        {
          description: list.map((code) => `\`${code}\` ${errorTitles[code]}`).join('\n'),
          content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  );
};

const requestBody = (route: Route) => {
  if (route.body === null) return {};
  const content =
    route.body === 'bytes'
      ? { [route.bodyType]: { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: jsonSchema(route.body, 'input') } };
  return { requestBody: { required: route.bodyRequired, content } };
};

/** Which credentials a route takes. What manages the account takes a key's own session and nothing that was handed out. */
const securityOf = ({ scope }: Route) => {
  if (scope === null) return [];
  const own = [{ session: [scope] }, { dpop: [scope] }];
  return scope === 'account:manage' ? own : [...own, { token: [scope] }];
};

/** The whole document; `version` is the product's. */
export function openapi(version: string): object {
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
      Object.assign(sibling, { content: { ...sibling.content, ...answer(route).content } });
      continue;
    }
    methods[method] = {
      operationId: operation,
      tags: [route.tag],
      summary: route.summary,
      security: securityOf(route),
      parameters: parameters(route),
      ...requestBody(route),
      responses: { [String(route.status)]: answer(route), ...problemAnswers(route) },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'VIVIM',
      version,
      summary: 'The memory of your life with AI, on your own server.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(Problem, 'output') },
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
