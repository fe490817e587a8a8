/**
 * Topics near in meaning, by the vectors of what they are called: "sneakers" and "running shoes", a question about bread and the
 * topic sourdough. Pure but for reading. Only where a model was measured: what is near for one is far for another.
 */
import type { TopicId } from '@vivim/contract/ids';
import { builtInEmbedder } from '@vivim/contract/models';
import type { TopicVector } from '../../space/stores/topic-vectors.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { languageOf } from '../../space/words/language.ts';
import { int8 } from '../retrieval/quantise.ts';

export interface Nearness {
  /** Cosine from which two labels may be one topic, have to do with each other, and a message is about a topic. */
  readonly same: number;
  readonly related: number;
  readonly atHand: number;
  /** A message is about the nearest topic, and about others this close to it. */
  readonly margin: number;
  /** What the model read when it was trained; in others it compares letters. */
  readonly language: string;
}

/** Measured by `npm run eval -- topics`. */
const measured: Readonly<Record<string, Nearness>> = {
  [builtInEmbedder.name]: { same: 0.65, related: 0.45, atHand: 0.35, margin: 0.05, language: 'en' },
};

/** Null for a model nobody measured: its vectors of labels are neither made nor read. */
export const nearnessOf = (model: string): Nearness | null => measured[model] ?? null;

export interface NearTopic {
  readonly pk: number;
  readonly id: TopicId;
  readonly key: string;
  readonly label: string;
  readonly similarity: number;
}

/** A text as a vector, and whose it is. */
export interface Meaning {
  readonly model: string;
  readonly vector: Float32Array;
}

/** Topics that are compared, the most important ones: for a page, and for a message somebody waits with. */
export const mostCompared = { page: 10_000, message: 2_000 } as const;
/** Of those near enough, the nearest are looked at. */
const mostNear = 24;

/** Shown topics a person may think of beside this one, nearest first; at least {@link Nearness.related}. */
export function nearTopics(r: SpaceReader, pk: number): NearTopic[] {
  const own = r.topicVectors.of(pk);
  const nearness = own === null ? null : nearnessOf(own.model);
  if (own === null || nearness === null || !isIn(nearness, r.topicVectors.language(pk))) return [];
  const all = r.topicVectors.madeBy(own.model, mostCompared.page);
  const near = nearest(r, nearness, all, new Int8Array(own.vector), nearness.related);
  return near.filter((other) => other.pk !== pk);
}

/** Vectors this model made of the {@link mostCompared} topics. */
export type VectorsOf = (model: string) => readonly TopicVector[];

/**
 * Shown topics a message is about by its meaning, nearest first.
 * @param vectorsOf as they are read, or remembered
 */
export function topicsMeant(
  r: SpaceReader,
  message: string,
  { model, vector }: Meaning,
  vectorsOf: VectorsOf = (by) => r.topicVectors.madeBy(by, mostCompared.message),
): NearTopic[] {
  const nearness = nearnessOf(model);
  if (nearness === null || !isIn(nearness, languageOf(message)) || !plain.test(message)) return [];
  const near = nearest(r, nearness, vectorsOf(model), new Int8Array(int8(vector)), nearness.atHand);
  const [best] = near;
  return best === undefined ? [] : near.filter(({ similarity }) => similarity >= best.similarity - nearness.margin);
}

/** Letters English has: one word of another language tells nothing else of itself. */
const plain = /^[\p{ASCII}\p{P}\p{S}\p{N}]*$/u;

const isIn = ({ language }: Nearness, spoken: string | null): boolean => spoken === null || spoken === language;

function nearest(
  r: SpaceReader,
  nearness: Nearness,
  all: readonly TopicVector[],
  vector: Int8Array,
  least: number,
): NearTopic[] {
  const length = Math.sqrt(dot(vector, vector));
  const near = new Map<number, number>();
  for (const { pk, vector: bytes } of all) {
    const other = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    if (other.length !== vector.length) continue;
    const similarity = dot(vector, other) / (length * Math.sqrt(dot(other, other)) || 1);
    if (similarity >= least) near.set(pk, similarity);
  }
  const best = [...near].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, mostNear);
  return r.topicVectors
    .shown(best.map(([pk]) => pk))
    .filter(({ pk }) => isIn(nearness, r.topicVectors.language(pk)))
    .map((topic) => ({ ...topic, similarity: near.get(topic.pk) ?? 0 }))
    .sort((a, b) => b.similarity - a.similarity || (a.key < b.key ? -1 : 1));
}

/** Of one kind of array only: it is called for every topic there is. */
function dot(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
