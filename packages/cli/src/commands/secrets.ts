/** `vivim secrets`: keys, tokens and card numbers found in what came in, and what becomes of them. Never prints one. */
import type { SecretId } from '@vivim/contract/ids';
import { type Secret, type SecretDecision, type SecretRule, secretRules } from '@vivim/contract/secrets';
import { Argument, type Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { secretSettingsText, secretTable } from '../output/secret-text.ts';
import { show } from '../output/speak.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

const decisions: readonly { readonly name: SecretDecision; readonly says: string }[] = [
  { name: 'keep', says: 'Lets contexts for an AI hold these secrets like any other words.' },
  { name: 'withhold', says: 'Leaves these secrets out of every context; you still find them in their conversation.' },
];

export function defineSecrets(program: Command, world: World): void {
  const secrets = program
    .command('secrets')
    .summary('keys and tokens found in what came in')
    .description(
      'Keys, tokens, private keys and card numbers are found as they come in. By itself a secret stays where it was said and no context for an AI holds it. What it says is never printed here.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim secrets list\n  vivim secrets rule mask           nothing that is found from now on is stored\n  vivim secrets keep s_…            this one may be given to an AI\n  vivim erase secret s_…            take one out of everything that is stored',
    );
  secrets
    .command('list')
    .description('Lists what was found: what sort it is, where it stands, whether contexts leave it out.')
    .addOption(limitOption(50))
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const found = await collect<Secret>(options.limit, 200, (query) => client.listSecrets({ query }));
      show(world, options, found, ({ items }) => secretTable(items));
    });
  for (const { name, says } of decisions) {
    secrets
      .command(name)
      .description(says)
      .argument('[id...]', 'ids of secrets')
      .option('--all', 'every secret there is')
      .action(async (ids: SecretId[], _: unknown, command: Command) => {
        const options = command.optsWithGlobals<GlobalOptions & { all?: true }>();
        if (ids.length > 0 === (options.all === true))
          throw new CliError('usage', 'Name secrets by their ids, or say --all.');
        const { client } = await connect(world, options);
        const body = { ids: options.all ? null : ids, decision: name };
        show(world, options, await client.decideSecrets({ body }), ({ decided }) =>
          decided === 0 ? 'Nothing changed.' : `Changed: ${decided}.`,
        );
      });
  }
  secrets
    .command('rule')
    .description('Shows or sets what becomes of a secret nobody decided on: withhold, mask (do not store it) or keep.')
    .addArgument(new Argument('[rule]', 'the rule from now on').choices(secretRules))
    .action(async (rule: SecretRule | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const settings =
        rule === undefined ? await client.getSecretSettings({}) : await client.setSecretSettings({ body: { rule } });
      show(world, options, settings, secretSettingsText);
    });
}
