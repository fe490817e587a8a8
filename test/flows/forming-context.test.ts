/**
 * Contexts as they form, through the real gateway: the stream ends in the whole one's bytes, a client that leaves stops the work and
 * leaves no record, a page asks one thing at a time, presence tells nothing of what exists. Two people.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventData } from '@vivim/client/event-data';
import { Bundle, type ContextRequest } from '@vivim/contract/context';
import { ContextEvent } from '@vivim/contract/context-events';
import type { ConversationId } from '@vivim/contract/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../kit/command.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

/** Counting all of it takes a while: whoever leaves at the first word leaves long before the end. */
const words = (i: number): string =>
  Array.from({ length: 1_500 }, (_, j) => `w${(i * 7_919 + j * 104_729) % 99_991}${j % 12 === 11 ? '.' : ''}`).join(
    ' ',
  );
const historyOf = (name: string, length: number) =>
  JSON.stringify({
    conversations: [
      {
        externalId: `${name}-long`,
        title: `The log of ${name}`,
        messages: Array.from({ length }, (_, i) => ({
          role: 'user',
          content: `The harbour of ${name}. ${words(i)}`,
        })),
      },
      {
        externalId: `${name}-short`,
        title: 'Harbour',
        messages: [{ role: 'user', content: `The harbour of ${name} is deep.` }],
      },
    ],
  });

let server: TestServer;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  server = await startTestServer({ env: { VIVIM_MODELS: 'off', VIVIM_LOG: 'debug' } });
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
  for (const [person, name, length] of [
    [alice, 'alice', 40],
    [bob, 'bob', 2],
  ] as const) {
    await importFile(person, 'history.json', historyOf(name, length));
    await quiet(person, { embedding: false });
  }
}, 180_000);
afterAll(() => server?.stop());

const conversationOf = async (person: Person, title: RegExp): Promise<ConversationId> => {
  const { items } = await person.client.listConversations({ query: {} });
  const found = items.find((each) => title.test(each.title ?? ''));
  if (found === undefined) throw new Error(`no conversation ${title}`);
  return found.id;
};
type Asked = Partial<ContextRequest>;
const long = async (person: Person, more: Asked = {}) => ({
  query: 'How deep is the harbour?',
  budget: 1_000_000,
  conversationId: await conversationOf(person, /^The log/),
  ...more,
});
const opened = async (person: Person, body: Awaited<ReturnType<typeof long>>, signal?: AbortSignal) => {
  const response = await person.client.streamContext({ body, ...(signal === undefined ? {} : { signal }) });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  return eventsOf(response);
};
async function* eventsOf(response: Response): AsyncGenerator<ContextEvent> {
  for await (const data of eventData(response)) yield ContextEvent.parse(JSON.parse(data));
}
describe('a context as it forms', () => {
  it('comes layer by layer, and ends in what is answered whole', async () => {
    const told: ContextEvent[] = [];
    for await (const event of await opened(alice, await long(alice))) told.push(event);
    const whole = await alice.client.createContext({ body: await long(alice) });
    const last = told.at(-1);
    if (last?.type !== 'bundle') throw new Error('the last event is no bundle');
    expect({ ...last.bundle, id: whole.id, timings: {} }).toEqual({ ...whole, timings: {} });
    expect(told[0]?.type).toBe('plan');
    expect(told.filter(({ type }) => type === 'layer').length).toBeGreaterThan(3);
    expect(JSON.stringify(told)).not.toContain('harbour of bob');
  });

  it('is refused in a plain answer, of another one’s conversation as of none', async () => {
    const refusalOf = (conversationId: string) =>
      alice.client
        .streamContext({ body: { query: 'x', conversationId: conversationId as ConversationId } })
        .catch(({ code, message }: { code: string; message: string }) => ({ code, message }));
    const foreign = await refusalOf(await conversationOf(bob, /^The log/));
    expect(foreign).toMatchObject({ code: 'not_found' });
    expect(await refusalOf(`c_${'a'.repeat(32)}`)).toEqual(foreign);
  });

  it('is printed by the command, events a line or the text alone', async () => {
    const config = mkdtempSync(join(tmpdir(), 'vivim-forming-'));
    const vivim = (...args: string[]) => runCommand(args, { config, server: server.url, profile: 'carol' });
    try {
      await vivim('identity', 'create', '--name', 'carol');
      await vivim('login');
      const [lines, text, whole] = await Promise.all([
        vivim('context', 'Hello there', '--stream', '--json'),
        vivim('context', 'Hello there', '--stream'),
        vivim('context', 'Hello there', '--json'),
      ]);
      const events = lines.stdout
        .trim()
        .split('\n')
        .map((line) => ContextEvent.parse(JSON.parse(line)));
      expect(events.map(({ type }) => type).filter((type) => type !== 'layer')).toEqual(['plan', 'found', 'bundle']);
      expect([text.code, text.stdout]).toEqual([0, `${Bundle.parse(JSON.parse(whole.stdout)).text}\n`]);
      expect(text.stderr).toContain('L5  From your history: 0 tokens');
      const [presence, status] = await Promise.all([vivim('presence'), vivim('status')]);
      expect(presence.stdout).toContain('0 of 3 questions foreseen, 0 missed, 3 with nothing predicted');
      expect(status.stdout).toContain('0 of 3 questions foreseen');
    } finally {
      rmSync(config, { recursive: true, force: true });
    }
  }, 90_000);
});

describe('a client that leaves', () => {
  /** @returns whether a record of it was left */
  async function leave(query: string, streams: boolean): Promise<boolean> {
    const leaving = new AbortController();
    const body = await long(alice, { query });
    if (streams) {
      const events = await opened(alice, body, leaving.signal);
      expect((await events.next()).value?.type).toBe('plan');
      leaving.abort();
      await events.next().catch(() => undefined);
    } else {
      const answer = alice.client.createContext({ body, signal: leaving.signal }).catch(() => undefined);
      // Another question of hers is told to begin after it, so it is under way by then.
      const later = await opened(alice, await long(alice));
      await later.next();
      leaving.abort();
      await answer;
      await later.return(undefined);
    }
    expect((await bob.client.createContext({ body: await long(bob) })).citations.length).toBeGreaterThan(0);
    // Takes as long, and began later: by its end the other would have ended too.
    await alice.client.createContext({ body: await long(alice) });
    const { items } = await alice.client.listAssemblies({ query: {} });
    return items.some((record) => record.query === query);
  }

  it.each([
    ['in mid-stream', true],
    ['while it waits for the whole answer', false],
  ])('%s stops the work: no record, and others are served', async (_, streams) => {
    // On a busy machine an answer may be whole before the news arrives that nobody waits for it; not every time.
    let recorded = true;
    for (let i = 0; recorded && i < 5; i += 1) recorded = await leave(`The harbour, ${streams} ${i}`, streams);
    expect(recorded).toBe(false);
    expect(server.output()).not.toContain('request-failed');
  });

  it('is what a page does that asks something newer; another person’s page of that name is not', async () => {
    const page = 'page-of-one';
    const lastOf = async (events: AsyncGenerator<ContextEvent>): Promise<ContextEvent | null> => {
      let last: ContextEvent | null = null;
      for await (const event of events) last = event;
      return last;
    };
    /** How the older of two questions ends. */
    async function asksTwice(): Promise<ContextEvent | null> {
      const other = await opened(bob, await long(bob, { page }));
      await other.next();
      const older = await opened(alice, await long(alice, { page }));
      await older.next();
      const newer = await alice.client.createContext({ body: { query: 'Something newer', page } });
      expect(newer.tokens).toBeGreaterThan(0);
      expect((await lastOf(other))?.type).toBe('bundle');
      return lastOf(older);
    }
    // As above: the older one may be whole before the newer one has come.
    let last: ContextEvent | null = null;
    for (let i = 0; last?.type !== 'problem' && i < 5; i += 1) last = await asksTwice();
    expect(last).toMatchObject({ type: 'problem', problem: { code: 'context_superseded', status: 409 } });
  });
});

describe('presence', () => {
  const typed = 'unheardofword of the harbour';
  const say = async (person: Person, shown: object) => {
    const url = `${server.url}/v1/presence`;
    const proof = await person.authorize('PUT', url);
    const response = await fetch(url, {
      method: 'PUT',
      headers: { ...proof, 'content-type': 'application/json' },
      body: JSON.stringify({ page: 'page-one', ...shown }),
    });
    return `${response.status} ${await response.text()}`;
  };

  it('answers the same for what is hers, another one’s and nobody’s, and shows only what is hers', async () => {
    const hers = await conversationOf(alice, /^The log/);
    const answers = [
      await say(alice, { conversationId: await conversationOf(bob, /^The log/) }),
      await say(alice, { conversationId: `c_${'a'.repeat(32)}` }),
      await say(alice, { conversationId: hers, typed }),
    ];
    expect(new Set(answers)).toEqual(new Set(['204 ']));
    const foresight = () => alice.client.getForesight({});
    const openNow = async () => (await foresight()).predicted.filter(({ why, ready }) => why.includes('open') && ready);
    // Asking all the time would keep it from being made ready.
    await expect.poll(openNow, { interval: 1_000, timeout: 30_000 }).toHaveLength(1);
    const opened = await openNow();
    expect(opened.map(({ id, label }) => [id, label])).toEqual([[hers, 'The log of alice']]);
    expect(await bob.client.getForesight({})).toMatchObject({ pages: 0 });
    const { tally } = await foresight();
    await alice.client.createContext({ body: { query: 'And the harbour?', conversationId: hers } });
    expect((await foresight()).tally.hits).toBe(tally.hits + 1);
  });

  it('leaves no word in the log and none in what the space exports', async () => {
    const { version } = await alice.client.getSpace({});
    await say(alice, { typed });
    expect((await alice.client.getSpace({})).version).toBe(version);
    expect(server.output()).not.toContain('unheardofword');
    expect((await alice.client.search({ query: { q: 'unheardofword' } })).items).toEqual([]);
  });

  it('is refused from a client that says too much, by the second', async () => {
    const said = await Promise.all(Array.from({ length: 40 }, () => say(bob, { typed: 'x' })));
    expect(new Set(said.map((answer) => answer.slice(0, 3)))).toEqual(new Set(['204', '429']));
    expect(await say(alice, {})).toBe('204 ');
  });
});
