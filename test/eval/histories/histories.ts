/** `npm run eval -- histories`: topics, names and search of made-up histories in ten languages, without a server. */
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
import { type History, historyLanguages, readHistory } from './history.ts';
import {
  bringHistory,
  foundWithin,
  type HistoryScore,
  type QuestionScore,
  scoreHistory,
  scoreQuestions,
} from './score-history.ts';

export interface ToldHistory extends HistoryScore {
  readonly byWords: readonly QuestionScore[];
  readonly withMeaning: readonly QuestionScore[];
}

const percent = (part: number, whole = 1): string => `${((100 * part) / Math.max(whole, 1e-9)).toFixed(0)} %`;

/** A line for each language, then what is missed and what stands beside. */
export function historiesReport(told: readonly ToldHistory[], strange: readonly ToldHistory[]): string {
  const rows = told.map(({ language, shown, right, wanted, found, names, byWords, withMeaning }) =>
    [
      '',
      language,
      percent(right, shown),
      percent(found, wanted),
      percent(names.right, names.shown),
      percent(names.found, names.wanted),
      percent(names.typed, names.found),
      percent(foundWithin(byWords, 3)),
      percent(foundWithin(byWords, 10)),
      percent(foundWithin(withMeaning, 3)),
      percent(foundWithin(withMeaning, 10)),
      '',
    ].join(' | '),
  );
  const details = told.flatMap(({ language, labels, missed, beside, names, byWords, withMeaning }) => [
    `${language}: labels: ${labels.slice(0, 60).join(' · ')}`,
    `${language}: topics missed: ${missed.join(', ') || 'none'}`,
    `${language}: topics beside: ${beside.join(', ') || 'none'}`,
    `${language}: names missed: ${names.missed.join(', ') || 'none'}`,
    `${language}: names beside: ${names.beside.join(', ') || 'none'}`,
    ...withMeaning.flatMap(({ question, place }, n) =>
      place === null || place > 2
        ? [`${language}: question at ${place ?? 'none'}, by words at ${byWords[n]?.place ?? 'none'}: ${question}`]
        : [],
    ),
    '',
  ]);
  return [
    '| language | labels right | topics found | names right | names found | right sort | words, of 3 | of 10 | with meaning, of 3 | of 10 |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...rows.map((row) => row.trim()),
    '',
    '| held out | labels right | topics found | names right | names found |',
    '|---|--:|--:|--:|--:|',
    ...strange.map(
      ({ language, shown, right, wanted, found, names }) =>
        `| ${language} | ${percent(right, shown)} | ${percent(found, wanted)} | ${percent(names.right, names.shown)} | ${percent(names.found, names.wanted)} |`,
    ),
    '',
    ...details,
  ].join('\n');
}

/** What is beside and missed is told of the histories the rules were made with; of those that were held out only figures. */
async function tell(history: History, space: UserSpace, embedder: Embedder | null): Promise<ToldHistory> {
  await bringHistory(space, history);
  const byWords = await scoreQuestions(space, history, null);
  const withMeaning = embedder === null ? [] : await scoreQuestions(space, history, embedder);
  return { ...scoreHistory(space, history), byWords, withMeaning };
}

/** @param languages those to be told; all where none is named */
export async function evaluateHistories(languages: readonly string[]): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-histories-'));
  const queue = new EmbedQueue(loadMiniLm);
  const embedder: Embedder = { ...builtInEmbedder, embed: (texts) => queue.embed(texts, true) };
  const told: ToldHistory[] = [];
  const strange: ToldHistory[] = [];
  const withSpace = async (name: string, use: (space: UserSpace) => Promise<ToldHistory>): Promise<ToldHistory> => {
    const keyHex = randomBytes(32).toString('hex');
    const own = { storageId: uuidv7() as StorageId, ownerId: uuidv7(), keyHex, quotaBytes: 1024 ** 3 };
    const space = createUserSpace({ ...own, directory: join(directory, name) }, systemClock);
    try {
      return await use(space);
    } finally {
      space.close();
    }
  };
  try {
    for (const language of languages.length > 0 ? languages : historyLanguages) {
      told.push(await withSpace(language, (space) => tell(readHistory(language), space, embedder)));
      strange.push(await withSpace(`${language}-held-out`, (space) => tell(readHistory(language, true), space, null)));
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return historiesReport(told, strange);
}
