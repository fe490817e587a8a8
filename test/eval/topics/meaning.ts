/** How often vectors of labels tell what means the same, what has to do with each other, and what a message is about: with the built-in embedder. */
import { TopicEmbedding } from '@vivim/engine/context/embedders/topic-embedding';
import { nearnessOf, nearTopics, topicsMeant } from '@vivim/engine/context/profiles/near-topics';
import type { Embedder } from '@vivim/engine/models/embedder';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { fillSpace } from '../../kit/fill-space.ts';
import { messages, related, same, shelf, strangers } from './meaning-golden.ts';

export interface MeaningFigures {
  /** Of pairs that mean the same, those offered as that; so of pairs that do not, and of pairs that only share a word. */
  readonly offered: Readonly<Record<'same' | 'related' | 'strangers', number>>;
  /** The same for what a profile shows as related, or offers. */
  readonly shown: Readonly<Record<'same' | 'related' | 'strangers', number>>;
  /** Pairs of a made-up person's topics that are shown beside each other, of all there are. */
  readonly onShelf: readonly [shown: number, pairs: number];
  /** Topics brought for messages that are right; and messages about one of them that bring it. */
  readonly atHand: { readonly precision: number; readonly recall: number };
}

type Pair = readonly [string, string];

export async function scoreMeaning(newSpace: () => UserSpace, embedder: Embedder): Promise<MeaningFigures> {
  const all = await withTopics(newSpace(), [...same, ...related, ...strangers].flat(), embedder);
  const least = nearnessOf(embedder.name)?.same ?? 1;
  const between = ([one, other]: Pair): number | null =>
    all.space.read((r) => nearTopics(r, all.pk(one)).find(({ label }) => label === other)?.similarity ?? null);
  const share = (pairs: readonly Pair[], holds: (similarity: number) => boolean): number =>
    pairs.filter((pair) => {
      const similarity = between(pair);
      return similarity !== null && holds(similarity);
    }).length / pairs.length;
  const shares = (holds: (similarity: number) => boolean) => ({
    same: share(same, holds),
    related: share(related, holds),
    strangers: share(strangers, holds),
  });
  const person = await withTopics(newSpace(), shelf, embedder);
  const beside = shelf.reduce(
    (sum, label) => sum + person.space.read((r) => nearTopics(r, person.pk(label))).length,
    0,
  );
  let right = 0;
  let brought = 0;
  let told = 0;
  for (const [message, topics] of messages) {
    const [vector] = await embedder.embed([message]);
    if (vector === undefined) throw new Error('The embedder gave no vector.');
    const meant = person.space.read((r) => topicsMeant(r, message, { model: embedder.name, vector }));
    const hits = meant.filter(({ label }) => topics.includes(label)).length;
    brought += meant.length;
    right += hits;
    if (hits > 0) told += 1;
  }
  const asked = messages.filter(([, topics]) => topics.length > 0).length;
  return {
    offered: shares((similarity) => similarity >= least),
    shown: shares(() => true),
    onShelf: [beside / 2, (shelf.length * (shelf.length - 1)) / 2],
    atHand: { precision: brought === 0 ? 1 : right / brought, recall: told / asked },
  };
}

/** A space in which each label is a topic with its vector. */
async function withTopics(space: UserSpace, labels: readonly string[], embedder: Embedder) {
  fillSpace(space, [
    {
      externalId: 'labels',
      messages: [...new Set(labels)].map((label) => ({ text: label, units: [{ text: label, topics: [label] }] })),
    },
  ]);
  const task = new TopicEmbedding({ space, embedder, clock: () => 0, wake: () => {} });
  while (task.pending() > 0) await task.step(new AbortController().signal);
  const made = space.read((r) => r.topicVectors.shown(r.topicVectors.madeBy(embedder.name, 1_000).map(({ pk }) => pk)));
  const pks = new Map(made.map(({ label, pk }) => [label, pk]));
  return { space, pk: (label: string): number => pks.get(label) ?? -1 };
}

export function meaningReport({ offered, shown, onShelf, atHand }: MeaningFigures): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const line = (name: string, of: MeaningFigures['offered']) =>
    `| ${name} | ${percent(of.same)} | ${percent(of.related)} | ${percent(of.strangers)} |`;
  return [
    '| pairs of labels | the same | related | strangers with a word in common |',
    '|---|--:|--:|--:|',
    line('offered as the same', offered),
    line('shown beside each other', shown),
    '',
    `Of ${onShelf[1]} pairs of one person's topics ${onShelf[0]} are shown beside each other.`,
    `Topics at hand by meaning: precision ${percent(atHand.precision)}, recall ${percent(atHand.recall)} of ${messages.length} messages that name none.`,
  ].join('\n');
}
