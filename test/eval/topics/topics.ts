/** `npm run eval -- topics`: whether topics are called what a person would call them, on the project's own conversations, without a server. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { builtInEmbedder } from '@vivim/contract/models';
import { uuidv7 } from '@vivim/contract/random';
import type { Embedder } from '@vivim/engine/models/embedder';
import { createUserSpace, type UserSpace } from '@vivim/engine/space/user-space';
import { EmbedQueue } from '@vivim/models/embed-queue';
import { loadMiniLm } from '@vivim/models/minilm';
import { development } from './development.ts';
import { heldOut } from './held-out.ts';
import { meaningReport, scoreMeaning } from './meaning.ts';
import {
  historyFigures,
  type ScoredHistory,
  type ScoredTalk,
  scoreDemo,
  scoreHistory,
  scoreTalks,
  type TopicFigures,
  talkFigures,
} from './score-topics.ts';

export interface TopicScores {
  readonly single: readonly ScoredTalk[];
  readonly singleHeldOut: readonly ScoredTalk[];
  readonly history: ScoredHistory;
  readonly historyHeldOut: ScoredHistory;
  readonly demo: ScoredHistory;
}

export async function scoreTopics(newSpace: () => UserSpace): Promise<TopicScores> {
  return {
    single: await scoreTalks(development, newSpace),
    singleHeldOut: await scoreTalks(heldOut, newSpace),
    history: await scoreHistory(development, newSpace()),
    historyHeldOut: await scoreHistory(heldOut, newSpace()),
    demo: await scoreDemo(newSpace()),
  };
}

/** What was missed and what came beside is told of the half the rules were made with; of the other only figures. */
export function topicReport({ single, singleHeldOut, history, historyHeldOut, demo }: TopicScores): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const line = (name: string, { precision, recall }: TopicFigures) =>
    `| ${name} | ${percent(precision)} | ${percent(recall)} |`;
  const missed = single.filter((one) => one.missed.length > 0 || one.beside.length > 0);
  const details = missed.map(
    (one) => `${one.title}: missed ${one.missed.join(', ') || 'none'}; beside ${one.beside.join(', ') || 'none'}`,
  );
  const inHistory = (name: string, one: ScoredHistory) =>
    `${name}: untold ${one.untold.join(', ') || 'none'}; beside ${one.beside.join(', ') || 'none'}`;
  return [
    '| labels | precision | recall |',
    '|---|--:|--:|',
    line('single conversations', talkFigures(single)),
    line('single conversations, held out', talkFigures(singleHeldOut)),
    line('first 20 of the history', historyFigures(history)),
    line('first 20 of the history, held out', historyFigures(historyHeldOut)),
    line('first 20 of the demo', historyFigures(demo)),
    '',
    ...details,
    inHistory('history', history),
    inHistory('demo', demo),
  ].join('\n');
}

export async function evaluateTopics(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-topics-'));
  const open: UserSpace[] = [];
  const newSpace = (): UserSpace => {
    const keyHex = randomBytes(32).toString('hex');
    const own = { storageId: uuidv7() as StorageId, ownerId: uuidv7(), keyHex, quotaBytes: 1024 ** 3 };
    const space = createUserSpace({ ...own, directory: join(directory, String(open.length)) }, systemClock);
    open.push(space);
    return space;
  };
  try {
    const queue = new EmbedQueue(loadMiniLm);
    const embedder: Embedder = { ...builtInEmbedder, embed: (texts) => queue.embed(texts, true) };
    const labels = topicReport(await scoreTopics(newSpace));
    return `${labels}\n\n${meaningReport(await scoreMeaning(newSpace, embedder))}`;
  } finally {
    for (const space of open) space.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
