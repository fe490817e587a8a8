/**
 * What rolling up costs: a whole history of several sizes, and one new conversation into each. Processor time of this process,
 * in which nothing else runs, beside what reading the same words costs.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { createUserSpace, type UserSpace } from '@vivim/engine/space/user-space';
import { type FilledConversation, fillSpace } from '../kit/fill-space.ts';
import { rollUp } from '../kit/profiles.ts';
import { type Figure, ms, percentile, stopwatch, times } from './measure.ts';
import { Writer } from './synthetic.ts';

const sizes = [1_000, 10_000, 50_000];
const perConversation = 20;
const newOnes = 20;

/** Names and subjects a person comes back to, among words nobody says twice. */
const subjects = ['Kubernetes', 'k8s', 'sourdough bread', 'tax return', 'my daughter Emma', 'Emma', 'Lisbon', 'Tom'];

function conversation(writer: Writer, n: number): FilledConversation {
  const about = subjects[n % subjects.length] ?? '';
  return {
    externalId: `b${n}`,
    title: writer.sentence(),
    messages: Array.from({ length: perConversation }, (_, i) => ({
      role: i % 2 === 0 ? ('user' as const) : ('assistant' as const),
      text: i % 2 === 0 ? `${writer.text(3)} I asked about ${about} and ${about}.` : writer.answer(),
      at: new Date(1.6e12 + n * 3.6e6 + i * 60_000).toISOString(),
    })),
  };
}

const queue = (space: UserSpace, from: number, to: number): void =>
  space.write((w) =>
    w.outbox.put(
      'rollup',
      Array.from({ length: to - from }, (_, i) => from + i + 1),
      0,
    ),
  );

async function benchSize(directory: string, messages: number): Promise<Figure[]> {
  const keyHex = randomBytes(32).toString('hex');
  const own = { storageId: uuidv7() as StorageId, ownerId: uuidv7(), keyHex, quotaBytes: 2 ** 34 };
  const space = createUserSpace({ ...own, directory }, systemClock);
  const writer = new Writer(7);
  const conversations = messages / perConversation;
  for (let n = 0; n < conversations; n += 250)
    fillSpace(
      space,
      Array.from({ length: Math.min(250, conversations - n) }, (_, i) => conversation(writer, n + i)),
    );
  queue(space, 0, conversations);
  const reading = stopwatch();
  for (let pk = 1; pk <= conversations; pk++) space.read((r) => r.acus.forRollup(pk));
  const read = reading().processor;
  const whole = stopwatch();
  await rollUp(space);
  const spent = whole().processor;
  const each: number[] = [];
  for (let n = 0; n < newOnes; n++) {
    fillSpace(space, [conversation(writer, conversations + n)]);
    queue(space, conversations + n, conversations + n + 1);
    const one = stopwatch();
    await rollUp(space);
    each.push(1000 * one().processor);
  }
  space.close();
  const size = messages.toLocaleString('en');
  return [
    {
      what: `full rollup of ${size} messages`,
      value: `${spent.toFixed(1)} s, ${ms((1000 * spent) / messages)} a message`,
      raw: `${read.toFixed(1)} s to read them`,
      ratio: times(spent / read),
    },
    {
      what: `one new conversation of ${perConversation} messages into ${size}`,
      value: `p50 ${ms(percentile(each, 0.5))}, p95 ${ms(percentile(each, 0.95))}`,
      ...(messages === 50_000 ? { goal: '≤ 150 ms' } : {}),
    },
  ];
}

/** Processor time, so that whatever else the machine does does not count. */
export async function benchRollup(scratch: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of sizes) figures.push(...(await benchSize(join(scratch, `rollup-${size}`), size)));
  return figures;
}
