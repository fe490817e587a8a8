/**
 * Carries one operation out for one person and notes what they see. What it asks depends on that person, the operation, and
 * at most one thing of the other's that is handed in; `other` is null where there is nobody else.
 */

import { askForDevice } from '../../kit/devices.ts';
import { newSessionKey } from '../../kit/proofs.ts';
import { signedAttempt, verifyWithProof } from '../../kit/sign-in.ts';
import { questionsOf } from './material.ts';
import type { Seen } from './observation.ts';
import type { Operation, OperationKind } from './operations.ts';
import { type Noun, nouns, type Person, pick, unknownId } from './person.ts';

export interface Circumstances {
  /** The other one; null when this person is alone, and then what would be the other's is nobody's. */
  readonly other: Person | null;
  /** The two words the questions are made with, whoever is here. */
  readonly words: readonly [string, string];
  /** What the other's cursor of this list was when both were here: what one hands in is one's own doing. */
  readonly foreignCursor: (list: string) => string | undefined;
}

type Perform = (person: Person, operation: Operation, circumstances: Circumstances) => Promise<unknown>;

const json = (value: unknown, headers: Record<string, string> = {}): RequestInit => ({
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json', ...headers },
});

const foreign = (noun: Parameters<typeof unknownId>[0], n: number, { other }: Circumstances): string =>
  pick(other?.alone[noun] ?? [], n) ?? unknownId(noun);

/** Asks by the main session and notes the answer under words that name no id. */
const look = async (person: Person, what: string, method: string, path: string, init?: RequestInit) =>
  person.note(what, await person.ask(method, path, init));

const memberOf = (seen: Seen, name: string): unknown => {
  try {
    return (JSON.parse(seen.body) as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
};

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Until the background of the person's engine has nothing to do; what it wrote by then does not depend on when. */
async function settle(person: Person): Promise<void> {
  for (;;) {
    const pending = memberOf(await person.ask('GET', '/v1/space'), 'pending') as Record<string, number> | undefined;
    if (pending === undefined || (pending.imports ?? 0) + (pending.rollup ?? 0) === 0) return;
    await pause();
  }
}

const bringIn: Perform = async (person, { n, m }) => {
  const text = pick(person.exports, n) ?? '';
  const key = m % 2 === 0 ? { 'idempotency-key': `${person.keyPrefix}-${n % 2}` } : {};
  const path = `/v1/imports?fileName=${m % 3 === 0 ? 'conversations.json' : 'chats.json'}`;
  const started = await look(person, 'import', 'POST', path, { body: text, headers: key });
  const id = memberOf(started, 'id');
  if (started.status !== 202 || typeof id !== 'string') return;
  person.made('imports', id);
  await settle(person);
  await look(person, 'import when it has ended', 'GET', `/v1/imports/${id}`);
};

/** Asks for a page of a list, its first, its next, or where the other's list goes on. */
async function page(person: Person, list: string, query: string, m: number, around: Circumstances): Promise<void> {
  const where = m % 4;
  // A place in the list of imports is a time, and the other's is earlier or later than one's own by chance.
  const foreign = list === '/v1/imports' ? undefined : around.foreignCursor(list);
  const cursor = where === 1 ? person.cursors.get(list) : where === 2 ? foreign : undefined;
  const on = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const seen = await look(person, `list of ${list}`, 'GET', `${list}?limit=${1 + (m % 3)}${query}${on}`);
  const next = memberOf(seen, 'nextCursor');
  if (typeof next === 'string') person.cursors.set(list, next);
}

/**
 * Topics and entities of one weight stand in the order of their ids, which are made with a secret of the space: the whole list
 * is compared, by label. The ids go by label too.
 */
async function profiles(person: Person, noun: 'topics' | 'entities'): Promise<void> {
  const seen = await person.ask('GET', `/v1/${noun}?limit=200`);
  const label = (item: { label: string }) => item.label;
  const { items } = JSON.parse(seen.body) as { items: { id: string; label: string }[] };
  const sorted = items.toSorted((a, b) => (label(a) < label(b) ? -1 : 1));
  person.own[noun].splice(0, Number.POSITIVE_INFINITY, ...sorted.map(({ id }) => id));
  person.note(`list of ${noun}`, { ...seen, body: JSON.stringify({ items: sorted }) });
}

/** Compiled ahead, whenever the background comes to it: which there are is a matter of time. */
async function bundles(person: Person, m: number): Promise<void> {
  person.search(await person.ask('GET', '/v1/bundles'));
  const id = pick(person.own.bundles, m);
  if (id !== undefined) person.search(await person.ask('GET', `/v1/bundles/${id}`));
}

const lists = ['/v1/conversations', '/v1/imports', '/v1/account/log'];
const accountPaths = [
  '/v1/me',
  '/v1/sessions',
  '/v1/devices',
  '/v1/keys',
  '/v1/keys/log',
  '/v1/keys/wraps',
  '/v1/account/log',
  '/v1/webauthn/credentials',
  '/v1/recovery',
  '/v1/devices/requests',
  '/v1/recovery/guardian-requests',
  '/v1/space',
];

const pathOf = (noun: Noun, id: string, m: number): string => {
  const below = noun === 'conversations' ? 'messages' : noun === 'messages' ? 'acus' : 'issues';
  const deeper = m % 3 === 0 && ['conversations', 'messages', 'imports'].includes(noun);
  return `/v1/${noun}/${id}${deeper ? `/${below}` : ''}`;
};

/** Changes something that is the other's; every one of them is refused as if there were no such thing. */
const meddle: Perform = async (person, { n, m }, around) => {
  const asks: (() => [string, string, RequestInit?])[] = [
    () => ['POST', `/v1/imports/${foreign('imports', m, around)}/cancel`],
    () => ['DELETE', `/v1/sessions/${foreign('sessions', m, around)}`],
    () => ['PATCH', `/v1/devices/${foreign('devices', m, around)}`, json({ nameCt: 'x'.repeat(64) })],
    () => ['DELETE', `/v1/devices/requests/${foreign('requests', m, around)}`],
    () => ['DELETE', `/v1/recovery/requests/${foreign('sessions', m, around)}`],
    () => ['POST', '/v1/context', json({ query: 'go on', conversationId: foreign('conversations', m, around) })],
  ];
  const [method, path, init] = (pick(asks, n) as () => [string, string, RequestInit?])();
  await look(person, `meddling ${n % asks.length}`, method, path, init);
};

const account: Perform = async (person, { n }) => {
  const path = pick(accountPaths, n) ?? '';
  const seen = await look(person, path, 'GET', path);
  if (path !== '/v1/devices') return;
  for (const { id } of memberOf(seen, 'items') as { id: string }[]) person.made('devices', id);
};

const token: Perform = async (person, { n }) => {
  const made = await look(person, 'token', 'POST', '/v1/tokens', json({ scopes: ['memory:read'], days: 1 + (n % 3) }));
  const authorization = `Bearer ${String(memberOf(made, 'token'))}`;
  person.note('by the token', await person.ask('GET', '/v1/conversations', { headers: { authorization } }));
};

const endSession: Perform = async (person, { n }) => {
  const session = person.extra.pop();
  if (session === undefined) return;
  if (n % 2 === 0) await look(person, 'ending a session', 'DELETE', `/v1/sessions/${session.sessionId}`);
  else person.note('signing out', await person.ask('DELETE', '/v1/sessions/current', {}, session));
  person.note('by a session that ended', await person.ask('GET', '/v1/me', {}, session));
};

const mcp: Perform = async (person, { n, m }, around) => {
  const query = pick(questionsOf(...around.words), n) ?? '';
  const calls = [
    ['search', { query, limit: 3 }],
    ['get_context', { query, budget: 2_000 }],
    ['read_conversation', { conversationId: foreign('conversations', m, around) }],
  ] as const;
  const [name, args] = calls[m % calls.length] as (typeof calls)[number];
  const init = json(
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } },
    { authorization: `Bearer ${await person.mcpToken()}`, accept: 'application/json, text/event-stream' },
  );
  const seen = await person.guest('POST', '/mcp', init);
  if (name === 'get_context') person.search(seen);
  else person.note(`tool ${name}`, seen);
};

/** Signs in with a signature that is not theirs. */
const knock: Perform = async (person) => {
  const key = newSessionKey('Ed25519');
  const attempt = await signedAttempt(person.place, person.main.identity, 'login', key.jkt, (text) => `${text}.`);
  const { status, headers, body } = await verifyWithProof(person.place, attempt, key);
  person.note('a wrong signature', { status, headers, body: JSON.stringify(body) });
};

/** A new device asks this account to let it in. Whom a stranger names is told so; that is not between the two. */
const askIn: Perform = async (person) => {
  // Of one account so many may ask in an hour.
  if (person.own.requests.length >= 10) return;
  person.made('requests', (await askForDevice(person.place, person.main.identity.did)).requestId);
  await look(person, 'who asks to be let in', 'GET', '/v1/devices/requests');
};

export const perform: Readonly<Record<OperationKind, Perform>> = {
  import: bringIn,
  search: (person, { n, m }, around) => {
    const q = encodeURIComponent(pick(questionsOf(...around.words), n) ?? '');
    return page(person, '/v1/search', `&q=${q}`, m, around);
  },
  /** Which of two topics or people of one weight comes first is the space's secret: bundles with them are searched alone. */
  async context(person, { n, m }, { words }) {
    const query = pick(questionsOf(...words), n);
    const format = pick(['markdown', 'xml', 'json', 'messages'], m);
    const whole = json({ query, budget: 2_000, format });
    if (m % 3 === 0) return person.search(await person.ask('POST', '/v1/context', whole));
    const exclude = { layers: ['L2', 'L3'] };
    return look(person, 'context', 'POST', '/v1/context', json({ query, budget: 700, format, exclude }));
  },
  list: (person, { n, m }, around) => {
    if (n % 6 === 3) return profiles(person, 'topics');
    if (n % 6 === 4) return profiles(person, 'entities');
    if (n % 6 === 5) return bundles(person, m);
    return page(person, pick(lists, n) ?? '', '', m, around);
  },
  async read(person, { n, m }) {
    const noun = pick(['conversations', 'messages', 'acus', 'topics', 'entities', 'imports'] as const, n) as Noun;
    const id = pick(person.own[noun], m) ?? unknownId(noun);
    if (noun !== 'topics' && noun !== 'entities') return look(person, `one of ${noun}`, 'GET', pathOf(noun, id, m));
    // What it says of others of one weight stands in the order of the space's secret.
    const seen = await person.ask('GET', pathOf(noun, id, m));
    person.search(seen);
    person.note(`one of ${noun}`, { ...seen, body: String(memberOf(seen, 'label') ?? memberOf(seen, 'code')) });
  },
  'read-other': (person, { n, m }, around) => {
    const noun = pick(nouns, n) as Noun;
    return look(person, `another's ${noun}`, 'GET', pathOf(noun, foreign(noun, m, around), m));
  },
  meddle,
  account,
  token,
  'sign-in': (person) => person.signInAgain(),
  'end-session': endSession,
  mcp,
  claim: (person, _, { other }) =>
    look(person, 'a claim', 'GET', '/v1/me', {
      headers: { 'x-user-id': other?.main.userId ?? unknownId('sessions') },
    }),
  garbage: (person, { n }) => {
    const asks = [
      ['POST', '/v1/context', { body: '{"query":', headers: { 'content-type': 'application/json' } }],
      ['GET', '/v1/search', {}],
      ['GET', '/v1/conversations?cursor=!!', {}],
      ['PATCH', '/v1/space', {}],
    ] as const;
    const [method, path, init] = asks[n % asks.length] as (typeof asks)[number];
    return look(person, `garbage ${n % asks.length}`, method, path, init);
  },
  knock,
  'ask-in': askIn,
  async export(person) {
    let seen = await person.ask('GET', '/v1/space/export');
    // The copy of an export just read is taken away a moment later.
    for (; seen.status === 409; seen = await person.ask('GET', '/v1/space/export')) await pause();
    person.raw.push(seen.body);
    // The bytes are searched for what is another's; where they lie in the file is the database's business.
    person.note('export', { ...seen, body: seen.body.slice(0, 16) });
  },
  evict: (person) => person.place.evict(person.main.userId),
};
