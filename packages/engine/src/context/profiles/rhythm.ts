/** When a profile is spoken of: months, days in a row, the hour of the day, whether it is on the way up. Pure; in UTC. */
import type { ProfileRhythm, TopicProfile } from '@vivim/contract/profile';
import type { HourOfMessages } from '../../space/stores/profile-reading.ts';

const hoursOfDay = 24;
const dayMs = 86_400_000;
/** The months that are compared, of thirty days: the last against those before. */
const months = { now: 3, before: 9 };

/** Messages of each month that has any, `YYYY-MM`. */
export function monthsOf(hours: readonly HourOfMessages[]): TopicProfile['timeline'] {
  const byMonth = new Map<string, number>();
  for (const { hour, messages } of hours) {
    const month = new Date(hour * 3_600_000).toISOString().slice(0, 7);
    byMonth.set(month, (byMonth.get(month) ?? 0) + messages);
  }
  return [...byMonth].map(([month, messages]) => ({ month, messages }));
}

/** @param hours in order of time */
export function rhythmOf(hours: readonly HourOfMessages[], nowMs: number): ProfileRhythm {
  const days = [...new Set(hours.map(({ hour }) => Math.floor(hour / hoursOfDay)))];
  let streak = 0;
  let longestStreak = 0;
  for (const [i, day] of days.entries()) {
    streak = i > 0 && day === (days[i - 1] ?? 0) + 1 ? streak + 1 : 1;
    longestStreak = Math.max(longestStreak, streak);
  }
  const ofDay = messagesOfDay(hours);
  const most = Math.max(...ofDay);
  return {
    trend: trendOf(hours, nowMs),
    days: days.length,
    longestStreak,
    peakHour: most === 0 ? null : ofDay.indexOf(most),
  };
}

/** Messages by hour of the day. */
export function messagesOfDay(hours: readonly HourOfMessages[]): number[] {
  const ofDay = new Array<number>(hoursOfDay).fill(0);
  for (const { hour, messages } of hours) {
    const at = ((hour % hoursOfDay) + hoursOfDay) % hoursOfDay;
    ofDay[at] = (ofDay[at] ?? 0) + messages;
  }
  return ofDay;
}

function trendOf(hours: readonly HourOfMessages[], nowMs: number): ProfileRhythm['trend'] {
  const within = (from: number, to: number): number =>
    hours.reduce((sum, { hour, messages }) => {
      const age = (nowMs - hour * 3_600_000) / (30 * dayMs);
      return age >= from && age < to ? sum + messages : sum;
    }, 0);
  // A clock that went back makes messages of tomorrow: they are of now.
  const recent = within(Number.NEGATIVE_INFINITY, months.now);
  if (recent === 0) return 'quiet';
  const now = recent / months.now;
  const before = within(months.now, months.now + months.before) / months.before;
  if (now > 1.5 * before) return 'rising';
  return now < before / 1.5 ? 'falling' : 'steady';
}
