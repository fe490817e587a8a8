/** `vivim status`: how the server is, who you are there, and how your space is doing. */

import { createClient } from '@vivim/contract/client';
import type { Health, SpaceStatus } from '@vivim/contract/health';
import type { Command } from 'commander';
import { show } from '../output/speak.ts';
import { bytes, count } from '../output/text.ts';
import { readProfile } from '../profile/profile.ts';
import { connect, serverOf } from '../session/connect.ts';
import { reach } from '../session/reach.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';

export interface Status {
  readonly server: string;
  readonly health: Health;
  /** Null without a profile: health is open to guests. */
  readonly identity: { readonly profile: string; readonly did: string; readonly userId: string } | null;
  readonly space: SpaceStatus | null;
}

export function defineStatus(program: Command, world: World): void {
  program
    .command('status')
    .summary('how server and space are doing')
    .description('Shows how the server is and, with a profile, who you are there and how your space is doing.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      show(world, options, await statusOf(world, options), statusText);
    });
}

async function statusOf(world: World, options: GlobalOptions): Promise<Status> {
  const name = profileName(world, options);
  const profile = readProfile(world.environment.configDirectory, name);
  const server = serverOf(world, options, profile ?? undefined);
  const health = await createClient({ baseUrl: server, fetch: reach(server) }).getHealth({});
  if (profile === null) return { server, health, identity: null, space: null };
  const { client, did } = await connect(world, options);
  const [me, space] = await Promise.all([client.getMe({}), client.getSpace({})]);
  return { server, health, identity: { profile: name, did, userId: me.userId }, space };
}

function statusText({ server, health, identity, space }: Status): string {
  const { master, models, engines } = health;
  const lines = [
    `${server}: ${health.status}, version ${health.version}`,
    `  master ${master.status} (${master.kind}), models ${models.status} (${models.embedder ?? 'no embedder'})`,
    `  engines ${engines.mode}, walls ${engines.jail}, ${engines.running} running`,
  ];
  if (identity === null || space === null) return [...lines, 'No profile here yet: vivim identity create'].join('\n');
  const { counts, pending } = space;
  const work = [
    ...(pending.imports > 0 ? [count(pending.imports, 'import')] : []),
    ...(pending.rollup > 0 ? [`${pending.rollup} to roll up`] : []),
    ...(pending.embedding > 0 ? [`${pending.embedding} to embed`] : []),
  ];
  return [
    ...lines,
    `You are ${identity.did} (profile ${identity.profile})`,
    `  ${count(counts.conversations, 'conversation')}, ${count(counts.messages, 'message')}, ${count(counts.acus, 'unit')}`,
    `  ${count(counts.topics, 'topic')}, ${count(counts.entities, 'entity', 'entities')}, ${count(counts.bundles, 'standing bundle')}`,
    `  ${bytes(space.bytes.database)} of ${bytes(space.bytes.quota)}, ${space.encryption}, version ${space.version}`,
    `  ${work.length === 0 ? 'no work under way' : `under way: ${work.join(', ')}`}`,
  ].join('\n');
}
