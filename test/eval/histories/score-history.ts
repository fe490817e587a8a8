/** How a space tells a history that came in as a ChatGPT export: what its topics and names are called, and what its search finds. */
import { systemClock } from '@vivim/contract/clock';
import { entityProfile } from '@vivim/engine/context/profiles/assemble-profile';
import { EmbeddingService } from '@vivim/engine/context/retrieval/embedding-service';
import { Retriever } from '@vivim/engine/context/retrieval/retriever';
import { VectorIndex } from '@vivim/engine/context/retrieval/vector-index';
import type { Embedder } from '@vivim/engine/models/embedder';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { newCapture } from '../../kit/capture.ts';
import { dialogue } from '../../kit/exports.ts';
import { rollUp } from '../../kit/profiles.ts';
import { type Compared, compared, isOneOf } from '../topics/golden.ts';
import type { History } from './history.ts';

/** Topics among the first labels, and of those how many a person would list or not mind. */
export interface HistoryScore extends Compared {
  readonly language: string;
  readonly labels: readonly string[];
  readonly names: Compared & { readonly typed: number };
}

/** Labels that are looked at: what a page shows first. */
const looked = 60;
const day = 86_400;
const began = 1_735_700_000;

/** Bring it in and roll it up. @param space empty */
export async function bringHistory(space: UserSpace, { language, talks }: History): Promise<void> {
  const file = talks.map(({ title, lines }, n) => dialogue(`${language}-${n}`, title, lines, began + 3 * n * day));
  await newCapture(space).bring(JSON.stringify(file));
  await rollUp(space);
}

/** @param space that the history was brought into */
export function scoreHistory(space: UserSpace, history: History): HistoryScore {
  const labels = space.read((r) => r.topics.list({ limit: 200 }, 0)).items.map(({ label }) => label);
  return {
    language: history.language,
    ...compared(labels.slice(0, looked), history.topics, history.alsoTopics),
    labels,
    names: scoreNames(space, history),
  };
}

function scoreNames(space: UserSpace, { names, alsoNames }: History): HistoryScore['names'] {
  const shown = space.read((r) => r.entities.list({ limit: 200 }, 0)).items;
  const profiles = space.read((r) => shown.flatMap(({ id }) => entityProfile(r, id, 0) ?? []));
  const calledSo = (profile: (typeof profiles)[number], wanted: readonly string[]): boolean =>
    [profile.name, ...profile.aliases, ...profile.parts].some((name) => isOneOf(name, wanted));
  const missed: string[] = [];
  let found = 0;
  let typed = 0;
  for (const { type, names: called } of names) {
    const one = profiles.find((profile) => calledSo(profile, called));
    if (one === undefined) missed.push(called[0] ?? '');
    else {
      found += 1;
      if (type === null || one.type === type) typed += 1;
      else missed.push(`${called[0]} is a ${type}, not ${one.type}`);
    }
  }
  const fine = [...names.flatMap((one) => one.names), ...alsoNames];
  const beside = profiles.filter((profile) => !calledSo(profile, fine)).map(({ name }) => name);
  return {
    shown: shown.length,
    right: shown.length - beside.length,
    wanted: names.length,
    found,
    typed,
    missed,
    beside,
  };
}

export interface QuestionScore {
  readonly question: string;
  /** Place of the first message of its conversation among those found, from 0; null beyond ten. */
  readonly place: number | null;
}

/** @param embedder null: by words alone */
export async function scoreQuestions(
  space: UserSpace,
  { language, talks }: History,
  embedder: Embedder | null,
): Promise<QuestionScore[]> {
  const vectors = embedder === null ? null : new VectorIndex(space, embedder);
  if (vectors !== null && embedder !== null) {
    const service = new EmbeddingService({ space, embedder, vectors, clock: systemClock, wake: () => {} });
    while (service.pending() > 0) await service.step(new AbortController().signal);
    await vectors.ready();
    // A question's vector is waited for 150 ms, and a busy machine may load the model for longer.
    await embedder.embed(['warm']);
  }
  const retriever = new Retriever({ space, embedder, vectors, clock: systemClock });
  const scores: QuestionScore[] = [];
  for (const [n, { questions }] of talks.entries())
    for (const question of questions) {
      const ask = () => retriever.retrieve({ text: question, limit: 10, perMessage: 1 });
      let answer = await ask();
      for (let tries = 0; embedder !== null && !answer.meaningReady && tries < 20; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        answer = await ask();
      }
      const place = answer.candidates.findIndex(({ message }) =>
        (message.externalId ?? '').startsWith(`${language}-${n}-`),
      );
      scores.push({ question, place: place < 0 ? null : place });
    }
  return scores;
}

/** Share of the questions whose conversation is among the first so many. */
export const foundWithin = (scores: readonly QuestionScore[], most: number): number =>
  scores.filter(({ place }) => place !== null && place < most).length / scores.length;
