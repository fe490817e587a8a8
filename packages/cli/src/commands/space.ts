/** `vivim space`: the space as a whole: taking it along, bringing it in. */
import type { Command } from 'commander';
import type { ExitCode } from '../output/exit-code.ts';
import type { World } from '../world.ts';
import { defineSpaceExport } from './space-export.ts';
import { defineSpaceImport } from './space-import.ts';

export function defineSpace(program: Command, world: World, end: (code: ExitCode) => void): void {
  const space = program
    .command('space')
    .summary('take everything along, bring it in elsewhere')
    .description('Your space as a whole: everything you brought in and all that was made of it.')
    .addHelpText('after', '\nExamples:\n  vivim space export ~/vivim-2026.zip\n  vivim space import ~/vivim-2026.zip');
  defineSpaceExport(space, world);
  defineSpaceImport(space, world, end);
}
