/** `vivim status`: how the server is, who you are there, and how your space is doing. */

import { createClient } from '@vivim/client/client';
import type { Health, SpaceStatus } from '@vivim/contract/health';
import type { Following, FollowingWork } from '@vivim/contract/imports';
import type { ForesightTally } from '@vivim/contract/presence';
import type { Command } from 'commander';
import { show } from '../output/speak.ts';
import { bytes, count, duration } from '../output/text.ts';
import { readProfile } from '../profile/profile.ts';
import { connect, serverOf } from '../session/connect.ts';
import { reach } from '../session/reach.ts';
import { ifAllowed, tokenAsked } from '../session/token.ts';
import { type Standing, standingLine, standingOf } from '../watch/standing.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';
import { tallyLine } from './presence.ts';

export interface Status {
  readonly server: string;
  readonly health: Health;
  /** Null for a guest, whom health is open to, and for a token that may not see it. Profile null: by a token. */
  readonly identity: { readonly profile: string | null; readonly did: string; readonly userId: string } | null;
  readonly space: SpaceStatus | null;
  /** How often what was expected to be asked was; null as the space is. */
  readonly foresight: ForesightTally | null;
  /** Who watches for the profile on this machine; null for a token. */
  readonly watching: Standing | null;
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
  const byToken = tokenAsked(world, options) !== null;
  const name = profileName(world, options);
  const profile = byToken ? null : await readProfile(world.environment.configDirectory, name);
  const server = serverOf(world, options, profile ?? undefined);
  const health = await createClient({ baseUrl: server, fetch: reach(server) }).getHealth({});
  if (!byToken && (profile === null || profile.pending !== null))
    return { server, health, identity: null, space: null, foresight: null, watching: null };
  const { client } = await connect(world, options);
  const [me, space, foresight] = await Promise.all([
    ifAllowed(client.getMe({})),
    ifAllowed(client.getSpace({})),
    ifAllowed(client.getForesight({})),
  ]);
  const [did = ''] = me?.dids ?? [];
  const identity = me === null ? null : { profile: byToken ? null : name, did, userId: me.userId };
  const watching = byToken ? null : standingOf(world.environment, name);
  return { server, health, identity, space, foresight: foresight?.tally ?? null, watching };
}

function statusText({ server, health, identity, space, foresight, watching }: Status): string {
  const { master, models, engines } = health;
  const lines = [
    `${server}: ${health.status}, version ${health.version}`,
    `  master ${master.status} (${master.kind}), models ${models.status} (${models.embedder ?? 'no embedder'})`,
    `  engines ${engines.mode}, walls ${engines.jail}, ${engines.running} running`,
    ...engines.missed.map(({ level, reason }) => `    no ${level}: ${reason}`),
  ];
  if (identity === null && space === null)
    return [...lines, 'Nobody is signed in here: vivim identity create, or vivim login'].join('\n');
  return [
    ...lines,
    ...identityLines(identity),
    ...(space === null ? [] : spaceLines(space)),
    ...(foresight === null || foresight.questions === 0 ? [] : [`  contexts: ${tallyLine(foresight)}`]),
    ...watchingLines(watching),
  ].join('\n');
}

const identityLines = (identity: Status['identity']): string[] =>
  identity === null
    ? []
    : [`You are ${identity.did} (${identity.profile === null ? 'by a token' : `profile ${identity.profile}`})`];

function watchingLines(watching: Standing | null): string[] {
  const line = watching === null ? null : standingLine(watching);
  return line === null ? [] : [`  ${line}`];
}

/** `topics and people: 312 of 1,200 conversations, about 20 s left` */
function followingLines({ profiles, meaning }: Following): string[] {
  const line = (what: string, { done, total, remainingSeconds }: FollowingWork): string[] => {
    if (done === total) return [];
    const left = remainingSeconds === null ? '' : `, about ${duration(remainingSeconds)} left`;
    return [`${what}: ${done} of ${count(total, 'conversation')}${left}`];
  };
  return [...line('topics and people', profiles), ...(meaning === null ? [] : line('meaning', meaning))];
}

function spaceLines(space: SpaceStatus): string[] {
  const { counts, pending } = space;
  const work = [
    ...(pending.imports > 0 ? [count(pending.imports, 'import')] : []),
    ...followingLines(space.following),
    ...(pending.memories > 0 ? [`${pending.memories} to look for memories in`] : []),
    ...(pending.reparse > 0 ? [`${pending.reparse} to read anew`] : []),
  ];
  return [
    `  ${count(counts.conversations, 'conversation')}, ${count(counts.messages, 'message')}, ${count(counts.acus, 'unit')}`,
    `  ${count(counts.topics, 'topic')}, ${count(counts.entities, 'entity', 'entities')}, ${count(counts.bundles, 'standing bundle')}`,
    `  ${bytes(space.bytes.database)} of ${bytes(space.bytes.quota)}, ${space.encryption}, version ${space.version}`,
    `  ${work.length === 0 ? 'no work under way' : `under way: ${work.join(', ')}`}`,
  ];
}
