/** How much was said on which day, where the person is. */
import type { Clock } from '@vivim/contract/clock';
import { addDays, calendarIn, type Day } from '../context/retrieval/calendar.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

const isoDay = ({ year, month, day }: Day): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
/** 0 on a Monday. */
const sinceMonday = ({ year, month, day }: Day): number =>
  (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;

export const activityHandlers = ({ space, clock }: { space: UserSpace; clock: Clock }) =>
  ({
    getActivity: ({ query: { weeks, timeZone } }) => {
      const calendar = calendarIn(timeZone);
      const today = calendar.dayOf(clock());
      const first = addDays(today, -sinceMonday(today) - 7 * (weeks - 1));
      const days: Day[] = [];
      for (let day = first; days.length < 7 * weeks && isoDay(day) <= isoDay(today); day = addDays(day, 1))
        days.push(day);
      const starts = days.map((day) => calendar.between(day, day).fromMs);
      const { toMs } = calendar.between(today, addDays(today, 1));
      const counts = space.read((r) => r.activity.ofDays(starts, toMs));
      return {
        from: isoDay(first),
        to: isoDay(today),
        days: counts.map(({ nth, said, answered }) => ({ day: isoDay(days[nth] ?? today), said, answered })),
      };
    },
  }) satisfies Handlers<'getActivity'>;
