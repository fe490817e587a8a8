/** `vivim space import`: a space that was taken along, brought in here. */
import type { Command } from 'commander';
import type { ExitCode } from '../output/exit-code.ts';
import { connect } from '../session/connect.ts';
import { ifAllowed } from '../session/token.ts';
import type { GlobalOptions, World } from '../world.ts';
import { importAll } from './import.ts';

export function defineSpaceImport(space: Command, world: World, end: (code: ExitCode) => void): void {
  space
    .command('import')
    .summary('bring a space in that was taken along')
    .description(
      'Brings in an archive that "vivim space export" made, here or on another server, or the SQLite file of this very account.',
    )
    .argument('<file>', 'the archive')
    .addHelpText(
      'after',
      `
Examples:
  vivim space import ~/vivim-2026.zip
  vivim space import ~/vivim-2026.zip --json | jq .conversations

Into an empty space everything comes as it was: ids, links, citations, topics, bundles, the history of imports. Into one that
has something, conversations join what is there, and topics, entities and bundles are found anew. Nothing here is replaced.
A file that was changed after it was made is refused, and the report says which one.`,
    )
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const connection = await connect(world, options);
      await ifAllowed(connection.client.getMe({}));
      end(await importAll(world, connection, [file], { ...options, source: 'vivim' }));
    });
}
