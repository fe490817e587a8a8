/** What a person feels of another one's import: the same search, while the server is quiet and while somebody else's export comes in. */
import { join } from 'node:path';
import type { ConversationId } from '@vivim/contract/ids';
import { importEnd, type Person, quiet, signUp } from '../kit/people.ts';
import type { TestServer } from '../kit/server.ts';
import { type Figure, ms, percentile, times } from './measure.ts';
import { writeExport } from './synthetic.ts';
import { uploadFile } from './upload.ts';

const pauseMs = 20;

export async function benchNeighbour(server: TestServer, scratch: string): Promise<Figure[]> {
  const [alice, bob] = [await signUp(server.url), await signUp(server.url)];
  const felt = await whileImporting(server, scratch, alice, bob);
  const guess = await timeOfGuesses(alice, bob);
  return [
    felt,
    {
      what: 'time that tells a foreign id from one nobody has: difference of p50 over 600 guesses',
      value: ms(Math.abs(guess.foreign - guess.nobody)),
      raw: ms(guess.nobody),
      goal: '< 1 ms',
    },
  ];
}

/** Two new people: what one feels of the other's import. */
export const searchBesideImport = async (server: TestServer, scratch: string): Promise<Figure> =>
  whileImporting(server, scratch, await signUp(server.url), await signUp(server.url));

async function whileImporting(server: TestServer, scratch: string, alice: Person, bob: Person): Promise<Figure> {
  const small = join(scratch, 'neighbour.json');
  const large = join(scratch, 'import.json');
  writeExport(small, { messages: 5_000 }, 31);
  writeExport(large, { bytes: 40e6 }, 32);
  await importEnd(bob, (await uploadFile(server.url, bob, small)).id);
  await quiet(bob, { embedding: false });
  const ask = async () => {
    const start = performance.now();
    await bob.client.search({ query: { q: 'what did we say about the plan', limit: 10 } });
    return performance.now() - start;
  };
  const idle: number[] = [];
  for (let round = 0; round < 300; round += 1) {
    idle.push(await ask());
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  const { id } = await uploadFile(server.url, alice, large);
  let importing = true;
  const end = importEnd(alice, id).finally(() => {
    importing = false;
  });
  const busy: number[] = [];
  while (importing) {
    busy.push(await ask());
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  if ((await end).state !== 'done') throw new Error('The import failed.');
  const [calm, loaded] = [percentile(idle, 0.99), percentile(busy, 0.99)];
  const halves = `p50 ${ms(percentile(idle, 0.5))} alone, ${ms(percentile(busy, 0.5))} beside it`;
  return {
    what: `a search p99 while somebody else imports 40 MB (raw: nobody does; ${halves}), ${busy.length} asked`,
    value: ms(loaded),
    raw: ms(calm),
    ratio: times(loaded / calm),
    goal: '≤ 2x',
  };
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
