/** One line of the table of things that must be refused, and the servers it is tried on. */
import type { ErrorCode } from '@vivim/contract/errors';
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

export interface Row {
  /** `N01` and so on: never used for anything else. */
  readonly id: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  /** What else must be true, in words; the row asserts it. */
  readonly also: string;
  /** @returns what must have been refused in the row's way, each under a name */
  readonly run: (world: World) => Promise<Readonly<Record<string, Answer>>>;
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
export async function each<T>(
  cases: Readonly<Record<string, T>>,
  attempt: (one: T) => Promise<Answer>,
): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {};
  for (const [name, one] of Object.entries(cases)) answers[name] = await attempt(one);
  return answers;
}
