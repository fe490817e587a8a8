/** `vivim login` and `vivim logout`: begin and end a session. Other commands sign in by themselves when they must. */
import type { Command } from 'commander';
import { say, show } from '../output/speak.ts';
import { readProfile, saveProfile } from '../profile/profile.ts';
import { connect, requireProfile, serverOf } from '../session/connect.ts';
import { signInOrRegister } from '../session/sign-in.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';
import { createIdentity, publicPart } from './identity.ts';

export function defineLogin(program: Command, world: World): void {
  program
    .command('login')
    .summary('sign in with the key of a profile')
    .description(
      'Signs in with the key of a profile. Where there is no such profile, or the server has not met its key, it is made and registered first.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim login\n  vivim login --profile alice --server https://vivim.example\n\nAsks nothing, so it works in scripts. The server named becomes the one the profile uses.',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { configDirectory } = world.environment;
      const name = profileName(world, options);
      const known = readProfile(configDirectory, name);
      if (known === null) {
        const { profile } = await createIdentity(world, options);
        say(world, `There was no profile ${name}; made a new identity.`);
        return show(world, options, { ...publicPart(world, name, profile), registered: true }, signedIn);
      }
      const server = serverOf(world, options, known);
      const { session, registered } = await signInOrRegister(known, server, world.clock);
      const profile = { ...known, server, session };
      saveProfile(configDirectory, name, profile);
      if (registered) say(world, 'This server had not met the key; it is registered now.');
      show(world, options, { ...publicPart(world, name, profile), registered }, signedIn);
    });

  program
    .command('logout')
    .summary('end the session')
    .description('Ends the session on the server and forgets its token. The key stays: `vivim login` signs in again.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { name, profile } = requireProfile(world, options);
      if (profile.session !== null) {
        const { client } = await connect(world, { ...options, server: profile.session.server });
        await client.endSession({});
        saveProfile(world.environment.configDirectory, name, { ...profile, session: null });
      }
      show(
        world,
        options,
        publicPart(world, name, { ...profile, session: null }),
        () => `Signed out of ${profile.session?.server ?? profile.server}.`,
      );
    });
}

const signedIn = ({ did, server }: { did: string; server: string }): string => `Signed in to ${server} as ${did}`;
