/** Days are counted where the person is, of what is shown, and of one person alone. */
import { ActivityQuery } from '@vivim/contract/activity';
import { expect, it } from 'vitest';
import { asker } from '../../../../test/kit/context.ts';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { activityHandlers } from './activity.ts';
import type { Call } from './handler.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const activity = (space: UserSpace, query: Record<string, unknown>) =>
  activityHandlers({ space, clock: () => now }).getActivity({
    query: ActivityQuery.parse(query),
    asker,
  } as unknown as Call<'getActivity'>);

it('counts what people said and models answered, by the days of a zone', () => {
  const { alice, bob } = twoSpaces();
  fillSpace(alice, [
    {
      externalId: 'late',
      messages: [
        { text: 'Still awake', at: '2026-11-25T23:30:00Z' },
        { text: 'So it seems', role: 'assistant', at: '2026-11-25T23:31:00Z' },
        { text: 'Good morning', at: '2026-11-26T08:00:00Z' },
        { text: 'Long ago', at: '2024-01-01T08:00:00Z' },
      ],
    },
  ]);
  expect(activity(alice, { weeks: '2' })).toEqual({
    from: '2026-11-16',
    to: '2026-11-26',
    days: [
      { day: '2026-11-25', said: 1, answered: 1 },
      { day: '2026-11-26', said: 1, answered: 0 },
    ],
  });
  expect(activity(alice, { weeks: 1, timeZone: 'Asia/Tokyo' }).days).toEqual([
    { day: '2026-11-26', said: 2, answered: 1 },
  ]);
  expect(activity(bob, {}).days).toEqual([]);
});

it('takes no other number of weeks than a calendar has', () => {
  expect(ActivityQuery.safeParse({ weeks: 0 }).success).toBe(false);
  expect(ActivityQuery.safeParse({ weeks: '1000' }).success).toBe(false);
  expect(ActivityQuery.safeParse({ timeZone: '../etc' }).success).toBe(false);
});
