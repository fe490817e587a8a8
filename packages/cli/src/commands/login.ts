/** `vivim login` and `vivim logout`: begin and end a session. Other commands sign in by themselves when they must. */
import { AppError } from '@vivim/contract/errors';
import type { Command } from 'commander';
import { createIdentity, register } from '../identity/create-identity.ts';
import { settleDevice } from '../identity/settle.ts';
import { show } from '../output/speak.ts';
import { usualName } from '../profile/device-name.ts';
import { didOf } from '../profile/identity-key.ts';
import { changeProfile, readProfile } from '../profile/profile.ts';
import type { Profile } from '../profile/profile-shape.ts';
import { assertIn, openProfile, requireProfile, serverOf } from '../session/connect.ts';
import { endSession } from '../session/end-session.ts';
import { renewSession } from '../session/renew.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';
import { publicPart } from './identity.ts';

/** What a login came to. */
type Outcome = 'created' | 'registered' | 'signed-in' | 'renewed';

const outcomeText = {
  created: 'There was no such profile: made a new identity and signed in',
  registered: 'The server had not met the key: registered it and signed in',
  'signed-in': 'Signed in with the key of the profile',
  renewed: 'Signed in already: renewed the session',
} as const satisfies Record<Outcome, string>;

export function defineLogin(program: Command, world: World): void {
  program
    .command('login')
    .summary('sign in with the key of a profile')
    .description(
      'Signs in with the key of a profile, or renews the session it has. Where there is no such profile, or the server has not met its key, it is made and registered first.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim login\n  vivim login --profile alice --server https://vivim.example\n\nAsks nothing, so it works in scripts. The server named becomes the one the profile uses.',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const name = profileName(world, options);
      const known = await readProfile(world.environment.configDirectory, name);
      if (known === null) {
        const { profile } = await createIdentity(world, options);
        return shown(world, options, name, profile, 'created');
      }
      assertIn(name, known);
      const { profile, outcome } = await logIn(world, options, name, known);
      shown(world, options, name, profile, outcome);
    });

  program
    .command('logout')
    .summary('end the session')
    .description('Ends the session on the server and forgets its tokens. The key stays: `vivim login` signs in again.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { name, profile } = await requireProfile(world, options);
      const { configDirectory } = world.environment;
      const ended = await endSession({ configDirectory, name, clock: world.clock });
      show(world, options, publicPart(world, name, { ...profile, session: null }), () =>
        ended === null ? 'There was no session.' : `Signed out of ${ended}.`,
      );
    });
}

function shown(world: World, options: GlobalOptions, name: string, profile: Profile, outcome: Outcome): void {
  show(
    world,
    options,
    { ...publicPart(world, name, profile), outcome },
    ({ did, server }) => `${outcomeText[outcome]}.\nYou are ${did} on ${server}.`,
  );
}

async function logIn(
  world: World,
  options: GlobalOptions,
  name: string,
  known: Profile,
): Promise<{ profile: Profile; outcome: Outcome }> {
  const { configDirectory } = world.environment;
  const server = serverOf(world, options, known);
  const outcome = await enter(world, name, server, known);
  const moved = server !== known.server;
  const profile = await changeProfile(configDirectory, name, (current) => ({
    ...current,
    server,
    // Another server knows this device under another id, tells other events and has no name for it.
    ...(moved ? { deviceId: null, toldUpTo: null } : {}),
    ...(outcome === 'registered' ? { unsentName: current.unsentName ?? usualName() } : {}),
  }));
  await settleDevice(world, await openProfile(world, { ...options, server }, name, profile));
  return { profile, outcome };
}

async function enter(world: World, name: string, server: string, known: Profile): Promise<Outcome> {
  const { configDirectory } = world.environment;
  const stale = known.session?.server === server ? known.session : null;
  try {
    const { how } = await renewSession({ configDirectory, name, server, clock: world.clock }, stale);
    return how === 'signed-in' ? 'signed-in' : 'renewed';
  } catch (error) {
    const unknown = error instanceof AppError && error.code === 'key_not_authorized';
    // Only the key that is the account can make the account; a device that joined one must not begin another.
    if (!unknown || known.account !== didOf(known.identityKey)) throw error;
    const session = await register(world, known, server).catch((refusal: unknown) => {
      throw refusal instanceof AppError && refusal.code === 'key_in_use' ? error : refusal;
    });
    await changeProfile(configDirectory, name, (current) => ({ ...current, session }));
    return 'registered';
  }
}
