/** What a person feels of others' imports: the same search, while the server is quiet and while somebody else's export comes in. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ConversationId } from '@vivim/contract/ids';
import { importEnd, type Person, quiet, signUp } from '../kit/people.ts';
import type { TestServer } from '../kit/server.ts';
import { type Figure, ms, percentile, times } from './measure.ts';
import type { Stage } from './neighbour-import.ts';
import { engines, firstThread } from './processes.ts';
import { writeExport } from './synthetic.ts';
import { uploadFile } from './upload.ts';

/** Between two searches; and how many are asked while nobody imports, and at least while somebody does. */
const pauseMs = 10;
const asked = 1_000;
const unmeasured = 100;

export async function benchNeighbour(server: TestServer, scratch: string): Promise<Figure[]> {
  const [alice, bob] = [await signUp(server.url), await signUp(server.url)];
  await historyOf(server, scratch, alice);
  const guess = await timeOfGuesses(alice, bob);
  return [
    ...(await searchBesideImport(server, scratch)),
    {
      what: 'time that tells a foreign id from one nobody has: difference of p50 over 600 guesses',
      value: ms(Math.abs(guess.foreign - guess.nobody)),
      raw: ms(guess.nobody),
      goal: '< 1 ms',
    },
  ];
}

async function historyOf(server: TestServer, scratch: string, person: Person): Promise<void> {
  const file = join(scratch, 'neighbour.json');
  writeExport(file, { messages: 5_000 }, 31);
  await importEnd(person, (await uploadFile(server.url, person, file)).id);
  await quiet(person, { embedding: false });
}

/** What one feels of others, who import one after the other: the same search, at each stage of their imports. */
export async function searchBesideImport(server: TestServer, scratch: string): Promise<Figure[]> {
  const bob = await signUp(server.url);
  await historyOf(server, scratch, bob);
  // Theirs is the last that was started.
  const chain = [server.pid, engines(server.pid).at(-1)?.pid ?? server.pid];
  const spent = (what: 'computed' | 'waited') => chain.reduce((sum, pid) => sum + firstThread(pid)[what], 0);
  const ask = async (): Promise<Asked> => {
    const [start, computed, waited] = [performance.now(), spent('computed'), spent('waited')];
    await bob.client.search({ query: { q: 'what did we say about the plan', limit: 10 } });
    const taken = performance.now() - start;
    return { taken, computed: spent('computed') - computed, waited: spent('waited') - waited };
  };
  const alone: Asked[] = [];
  for (let round = 0; round < asked + unmeasured; round += 1) {
    alone.push(await ask());
    await pause(pauseMs);
  }
  const large = join(scratch, 'import.json');
  writeExport(large, { bytes: 40e6 }, 32);
  const beside: Record<Stage, Asked[]> = { between: [], upload: [], import: [], following: [] };
  const others = importing(server, large);
  while (others.stage() !== null) {
    const stage = others.stage() ?? 'between';
    beside[stage].push(await ask());
    if (beside.import.length >= asked) others.end();
    await pause(pauseMs);
  }
  await others.ended;
  const calm = alone.slice(unmeasured);
  const processor = (asked: readonly Asked[]): string => `${shape(asked, 'computed')}; ${shape(asked, 'waited')}`;
  const told: readonly (readonly [Stage, string, string?])[] = [
    ['import', 'somebody else imports 40 MB', '≤ 2x'],
    ['upload', 'they send it'],
    ['following', 'their topics and memories are made of it'],
  ];
  return told.flatMap(([stage, while_, goal]): Figure[] => [
    {
      what: `a search p50, p95, p99 while ${while_} (raw: nobody does), ${beside[stage].length} asked`,
      value: shape(beside[stage], 'taken'),
      raw: shape(calm, 'taken'),
      ratio: times(percentile(of(beside[stage], 'taken'), 0.99) / percentile(of(calm, 'taken'), 0.99)),
      ...(goal === undefined ? {} : { goal }),
    },
    {
      what: 'of that gateway and engine computed; and waited for a processor',
      value: processor(beside[stage]),
      raw: processor(calm),
    },
  ]);
}

/** One search: how long it took, and of that what gateway and engine computed, and waited for their turn. Milliseconds. */
interface Asked {
  readonly taken: number;
  readonly computed: number;
  readonly waited: number;
}

const of = (asked: readonly Asked[], what: keyof Asked): number[] => asked.map((one) => one[what]);
const shape = (asked: readonly Asked[], what: keyof Asked): string =>
  [0.5, 0.95, 0.99].map((share) => ms(percentile(of(asked, what), share))).join(', ');

/** Others who import, in a process of their own; where they are, null at the end. @throws Error through `ended` where one failed */
function importing(server: TestServer, file: string) {
  const program = fileURLToPath(new URL('./neighbour-import.ts', import.meta.url));
  const child = spawn(process.execPath, [program, server.url, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  let stage: Stage | null = 'between';
  createInterface(child.stdout).on('line', (line) => {
    stage = line as Stage;
  });
  const ended = once(child, 'exit').then(([code]) => {
    stage = null;
    if (code !== 0) throw new Error('The other import failed.');
  });
  ended.catch(() => {});
  return { stage: () => stage, ended, end: () => void child.stdin.end() };
}

/** Somebody's ids and ids of nobody, asked for in turn by somebody else. Milliseconds at the median. */
async function timeOfGuesses(owner: Person, guesser: Person): Promise<{ foreign: number; nobody: number }> {
  const { items } = await owner.client.listConversations({ query: { limit: 100 } });
  const guess = async (id: string) => {
    const start = performance.now();
    await guesser.client.getConversation({ params: { id: id as ConversationId } }).catch(() => undefined);
    return performance.now() - start;
  };
  const [foreign, nobody]: [number[], number[]] = [[], []];
  for (let round = 0; round < 300; round += 1) {
    const id = items[round % items.length]?.id ?? '';
    foreign.push(await guess(id));
    nobody.push(await guess(`${id.slice(0, 2)}${[...id.slice(2)].reverse().join('')}`));
  }
  return { foreign: percentile(foreign, 0.5), nobody: percentile(nobody, 0.5) };
}
