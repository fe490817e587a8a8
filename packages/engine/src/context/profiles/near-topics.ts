/**
 * Topics near in meaning, by the vectors of what they are called: "sneakers" and "running shoes", a question about bread and the
 * topic sourdough. Pure but for reading. Only where a model was measured: what is near for one is far for another.
 */
import type { TopicId } from '@vivim/contract/ids';
import { builtInEmbedder } from '@vivim/contract/models';
import type { SpaceReader } from '../../space/transactors.ts';
import { languageOf } from '../../space/words/language.ts';

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
  [builtInEmbedder.name]: { same: 0.65, related: 0.45, atHand: 0.35, margin: 0.1, language: 'en' },
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
const compared = { page: 5_000, message: 2_000 } as const;
/** Of those near enough, the nearest are asked for their language. */
const mostNear = 12;

/** Shown topics a person may think of beside this one, nearest first; at least {@link Nearness.related}. */
export function nearTopics(r: SpaceReader, pk: number): NearTopic[] {
  const own = r.topicVectors.of(pk);
  const nearness = own === null ? null : nearnessOf(own.model);
  if (own === null || nearness === null || !isIn(nearness, r.topicVectors.language(pk))) return [];
  const vector = new Int8Array(own.vector);
  return nearest(r, { model: own.model, vector }, nearness.related, compared.page, nearness).filter(
    (other) => other.pk !== pk,
  );
}

/** Shown topics a message is about by its meaning, nearest first. */
export function topicsMeant(r: SpaceReader, message: string, { model, vector }: Meaning): NearTopic[] {
  const nearness = nearnessOf(model);
  if (nearness === null || !isIn(nearness, languageOf(message)) || !/^[\p{ASCII}\p{P}\p{Emoji}]*$/u.test(message))
    return [];
  const near = nearest(r, { model, vector }, nearness.atHand, compared.message, nearness);
  const [best] = near;
  return best === undefined ? [] : near.filter(({ similarity }) => similarity >= best.similarity - nearness.margin);
}

const isIn = ({ language }: Nearness, spoken: string | null): boolean => spoken === null || spoken === language;

function nearest(
  r: SpaceReader,
  { model, vector }: { readonly model: string; readonly vector: ArrayLike<number> },
  least: number,
  most: number,
  nearness: Nearness,
): NearTopic[] {
  return r.topicVectors
    .inMeaning(model, most)
    .map(({ vector: other, ...topic }) => ({ ...topic, similarity: cosine(vector, new Int8Array(other)) }))
    .filter(({ similarity }) => similarity >= least)
    .sort((a, b) => b.similarity - a.similarity || (a.key < b.key ? -1 : 1))
    .slice(0, mostNear)
    .filter(({ pk }) => isIn(nearness, r.topicVectors.language(pk)));
}

/** 0 for vectors of different models' sizes. */
function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return 0;
  let dot = 0;
  let ofA = 0;
  let ofB = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    dot += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return dot / (Math.sqrt(ofA * ofB) || 1);
}
