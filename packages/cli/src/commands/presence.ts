/** `vivim presence`: say what you are doing now, and see what is expected to be asked next. */
import type { ConversationId, EntityId, TopicId } from '@vivim/contract/ids';
import { type Foresight, type ForesightSignal, type ForesightTally, foresightSignals } from '@vivim/contract/presence';
import type { Command } from 'commander';
import { say, show } from '../output/speak.ts';
import { count, table } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';

interface PresenceOptions extends GlobalOptions {
  readonly page: string;
  readonly conversation?: string;
  readonly topic?: string;
  readonly entity?: string;
  readonly typed?: string;
  readonly clear?: boolean;
}

export function definePresence(program: Command, world: World): void {
  program
    .command('presence')
    .summary('say what you are doing now; see what is expected next')
    .description(
      'Says what an editor, a script or you have open now, so that what is likely asked next is made ready. It is kept in the memory of your engine for five minutes and written nowhere. Without options: what is expected, and how often that was right.',
    )
    .option('--conversation <id>', 'this conversation is open')
    .option('--topic <id>', 'this topic is open')
    .option('--entity <id>', 'this person or thing is open')
    .option('--typed <text>', 'this is being typed, to be asked')
    .option('--page <name>', 'who says so: what it says next takes the place of this', 'terminal')
    .option('--clear', 'take back what was said')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim presence --conversation c_...\n  vivim presence --typed "Which glaze did" --page my-editor\n  vivim presence\n  vivim presence --json | jq .tally',
    )
    .action(async (_: unknown, command: Command) => {
      const { page, conversation, topic, entity, typed, clear, ...options } =
        command.optsWithGlobals<PresenceOptions>();
      const { client } = await connect(world, options);
      const shown = {
        ...(conversation === undefined ? {} : { conversationId: conversation as ConversationId }),
        ...(topic === undefined ? {} : { topicId: topic as TopicId }),
        ...(entity === undefined ? {} : { entityId: entity as EntityId }),
        ...(typed === undefined ? {} : { typed }),
      };
      if (clear !== true && Object.keys(shown).length === 0)
        return show(world, options, await client.getForesight({}), foresightText);
      await client.putPresence({ body: { page, ...(clear === true ? {} : shown) } });
      say(world, clear === true ? 'Taken back.' : 'Noted for five minutes.');
    });
}

const words = {
  open: 'open',
  typed: 'being typed',
  beside: 'what is open is about it',
  recent: 'asked lately',
  rhythm: 'usual at this hour',
} as const satisfies Record<ForesightSignal, string>;

function foresightText({ predicted, tally }: Foresight): string {
  const rows = predicted.map(({ kind, label, score, why, ready }) => [
    `  ${Math.round(100 * score)}%`,
    kind,
    label,
    why.map((signal) => words[signal]).join(', '),
    ready ? 'ready' : '',
  ]);
  const bySignal = foresightSignals.flatMap((signal) => {
    const { predicted: n, right } = tally.signals[signal];
    return n === 0 ? [] : [[`  ${words[signal]}`, `${right} of ${n}`]];
  });
  return [
    rows.length === 0 ? 'Nothing is expected now.' : 'Expected to be asked about next',
    ...(rows.length === 0 ? [] : [table(rows)]),
    tallyLine(tally),
    ...(bySignal.length === 0 ? [] : ['Predictions that were right', table(bySignal)]),
  ].join('\n');
}

/** `12 of 30 questions foreseen, 5 missed, 13 with nothing predicted` */
export function tallyLine({ questions, hits, misses, unpredicted }: ForesightTally): string {
  if (questions === 0) return 'no question asked yet that a prediction could be held against';
  return `${hits} of ${count(questions, 'question')} foreseen, ${misses} missed, ${unpredicted} with nothing predicted`;
}
