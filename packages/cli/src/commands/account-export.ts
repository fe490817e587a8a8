/** `vivim account export`: everything, as one file of one's own. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { bytes } from '../output/text.ts';
import { connectWithKey } from '../session/connect.ts';
import { download } from '../transfer/download.ts';
import type { GlobalOptions, World } from '../world.ts';

export function defineExport(account: Command, world: World): void {
  account
    .command('export')
    .description('Saves your whole space as one plain SQLite file, as it was at one moment.')
    .argument('<file>', 'where to put it; nothing that is there is replaced')
    .addHelpText(
      'after',
      '\nExample:\n  vivim account export ~/vivim-2026.db\n\nThe file is not encrypted: whoever has it can read every conversation. It is readable by you alone; keep it so.',
    )
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      if (existsSync(file)) throw new CliError('already_there', `${file} is there already and is not replaced.`);
      const { client } = await connectWithKey(world, options);
      const interrupt = new AbortController();
      const onInterrupt = () => interrupt.abort();
      process.once('SIGINT', onInterrupt);
      try {
        const { signal } = interrupt;
        const size = await download(await client.exportSpace({ signal }), file, signal);
        show(
          world,
          options,
          { file, bytes: size },
          () => `${file}: ${bytes(size)}, not encrypted. Keep it where nobody else can read it.`,
        );
      } catch (error) {
        if (!interrupt.signal.aborted) throw error;
        throw new CliError('interrupted', 'Interrupted; nothing was kept.');
      } finally {
        process.off('SIGINT', onInterrupt);
      }
    });
}
