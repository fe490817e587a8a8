/**
 * How an import or a large erasure is coming along: a bar where there is a terminal, a line now and then where there is none.
 * Always on standard error.
 */
import { type ErasureReceipt, erasureProgress } from '@vivim/contract/erasure';
import type { ImportRun } from '@vivim/contract/imports';
import { type PaceSample, remainingSeconds, speedOf, withSample } from '@vivim/contract/pace';
import cliProgress from 'cli-progress';
import type { World } from '../world.ts';
import { say } from './speak.ts';
import { bytes, count, duration } from './text.ts';

export interface Progress {
  readonly sending: (sent: number, size: number | null) => void;
  readonly importing: (run: ImportRun) => void;
  readonly erasing: (receipt: ErasureReceipt) => void;
  /** Clears the bar; what was said in lines stays. */
  readonly stop: () => void;
}

/** Where a transfer stands: fraction done if it can be known, and the rest in words. */
interface Standing {
  readonly stage: string;
  readonly fraction: number | null;
  readonly words: readonly string[];
}

const rate = (bytesPerSecond: number) => (bytesPerSecond > 0 ? [`${bytes(bytesPerSecond)}/s`] : []);
const left = (seconds: number | null) =>
  seconds === null || !Number.isFinite(seconds) ? [] : [`${duration(seconds)} left`];

function sendingStanding(sent: number, size: number | null, samples: readonly PaceSample[], nowMs: number): Standing {
  return {
    stage: 'sending',
    fraction: size === null || size === 0 ? null : sent / size,
    words: [bytes(sent), ...rate(speedOf(samples, nowMs) ?? 0), ...left(remainingSeconds(samples, size, nowMs))],
  };
}

export function importStanding({ state, progress }: Pick<ImportRun, 'state' | 'progress'>): Standing {
  const { bytesRead, bytesTotal, bytesPerSecond, remainingSeconds, conversations } = progress;
  return {
    stage: state === 'running' ? 'importing' : state,
    fraction: bytesTotal === null || bytesTotal === 0 ? null : Math.min(1, bytesRead / bytesTotal),
    words: [count(conversations, 'conversation'), ...rate(bytesPerSecond), ...left(remainingSeconds)],
  };
}

export function erasingStanding(receipt: Pick<ErasureReceipt, 'left' | 'removed'>): Standing {
  const { done, total } = erasureProgress(receipt);
  return {
    stage: 'erasing',
    fraction: done / total,
    words: [`${done.toLocaleString('en')} of ${count(total - 1, 'conversation')}`],
  };
}

const percent = (fraction: number | null) => (fraction === null ? '' : `${Math.floor(fraction * 100)} %`);

export function createProgress(world: World, fileName: string): Progress {
  const draw = world.stderr.isTTY === true ? bar(world, fileName) : linesNowAndThen(world, fileName);
  let samples: readonly PaceSample[] = [];
  return {
    sending(sent, size) {
      const now = world.clock();
      samples = withSample(samples, now, sent);
      draw.at(sendingStanding(sent, size, samples, now));
    },
    importing: (run) => draw.at(importStanding(run)),
    erasing: (receipt) => draw.at(erasingStanding(receipt)),
    stop: draw.stop,
  };
}

interface Drawing {
  readonly at: (standing: Standing) => void;
  readonly stop: () => void;
}

function bar(world: World, fileName: string): Drawing {
  const single = new cliProgress.SingleBar({
    stream: world.stderr as NodeJS.WriteStream,
    format: (options, params, payload: { standing?: Standing }) => {
      const { stage = 'starting', fraction = null, words = [] } = payload.standing ?? {};
      const drawn = cliProgress.Format.BarFormat(fraction === null ? 0 : params.progress, options);
      return [fileName, stage.padEnd(9), drawn, percent(fraction).padStart(5), words.join(' · ')].join('  ');
    },
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: null,
    fps: 10,
  });
  single.start(1, 0, {});
  return {
    at: (standing) => single.update(standing.fraction ?? 0, { standing }),
    stop: () => single.stop(),
  };
}

/** For a log file: nothing about what is over in a moment, then a line when a stage begins and now and then. */
const stageMs = 1_000;
const sameStageMs = 5_000;

function linesNowAndThen(world: World, fileName: string): Drawing {
  let stage = '';
  let saidAt = world.clock();
  return {
    at: (standing) => {
      const now = world.clock();
      if (now - saidAt < (standing.stage === stage ? sameStageMs : stageMs)) return;
      stage = standing.stage;
      saidAt = now;
      const words = [`${fileName}: ${stage}`, percent(standing.fraction), ...standing.words];
      say(world, words.filter((word) => word !== '').join(', '));
    },
    stop: () => undefined,
  };
}
