/**
 * `vivim serve`: the server in this process, until it is told to stop. The one command that is no client;
 * watchers it starts beside the server are processes of their own, and clients like any other.
 */

import type { ConfigFlags } from '@vivim/gateway/config/config';
import type { Command } from 'commander';
import { askSecret } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { profilesToWatch } from '../config/environment.ts';
import { say } from '../output/speak.ts';
import { requireProfile } from '../session/connect.ts';
import { watchBeside } from '../watch/beside-server.ts';
import type { World } from '../world.ts';

export function defineServe(program: Command, world: World): void {
  program
    .command('serve')
    .summary('run the server')
    .description(
      'Runs the server: gateway, models and database, with one engine process for each person who is active.',
    )
    .option('--port <number>', 'TCP port; 0 takes a free one (VIVIM_PORT, 7717)')
    .option('--host <address>', 'address to listen on; 0.0.0.0 for all (VIVIM_HOST, 127.0.0.1)')
    .option('--data-dir <directory>', 'where everything is kept (VIVIM_DATA_DIR, ~/.local/share/vivim)')
    .option('--watch <profile...>', 'beside it, watch the AI programs of this account for these profiles (VIVIM_WATCH)')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim serve\n  vivim serve --port 8080 --data-dir /srv/vivim\n  vivim serve --watch alice\n\nStops cleanly on Ctrl-C; everything is kept in the data directory.',
    )
    .action(async ({ watch, ...flags }: ConfigFlags & { readonly watch?: readonly string[] }) => {
      const profiles = [...new Set(watch ?? profilesToWatch())];
      for (const profile of profiles) await requireProfile(world, { profile });
      const [{ serve }, { ConfigError }] = await Promise.all([
        import('@vivim/gateway/main'),
        import('@vivim/gateway/config/config'),
      ]);
      try {
        await serve(
          flags,
          world.stdin.isTTY ? (question, signal) => askSecret(world, question, signal) : undefined,
          (url) => (profiles.length === 0 ? null : watchBeside(profiles, url, (line) => say(world, line))),
        );
      } catch (error) {
        throw error instanceof ConfigError ? new CliError('usage', error.message, { cause: error }) : error;
      }
    });
}
