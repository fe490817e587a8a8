/** How much was said on each day: what a calendar of one's conversations is drawn from. */
import { z } from 'zod';
import { TimeZone } from './time-zone.ts';

/** Weeks at most in an answer, the one under way among them: two years and a little. */
export const mostWeeks = 106;

export const ActivityQuery = z.strictObject({
  /** Weeks up to today, each from Monday. */
  weeks: z.coerce.number().int().min(1).max(mostWeeks).default(53),
  /** Where days begin; UTC where none is given. */
  timeZone: TimeZone.default('UTC'),
});

export const ActiveDay = z.strictObject({
  day: z.iso.date(),
  /** Messages of people. */
  said: z.int().min(0),
  /** Messages of models. */
  answered: z.int().min(0),
});
export type ActiveDay = z.infer<typeof ActiveDay>;

export const Activity = z.strictObject({
  /** The first day, a Monday, inclusive. */
  from: z.iso.date(),
  /** The last day, inclusive: today in that zone. */
  to: z.iso.date(),
  /** Days on which something was said, in order; every other day between the two had nothing. */
  days: z.array(ActiveDay),
});
export type Activity = z.infer<typeof Activity>;
