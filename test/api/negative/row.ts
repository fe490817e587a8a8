/** One line of the table of things that must be refused, and the servers it is tried on. */
import { randomInt } from 'node:crypto';
import type { Answer } from '../../kit/sign-in.ts';
import type { TestGateway } from '../../kit/test-gateway.ts';
import type { HostileHost } from './hostile-host.ts';

/** Shared by all rows. They leave nothing behind in it: other people, other challenges, the clock as they found it. */
export interface World {
  /** Where most rows knock: nothing is counted there. */
  readonly gateway: TestGateway;
  /** Another node on the same master. */
  readonly second: TestGateway;
  /** A third one that counts, and believes `X-Forwarded-For`: each row knocks from a network of its own. */
  readonly counting: TestGateway;
  /** Where `did:web`s of these gateways lead. */
  readonly host: HostileHost;
}

/**
 * How a refusal speaks: the problem of RFC 9457, the two members of RFC 6749, a redirect that carries them, or a page for the
 * person in front of it.
 */
export type Wire = 'problem' | 'oauth' | 'redirect' | 'page';

/** An answer, with its text where that is a page. */
export interface Refusal extends Answer {
  readonly text?: string;
}

export interface Row {
  /** `N01` and so on: never used for anything else. */
  readonly id: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** `problem` unless said otherwise. */
  readonly wire?: Wire;
  /** What else must be true, in words; the row asserts it. */
  readonly also: string;
  /** @returns what must have been refused in the row's way, each under a name */
  readonly run: (world: World) => Promise<Readonly<Record<string, Refusal>>>;
}

/** Does something at another time. */
export async function later<T>(gateway: TestGateway, ms: number, work: () => Promise<T>): Promise<T> {
  gateway.clockOffsetMs += ms;
  try {
    return await work();
  } finally {
    gateway.clockOffsetMs -= ms;
  }
}

/** How many rows a table of master has. */
export async function countOf(
  { master }: TestGateway,
  table: 'users' | 'sessions' | 'auth_challenges' | 'identities',
): Promise<number> {
  const { count } = await master.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Answers under the names of what was tried. */
export async function each<T, A extends Answer = Answer>(
  cases: Readonly<Record<string, T>>,
  attempt: (one: T) => Promise<A>,
): Promise<Record<string, A>> {
  const answers: Record<string, A> = {};
  for (const [name, one] of Object.entries(cases)) answers[name] = await attempt(one);
  return answers;
}

let networks = randomInt(2 ** 16);
/** Comes from a network nobody else knocks from, where a gateway believes it. */
export function ownNetwork(): { 'x-forwarded-for': string } {
  // One after the other: of two that were thrown for, one in a few runs is the same.
  networks = (networks + 1) % 2 ** 16;
  return { 'x-forwarded-for': `10.${networks >> 8}.${networks & 255}.7` };
}
