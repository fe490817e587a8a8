/**
 * What others did to the account since its owner last looked from here. Told after a command, never instead of its result,
 * and never at the price of it: whatever goes wrong is left for the next time.
 */

import type { Client } from '@vivim/client/client';
import type { AccountEvent } from '@vivim/contract/account';
import { isTelling, newsText } from '../output/account-event-text.ts';
import { say } from '../output/speak.ts';
import { kidOf } from '../profile/identity-key.ts';
import { changeProfile, readProfile } from '../profile/profile.ts';
import type { Profile, Session } from '../profile/profile-shape.ts';
import { openProfile, serverOf } from '../session/connect.ts';
import { isFresh } from '../session/renew.ts';
import { tokenAsked } from '../session/token.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';

/** As many events as one look takes. */
const lookAtMost = 200;
const answerWithinMs = 3_000;

export async function tellNews(world: World, options: GlobalOptions): Promise<void> {
  if (options.json) return;
  try {
    await look(world, options);
  } catch {
    // The command has done what it was asked; this can wait.
  }
}

async function look(world: World, options: GlobalOptions): Promise<void> {
  if (tokenAsked(world, options) !== null) return;
  const { configDirectory } = world.environment;
  const name = profileName(world, options);
  const profile = await readProfile(configDirectory, name);
  // Nothing is signed and nobody waits for it: without a session that is good there is no look.
  if (profile === null || profile.pending !== null || profile.session === null) return;
  const { session } = profile;
  if (session.server !== serverOf(world, options, profile) || session.server !== profile.server) return;
  if (!isFresh(session, world.clock)) return;
  const { client } = await openProfile(world, options, name, profile);
  const news = await newsFor(client, profile, session);
  const line = newsText(news.events);
  if (line !== null) say(world, line);
  await markTold(world, name, news.upTo);
}

/** Remembers how far its owner knows what happened. */
export async function markTold(world: World, name: string, upTo: number): Promise<void> {
  const { configDirectory } = world.environment;
  const profile = await readProfile(configDirectory, name);
  if (profile === null || (profile.toldUpTo ?? 0) >= upTo) return;
  await changeProfile(configDirectory, name, (current) => ({
    ...current,
    toldUpTo: Math.max(upTo, current.toldUpTo ?? 0),
  }));
}

/** Telling events of others, the newest first. The first look tells nothing: all of it was before. */
async function newsFor(
  client: Client,
  { identityKey, toldUpTo }: Profile,
  session: Session,
): Promise<{ events: AccountEvent[]; upTo: number }> {
  const limit = toldUpTo === null ? 1 : lookAtMost;
  const signal = AbortSignal.timeout(answerWithinMs);
  const { items } = await client.listAccountEvents({ query: { limit }, signal });
  const upTo = items[0]?.seq ?? 0;
  if (toldUpTo === null) return { events: [], upTo };
  const own = ownActors(items, await kidOf(identityKey), session);
  const events = items.filter((event) => event.seq > toldUpTo && isTelling(event) && !own.has(event.actor));
  return { events: await withoutAnswered(client, events, signal), upTo };
}

/** Requests of devices that wait no more are news of yesterday. */
async function withoutAnswered(client: Client, events: AccountEvent[], signal: AbortSignal): Promise<AccountEvent[]> {
  if (!events.some(({ event }) => event === 'device.requested')) return events;
  const waiting = new Set((await client.listDeviceRequests({ signal })).items.map(({ id }) => id));
  return events.filter(({ event, ref }) => event !== 'device.requested' || (ref !== null && waiting.has(ref)));
}

/** This device's key, its session, and those it had before. */
function ownActors(events: readonly AccountEvent[], kid: string, { sessionId }: Session): ReadonlySet<string> {
  const opened = events.filter(({ event, actor }) => event === 'session.opened' && actor === kid);
  return new Set([kid, sessionId, ...opened.flatMap(({ ref }) => (ref === null ? [] : [ref]))]);
}
