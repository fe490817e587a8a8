/** What an engine answers the gateway alone: figures of what could not be handed over are kept, in a full space too, and stay. */
import { systemClock } from '@vivim/contract/clock';
import { liveWays } from '@vivim/contract/live';
import { expect, it } from 'vitest';
import { newLocation, newSpace } from '../../../../test/kit/spaces.ts';
import { SpaceEvents } from '../events.ts';
import { createUserSpace, openUserSpace, type UserSpace } from '../space/user-space.ts';
import { liveEntrance } from './live.ts';

const ticket = (scopes: readonly string[]) => ({ scopes }) as unknown as Parameters<ReturnType<typeof liveEntrance>>[1];
const tell = (space: UserSpace, missed: object, scopes = ['proxy:use', 'proxy:record']) =>
  liveEntrance({ space, events: new SpaceEvents(), clock: systemClock, wake: () => {}, onUnexpected: () => {} })(
    new Request(`http://engine${liveWays.missed}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(missed),
    }),
    ticket(scopes),
  );
const tallyOf = (space: UserSpace) => space.read((r) => r.liveTally.read());
const fill = (space: UserSpace) => {
  for (let at = 0; ; at += 1)
    space.write((w) => {
      for (let nth = 0; nth < 200; nth += 1)
        w.upstreams.put(`u-${at}-${nth}`, { kind: 'openai', baseUrl: `https://${'x'.repeat(200)}.example` }, 1);
    });
};

it('counts in a space that takes nothing else, and the figure outlives the process', async () => {
  const location = newLocation({ quotaBytes: 1024 ** 2 });
  const space = createUserSpace(location, systemClock);
  expect(() => fill(space)).toThrow(expect.objectContaining({ code: 'quota_exceeded' }));
  await tell(space, { count: 2, reason: 'quota_exceeded', atMs: 1_790_000_000_000 });
  await tell(space, { count: 1, reason: 'engine_unavailable', atMs: 1_790_000_001_000 });
  space.close();
  const again = openUserSpace(location, systemClock);
  expect(tallyOf(again)).toMatchObject({
    missed: 3,
    lastMissedFor: 'engine_unavailable',
    lastMissedAt: new Date(1_790_000_001_000).toISOString(),
  });
  again.close();
});

it('takes no figure of a token that keeps nothing, and none that is no figure', async () => {
  const [alice, bob] = [newSpace(), newSpace()];
  const missed = { count: 1, reason: 'internal', atMs: 1 };
  await expect(tell(alice, missed, ['proxy:use'])).rejects.toMatchObject({ code: 'insufficient_scope' });
  await expect(tell(alice, { ...missed, count: -1 })).rejects.toMatchObject({ code: 'request_invalid' });
  await tell(bob, missed);
  expect(tallyOf(alice).missed).toBe(0);
  expect(tallyOf(bob).missed).toBe(1);
});
