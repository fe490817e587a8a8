/**
 * One of the two: their sessions, what they were shown of their own, and what nobody else may ever be shown. Sends requests
 * and notes answers; decides nothing about what to ask.
 */
import { connectApplication, TestBrowser } from '../../kit/applications.ts';
import { ownPage, type SignedIn, signIn, signInBrowser } from '../../kit/sign-in.ts';
import { exportsOf, wordsOf } from './material.ts';
import { Normaliser, type Seen } from './observation.ts';
import type { Place } from './site.ts';

export const nouns = ['conversations', 'messages', 'acus', 'topics', 'entities', 'bundles', 'imports'] as const;
export type Noun = (typeof nouns)[number];

const prefixes: Readonly<Record<string, Noun>> = {
  c: 'conversations',
  m: 'messages',
  a: 'acus',
  t: 'topics',
  e: 'entities',
  b: 'bundles',
};

/** Ids of each kind of thing, in the order they were first shown. */
type Ids = Record<Noun | 'sessions' | 'devices' | 'requests', string[]>;
const noIds = (): Ids => ({
  conversations: [],
  messages: [],
  acus: [],
  topics: [],
  entities: [],
  bundles: [],
  imports: [],
  sessions: [],
  devices: [],
  requests: [],
});

export class Person {
  readonly name: 'alice' | 'bob';
  readonly place: Place;
  readonly canary: string;
  /** Before the keys of verbs: the same for both, and for nobody of another interleaving, or one process would know them all. */
  readonly keyPrefix: string;
  readonly exports: readonly string[];
  readonly main: SignedIn;
  readonly extra: SignedIn[] = [];
  /** What they may read. */
  readonly own = noIds();
  /** What is theirs alone: nobody else has a thing of this id. */
  readonly alone = noIds();
  /** Where their lists went on, by list. */
  readonly cursors = new Map<string, string>();
  /** What must never be shown to anybody else. */
  readonly secrets = new Set<string>();
  readonly observations: string[] = [];
  readonly #normaliser = new Normaliser();
  #mcpToken: string | null = null;

  private constructor(name: 'alice' | 'bob', seed: number, place: Place, main: SignedIn) {
    this.name = name;
    this.place = place;
    const words = wordsOf(name, seed);
    this.canary = words.canary;
    this.keyPrefix = `import-${seed}`;
    this.exports = exportsOf(words);
    this.main = main;
    this.own.sessions.push(main.sessionId);
    this.alone.sessions.push(main.sessionId);
    for (const secret of [this.canary, main.userId, main.sessionId, main.identity.did, main.identity.jkt])
      this.secrets.add(secret);
  }

  static async arrive(name: 'alice' | 'bob', seed: number, place: Place): Promise<Person> {
    return new Person(name, seed, place, await signIn(place, undefined, { alg: 'Ed25519' }));
  }

  /** Another session of the same identity. */
  async signInAgain(): Promise<void> {
    const session = await signIn(this.place, this.main.identity, { alg: 'Ed25519' });
    this.extra.push(session);
    this.secrets.add(session.sessionId);
    this.alone.sessions.push(session.sessionId);
  }

  /** Lets the application in, once, as a browser does. */
  async mcpToken(): Promise<string> {
    if (this.#mcpToken === null) {
      const { cookie } = await signInBrowser(this.place, this.main.identity);
      const browser = new TestBrowser([cookie], ownPage(this.place));
      this.#mcpToken = (await connectApplication(this.place, this.place.application, browser)).access;
    }
    return this.#mcpToken;
  }

  /** What was shown and is not compared: only searched for what is another's. Nothing is asked for because it stood there. */
  search(seen: Seen): void {
    this.raw.push(seen.body);
    this.#learn(seen.body, false);
  }

  /** Asks as themselves, by their first session unless another is named, and nothing is noted. */
  async ask(method: string, path: string, init: RequestInit = {}, session: SignedIn = this.main): Promise<Seen> {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) {
      headers.set('authorization', `DPoP ${session.token}`);
      headers.set('dpop', session.proof(method, path));
    }
    return this.guest(method, path, { ...init, headers });
  }

  async guest(method: string, path: string, init: RequestInit = {}): Promise<Seen> {
    const answer = await fetch(`${this.place.url}${path}`, { ...init, method });
    return {
      status: answer.status,
      headers: answer.headers,
      body: Buffer.from(await answer.arrayBuffer()).toString('latin1'),
    };
  }

  /** Notes an answer. @param what is asked, in words without ids */
  note(what: string, seen: Seen): Seen {
    this.observations.push(this.#normaliser.observe(what, seen));
    this.raw.push(seen.body);
    this.#learn(seen.body, true);
    return seen;
  }

  /** Every byte they were shown, for the search for what is somebody else's. */
  readonly raw: string[] = [];

  #learn(body: string, compared: boolean): void {
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return;
    }
    this.#walk(value, false, compared);
  }

  #walk(value: unknown, mine: boolean, compared: boolean): void {
    if (typeof value === 'string') {
      const noun = /^[cmateb]_[a-z2-7]{32}$/.test(value) ? prefixes[value[0] ?? ''] : undefined;
      if (noun === undefined) return;
      // Ids of topics, entities and bundles are made with a secret of the space.
      const salted = /^[teb]/.test(value);
      if (mine || salted) this.#keepAlone(noun, value);
      if ((compared && !salted) || noun === 'bundles') this.#keepOwn(noun, value);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) this.#walk(item, mine, compared);
      return;
    }
    // A thing whose title has the person's own word in it is in nobody else's space.
    const { title, label, conversation } = value as { title?: unknown; label?: unknown; conversation?: unknown };
    const own = [title, label, (conversation as { title?: unknown } | undefined)?.title].some(
      (text) => typeof text === 'string' && text.includes(this.canary),
    );
    // The ids of what a thing is about are not all its own.
    for (const [name, member] of Object.entries(value))
      this.#walk(member, own && ['id', 'conversation', 'message', 'acu'].includes(name), compared);
  }

  /** A thing of a random id. */
  made(noun: keyof Ids, id: string): void {
    this.#keepOwn(noun, id);
    this.#keepAlone(noun, id);
  }

  #keepOwn(noun: keyof Ids, id: string): void {
    if (!this.own[noun].includes(id)) this.own[noun].push(id);
  }

  #keepAlone(noun: keyof Ids, id: string): void {
    if (!this.alone[noun].includes(id)) this.alone[noun].push(id);
    this.secrets.add(id);
  }
}

/** An id nobody has, of the shape of those of a noun. */
export function unknownId(noun: keyof Ids): string {
  const letter = Object.keys(prefixes).find((one) => prefixes[one] === noun);
  return letter === undefined ? '01935870-0000-7000-8000-000000000000' : `${letter}_${'a'.repeat(32)}`;
}

export const pick = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];
