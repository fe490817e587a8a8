/** `vivim identity`: make a key, register it, and say who it is. Never prints a private key. */
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { newDpopKey } from '../profile/dpop-key.ts';
import { didOf, newIdentityKey } from '../profile/identity-key.ts';
import {
  createProfile,
  discardProfile,
  type Profile,
  profilePath,
  readProfile,
  saveProfile,
} from '../profile/profile.ts';
import { requireProfile, serverOf } from '../session/connect.ts';
import { signIn } from '../session/sign-in.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';

export function defineIdentity(program: Command, world: World): void {
  const identity = program
    .command('identity')
    .summary('make an identity, show it')
    .description('Your identity is a key on this machine; the server only knows its public half.');

  identity
    .command('create')
    .description('Makes a key, registers it with the server and signs in. The server makes your space.')
    .addHelpText(
      'after',
      '\nExample:\n  vivim identity create --profile alice --server http://localhost:7717\n\nThe key lies in ~/.config/vivim/profiles/NAME.json. Whoever has it is you: keep a copy safe.',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { profile, name } = await createIdentity(world, options);
      show(
        world,
        options,
        publicPart(world, name, profile),
        ({ did, server, file }) => `You are ${did}\non ${server}.\nYour key lies in ${file}: keep a copy safe.`,
      );
    });

  identity
    .command('show')
    .description('Shows the identity of a profile without asking a server.')
    .action((_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { name, profile } = requireProfile(world, options);
      show(
        world,
        options,
        publicPart(world, name, profile),
        ({ did, server, file }) => `${did}\nprofile ${name}, server ${server}\nkey in ${file}`,
      );
    });
}

/**
 * Makes a profile and registers its key. The key is on disk before a server hears of it, and goes again if the
 * server refuses: neither side is left with half an identity.
 *
 * @throws CliError `profile_exists`
 */
export async function createIdentity(
  world: World,
  options: GlobalOptions,
): Promise<{ name: string; profile: Profile }> {
  const { configDirectory } = world.environment;
  const name = profileName(world, options);
  const server = serverOf(world, options);
  if (readProfile(configDirectory, name) !== null) {
    throw new CliError(
      'profile_exists',
      `There is a profile ${name} already. Sign in with: vivim login --profile ${name}`,
    );
  }
  const identityKey = newIdentityKey();
  const profile: Profile = {
    version: 1,
    server,
    did: didOf(identityKey),
    identityKey,
    dpopKey: await newDpopKey(),
    session: null,
  };
  createProfile(configDirectory, name, profile);
  try {
    const registered = { ...profile, session: await signIn(profile, server, 'register', world.clock) };
    saveProfile(configDirectory, name, registered);
    return { name, profile: registered };
  } catch (error) {
    discardProfile(configDirectory, name);
    throw error;
  }
}

/** What of a profile may be seen. */
export const publicPart = (world: World, name: string, { server, did, session }: Profile) => ({
  profile: name,
  server,
  did,
  userId: session?.userId ?? null,
  file: profilePath(world.environment.configDirectory, name),
});
