/** What every route keeps: versions, cursors, idempotency, events, security headers. Who may come to which is in roles.test.ts. */
import { ImportRun } from '@vivim/contract/imports';
import { operations, type Route, routes } from '@vivim/contract/routes';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CommonServer, commonServer } from '../kit/common-servers.ts';
import { aliceExport, manyConversations } from '../kit/exports.ts';
import { importEnd, importFile, type Person, quiet, signUp } from '../kit/people.ts';

let server: CommonServer;
let alice: Person;
let bob: Person;

beforeAll(async () => {
  server = await commonServer('off');
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
  await importFile(alice, 'many.json', manyConversations(120, 4));
  await quiet(alice, { embedding: false });
}, 120_000);

const send = async (person: Person, method: string, path: string, init: RequestInit = {}): Promise<Response> => {
  const url = `${server.url}${path}`;
  const proof = await person.authorize(method, url);
  return fetch(url, { ...init, method, headers: { ...(init.headers as Record<string, string>), ...proof } });
};

describe('every answer of a space', () => {
  it.each(
    operations.filter((operation) => {
      const { owner, method, path, answer }: Route = routes[operation];
      return owner === 'engine' && method === 'GET' && !path.includes('{') && typeof answer !== 'string';
    }),
  )('%s says its version, is private and has the shape of the contract', async (operation) => {
    const route: Route = routes[operation];
    const response = await send(
      alice,
      'GET',
      `${route.path}${operation === 'search' || operation === 'findWhereabouts' ? '?q=lighthouse' : ''}`,
    );
    expect(response.status).toBe(route.status);
    expect(Number(response.headers.get('vivim-space-version'))).toBeGreaterThan(0);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    if (route.answer !== null && typeof route.answer !== 'string') route.answer.parse(await response.json());
  });

  it('can be asked for a version it has reached', async () => {
    const { version } = await alice.client.getSpace({});
    await expect(alice.client.listTopics({ query: { minVersion: version } })).resolves.toBeTruthy();
    await expect(alice.client.listTopics({ query: { minVersion: version + 1_000 } })).rejects.toMatchObject({
      code: 'version_conflict',
    });
  });
});

describe('cursors', () => {
  it('walk a list once, in order, without gap or repeat', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await alice.client.listConversations({
        query: { limit: 7, ...(cursor === undefined ? {} : { cursor }) },
      });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const whole = await alice.client.listConversations({ query: { limit: 200 } });
    expect(seen).toEqual(whole.items.map((item) => item.id));
    expect(new Set(seen).size).toBe(120);
  });

  it('walk search results too', async () => {
    const first = await alice.client.search({ query: { q: 'lighthouse keeper', limit: 5 } });
    const second = await alice.client.search({
      query: { q: 'lighthouse keeper', limit: 5, cursor: first.nextCursor ?? '' },
    });
    const ids = [...first.items, ...second.items].map((hit) => hit.message.id);
    expect(new Set(ids).size).toBe(10);
  });
});

describe('Idempotency-Key', () => {
  it('applies an upload once, however often and however many at once', async () => {
    const person = await signUp(server.url);
    const upload = () =>
      person.client.createImport({ query: { fileName: 'a.json' }, bytes: aliceExport, idempotencyKey: 'one' });
    const first = await upload();
    const rest = await Promise.all([upload(), upload(), upload()]);
    expect(rest.map((run) => run.id)).toEqual([first.id, first.id, first.id]);
    const again = await send(person, 'POST', '/v1/imports?fileName=a.json', {
      body: aliceExport,
      headers: { 'idempotency-key': 'one', 'content-type': 'application/octet-stream' },
    });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    await importEnd(person, first.id);
    expect((await person.client.listImports({})).items).toHaveLength(1);
    await expect(
      person.client.createImport({ query: { fileName: 'other.json' }, bytes: aliceExport, idempotencyKey: 'one' }),
    ).rejects.toMatchObject({ code: 'idempotency_conflict' });
    // The same key in another person's hands is another key.
    const his = await bob.client.createImport({
      query: { fileName: 'a.json' },
      bytes: aliceExport,
      idempotencyKey: 'one',
    });
    expect(his.id).not.toBe(first.id);
    await importEnd(bob, his.id);
  });
});

describe('importing again', () => {
  it('the very same file is a no-op that says so', async () => {
    const person = await signUp(server.url);
    const first = await importFile(person, 'a.json', aliceExport);
    await quiet(person, { embedding: false });
    const counted = async () => {
      // Standing bundles are compiled when there is time for them.
      const { bundles: _, ...counts } = (await person.client.getSpace({})).counts;
      return counts;
    };
    const counts = await counted();
    const second = await importFile(person, 'a (1).json', aliceExport);
    expect(second).toMatchObject({ state: 'done', sameFileAs: first.id });
    expect(second.report.conversations).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: first.report.conversations.added,
    });
    await quiet(person, { embedding: false });
    expect(await counted()).toEqual({ ...counts, imports: 2 });
  });
});

describe('events', () => {
  it('tell an import from its first step to its end, and only to its owner', async () => {
    const person = await signUp(server.url);
    const his = new AbortController();
    const heard: string[] = [];
    const listening = (async () => {
      const stream = await bob.client.streamEvents({ signal: his.signal });
      for await (const chunk of stream.body ?? []) heard.push(new TextDecoder().decode(chunk));
    })().catch(() => {});
    const run = await person.client.createImport({ query: { fileName: 'm.json' }, bytes: manyConversations(300) });
    const response = await person.client.streamImport({ params: { id: run.id } });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk);
    const runs = [...text.matchAll(/^data: (.*)$/gm)].map((match) => ImportRun.parse(JSON.parse(match[1] ?? '').run));
    expect(runs.at(-1)).toMatchObject({ state: 'done', report: { conversations: { added: 300 } } });
    his.abort();
    await listening;
    expect(heard.join('')).not.toContain(run.id);
  });
});

describe('OpenAPI', () => {
  it('is served, names every route, and is 3.1', async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    const named = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => operation.operationId),
    );
    // One that is also answered as a stream is one operation there, with two kinds of answers.
    const first = new Map(
      operations.map((name) => [`${routes[name].method} ${routes[name].path}`, name]).reverse() as [string, string][],
    );
    expect(named.sort()).toEqual([...first.values()].sort());
    const streamed = document.paths['/v1/context'] as unknown as { post: { responses: { 200: { content: object } } } };
    expect(Object.keys(streamed.post.responses[200].content)).toEqual(['application/json', 'text/event-stream']);
  });
});
