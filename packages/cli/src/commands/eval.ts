/** `vivim eval self`: how often search finds the right conversation of one's own history. Figures and ids; never what was asked. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@vivim/client/client';
import { Arm, arms } from '@vivim/contract/arms';
import {
  type Estimate,
  fewQuestions,
  type SelfEvaluation,
  type SelfFigures,
  type SelfGrouping,
  selfEvaluationLimits,
  selfGroupings,
} from '@vivim/contract/self-evaluation';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { say, show } from '../output/speak.ts';
import { count, table } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { wholeNumber } from './options.ts';

interface SelfOptions extends GlobalOptions {
  readonly conversations: number;
  readonly without?: Arm[];
}

const { conversations: limits } = selfEvaluationLimits;

function arm(text: string, before: Arm[] = []): Arm[] {
  const read = Arm.safeParse(text);
  if (!read.success) throw new InvalidArgumentError(`Choose of ${arms.join(', ')}.`);
  return [...before, read.data];
}

export function defineEval(program: Command, world: World, end: (code: ExitCode) => void): void {
  program
    .command('eval')
    .summary('how well search finds what you said')
    .description('Measures how well search finds what you said, on your own history.')
    .command('self')
    .description(
      'Asks your own search for your own conversations, by their titles and by the first thing you said in them, and shows how often the right one is found. The first message is held out meanwhile, as if you had never said it. Nothing leaves your engine but these figures.',
    )
    .addOption(
      new Option('-n, --conversations <number>', 'how many conversations to ask for')
        .argParser(wholeNumber(limits.least, limits.most))
        .default(limits.usual),
    )
    .addOption(
      new Option(
        '--without <arm>',
        `leave a way of finding out, to see what it is worth (${arms.join(', ')}); may be repeated`,
      ).argParser(arm),
    )
    .addHelpText(
      'after',
      '\nR@5 is how often the right conversation is among the first five found; MRR is the mean of one over its rank. The bounds are those of 95 %.\n\nExamples:\n  vivim eval self\n  vivim eval self --without meaning\n  vivim eval self -n 1000 --json | jq .all',
    )
    .action(async (_: unknown, command: Command) => {
      const { conversations, without = [], ...options } = command.optsWithGlobals<SelfOptions>();
      const { client } = await connect(world, options);
      await client.startSelfEvaluation({ body: { conversations, without } });
      const evaluation = await followed(world, client);
      if (evaluation.state === 'failed' || evaluation.state === 'none') end(exitCodes.unavailable);
      show(world, options, evaluation, told);
    });
}

const betweenMs = 500;
const sayEveryMs = 5_000;

/** Until it ends; an interrupt ends it, and what was asked by then is shown. */
async function followed(world: World, client: Client): Promise<SelfEvaluation> {
  let interrupted = false;
  const onInterrupt = () => {
    interrupted = true;
  };
  process.once('SIGINT', onInterrupt);
  try {
    let saidAt = world.clock();
    for (;;) {
      const evaluation = interrupted ? await client.cancelSelfEvaluation({}) : await client.getSelfEvaluation({});
      if (evaluation.state !== 'running') return evaluation;
      if (world.clock() - saidAt >= sayEveryMs) {
        saidAt = world.clock();
        const { done, of } = evaluation.progress;
        say(world, `${done} of ${count(of, 'conversation')} asked for`);
      }
      await wait(betweenMs);
    }
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

const groupNames: Readonly<Record<SelfGrouping, string>> = {
  kind: 'By question',
  source: 'By source',
  age: 'By age',
  language: 'By language',
};

/** The whole evaluation, for a person. */
export function told({ state, all, by, left, wordsAlone, without, asked, progress }: SelfEvaluation): string {
  if (state === 'none') return 'Your engine was stopped before it had asked for all. Run it again.';
  const leaving = without.length === 0 ? [] : [`Without ${without.join(', ')}.`];
  const after = `after ${progress.done} of ${count(progress.of, 'conversation')}`;
  const ended =
    state === 'cancelled'
      ? [`Stopped ${after}.`]
      : state === 'failed'
        ? [`Your engine could not go on asking ${after}.`]
        : [];
  const skipped = [
    [left.short, 'with nothing left to find once the first message is held out'],
    [left.wordless, 'with no title or first message that says something'],
    [left.ambiguous, 'that others share title or first words with'],
  ] as const;
  const leftOut = skipped.filter(([n]) => n > 0).map(([n, why]) => `  ${count(n, 'conversation')} ${why}`);
  const notAsked = leftOut.length === 0 ? [] : ['Not asked for:', ...leftOut];
  if (all === null)
    return [...leaving, ...ended, 'Too few: no question could be made of your conversations.', ...notAsked].join('\n');
  const few = all.tooFew
    ? [
        `Too few: ${count(asked, 'question')} could be asked, and below ${fewQuestions} a figure says more about chance than about search.`,
      ]
    : [];
  const alone =
    wordsAlone === 0 ? [] : [`${count(wordsAlone, 'question')} answered by words alone: the vector came too late.`];
  const rows = [
    ['', 'questions', 'R@1', 'R@5', 'R@10', 'MRR'],
    row('All', all),
    ...selfGroupings.flatMap((grouping) => {
      const groups = Object.entries(by[grouping] ?? {});
      return groups.length === 0
        ? []
        : [
            [groupNames[grouping], '', '', '', '', ''],
            ...groups.map(([name, figures]) => row(`  ${label(name)}`, figures)),
          ];
    }),
  ];
  return [...leaving, ...ended, ...few, table(rows), ...alone, ...notAsked].join('\n');
}

const label = (name: string): string => (name === 'first_message' ? 'first message' : name);
const percent = (value: number): string => (100 * value).toFixed(0);
const said = ({ mean, low, high }: Estimate): string => `${percent(mean)} (${percent(low)}–${percent(high)})`;

const row = (name: string, { questions, r1, r5, r10, mrr, tooFew }: SelfFigures): string[] => [
  name,
  `${questions}${tooFew ? ', too few' : ''}`,
  said(r1),
  said(r5),
  said(r10),
  `${mrr.mean.toFixed(2)} (${mrr.low.toFixed(2)}–${mrr.high.toFixed(2)})`,
];
