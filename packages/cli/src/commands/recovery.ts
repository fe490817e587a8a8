/** `vivim recovery`: how you would get back in, and what others ask of you or try on you. */
import type { RecoveryNotice, RecoverySettings } from '@vivim/contract/recovery';
import type { Command } from 'commander';
import { begunRecovery, progressText, recoveryState, type Started } from '../identity/recover.ts';
import { guardianRequests, type ShownNotice, vouchFor } from '../identity/vouch.ts';
import { show } from '../output/speak.ts';
import { table } from '../output/text.ts';
import { moment } from '../output/when.ts';
import { connect, connectWithKey, requireProfile } from '../session/connect.ts';
import { tokenAsked } from '../session/token.ts';
import type { GlobalOptions, World } from '../world.ts';
import { defineGuardians } from './recovery-guardians.ts';
import { defineRecoveryKey } from './recovery-key.ts';
import { defineRecoveryStart } from './recovery-start.ts';

export function defineRecovery(program: Command, world: World): void {
  const recovery = program
    .command('recovery')
    .summary('get back in without a device, and prepare for it')
    .description('Ways back in for the day every device is lost: a key on paper, and people who vouch for you.')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim recovery key                                  24 words to keep on paper\n  vivim recovery guardians set did:… did:… --threshold 2\n  vivim recovery start --account did:key:z6Mk…        everything is lost: ask to get back in\n  vivim recovery finish                               once the wait is over',
    );

  recovery
    .command('status')
    .description('Shows your ways back in and who is trying to use them; of a profile that recovers, how far it is.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const begun = await begunHere(world, options);
      if (begun !== null) return show(world, options, await recoveryState(world, begun), progressOf);
      const { client } = await connect(world, options);
      show(world, options, await client.getRecovery({}), settingsText);
    });

  recovery
    .command('veto')
    .description('Stops somebody who is trying to get into your account.')
    .argument('<id>', 'id of a recovery')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      await (await connectWithKey(world, options)).client.vetoRecovery({ params: { id } });
      show(
        world,
        options,
        { id, vetoed: true },
        () => 'The recovery is stopped. If you did not expect it, see: vivim account log',
      );
    });

  recovery
    .command('requests')
    .description(
      'Lists people you are a guardian of who ask to get back in, each with the six words they should be showing.',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, { items: await guardianRequests(client) }, ({ items }) => noticeTable(items));
    });

  recovery
    .command('vouch')
    .description(
      'Vouches, as a guardian, that it is your friend who asks, after they have told you the same six words.',
    )
    .argument('<id>', 'id of a recovery')
    .option('--words <six words>', 'the words your friend read to you, instead of being asked')
    .addHelpText(
      'after',
      '\nCall them, or meet them: whoever asks by mail or message may be somebody else. Your word lets a new key into their\naccount; it opens nothing to you.',
    )
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { words?: string }>();
      await vouchFor(world, await connectWithKey(world, options), id, options.words);
      show(world, options, { id, vouched: true }, () => 'You have vouched.');
    });

  defineRecoveryKey(recovery, world);
  defineGuardians(recovery, world);
  defineRecoveryStart(recovery, world);
}

async function begunHere(world: World, options: GlobalOptions) {
  if (tokenAsked(world, options) !== null) return null;
  const { name, profile } = await requireProfile(world, options);
  return begunRecovery(name, profile);
}

const progressOf = (state: Started): string =>
  [
    `Getting back into ${state.account}: ${progressText(state)}`,
    ...(state.method === 'guardians' ? [`Read these six words to each guardian: ${state.words}`] : []),
  ].join('\n');

function settingsText({ recoveryKid, guardians, pending, frozenUntil }: RecoverySettings): string {
  return [
    recoveryKid === null ? 'No recovery key. Make one: vivim recovery key' : 'A recovery key on paper.',
    guardians === null
      ? 'No guardians. Name some: vivim recovery guardians set DID… --threshold 2'
      : `${guardians.threshold} of these guardians can vouch for a new key:\n${guardians.dids.map((did) => `  ${did}`).join('\n')}`,
    ...(frozenUntil === null
      ? []
      : [`Recovered: until ${moment(frozenUntil)} nothing is deleted, exported or widened.`]),
    ...pending.map(pendingText),
  ].join('\n');
}

const pendingText = ({ id, method, did, createdAt, notBefore, approvals, threshold }: RecoveryNotice): string => {
  const far =
    notBefore === null
      ? `${approvals} of ${threshold} guardians have vouched`
      : `can be finished from ${moment(notBefore)} on`;
  return `SOMEBODY ASKS TO GET IN, ${method === 'guardians' ? 'by guardians' : 'with the recovery key'}, since ${moment(createdAt)}; ${far}.\n  ${did}\n  If it is not you: vivim recovery veto ${id}`;
};

const noticeTable = (items: readonly ShownNotice[]): string =>
  items.length === 0
    ? 'Nobody asks you to vouch.'
    : table(
        items.map(({ id, account, createdAt, approvals, threshold, words }) => [
          id,
          account,
          `since ${moment(createdAt)}`,
          `${approvals} of ${threshold}`,
          words,
        ]),
      );
