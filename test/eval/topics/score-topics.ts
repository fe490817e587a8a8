/** How many of the topics a person would list a space shows, of single conversations and of a whole history, and how many beside. */
import type { UserSpace } from '@vivim/engine/space/user-space';
import { type FilledConversation, fillSpace } from '../../kit/fill-space.ts';
import { rollUp } from '../../kit/profiles.ts';
import { demoHistory, demoTopics } from './demo.ts';
import { type Compared, compared, type GoldenTalk, isOneOf } from './golden.ts';

export interface ScoredTalk extends Compared {
  readonly language: string;
  readonly title: string;
}

export interface ScoredHistory {
  readonly conversations: number;
  /** Conversations of which a topic is among the first labels. */
  readonly told: number;
  readonly first: number;
  readonly right: number;
  readonly untold: readonly string[];
  readonly beside: readonly string[];
}

/** Labels of a history that are looked at: what a page shows first. */
const looked = 20;

const filled = ({ title, lines }: GoldenTalk, n: number): FilledConversation => ({
  externalId: `golden-${n}`,
  title,
  messages: lines.map((text, i) => ({ text, role: i % 2 === 0 ? 'user' : 'assistant' })),
});

async function labelsOf(space: UserSpace, conversations: readonly FilledConversation[]): Promise<string[]> {
  fillSpace(space, conversations);
  space.write((w) =>
    w.outbox.put(
      'rollup',
      conversations.map((_, n) => n + 1),
      0,
    ),
  );
  await rollUp(space);
  return space.read((r) => r.topics.list({ limit: 200 }, 0)).items.map(({ label }) => label);
}

const listed = ({ topics, also = [] }: Pick<GoldenTalk, 'topics' | 'also'>): string[] => [...topics.flat(), ...also];

/** @param newSpace an empty one each time */
export async function scoreTalks(talks: readonly GoldenTalk[], newSpace: () => UserSpace): Promise<ScoredTalk[]> {
  const scored: ScoredTalk[] = [];
  for (const [n, talk] of talks.entries()) {
    const labels = await labelsOf(newSpace(), [filled(talk, n)]);
    const { language, title, lines, topics, also } = talk;
    scored.push({ language, title: title ?? lines[0] ?? '', ...compared(labels, topics, also) });
  }
  return scored;
}

/** @param space empty */
export async function scoreHistory(talks: readonly GoldenTalk[], space: UserSpace): Promise<ScoredHistory> {
  return historyOf(await labelsOf(space, talks.map(filled)), talks);
}

/** The demo history as one. @param space empty */
export async function scoreDemo(space: UserSpace): Promise<ScoredHistory> {
  const history = demoHistory();
  const talks = history.flatMap(({ title }) => {
    const golden = demoTopics[title ?? ''];
    return golden === undefined ? [] : [{ language: 'en', title: title ?? '', lines: [], ...golden }];
  });
  return historyOf(await labelsOf(space, history), talks);
}

function historyOf(labels: readonly string[], talks: readonly GoldenTalk[]): ScoredHistory {
  const first = labels.slice(0, looked);
  const untold = talks.filter(({ topics }) => !first.some((label) => isOneOf(label, topics.flat())));
  const beside = first.filter((label) => !talks.some((talk) => isOneOf(label, listed(talk))));
  return {
    conversations: talks.length,
    told: talks.length - untold.length,
    first: first.length,
    right: first.length - beside.length,
    untold: untold.map(({ title, lines }) => title ?? lines[0] ?? ''),
    beside,
  };
}

export interface TopicFigures {
  readonly precision: number;
  readonly recall: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

export function talkFigures(scored: readonly ScoredTalk[]): TopicFigures {
  const sum = (of: 'wanted' | 'found' | 'shown' | 'right') => scored.reduce((total, one) => total + one[of], 0);
  return { precision: share(sum('right'), sum('shown')), recall: share(sum('found'), sum('wanted')) };
}

export const historyFigures = ({ right, first, told, conversations }: ScoredHistory): TopicFigures => ({
  precision: share(right, first),
  recall: share(told, conversations),
});
