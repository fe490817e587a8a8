/** A time a space is looked at as it was then. */
import { z } from 'zod';

/** ISO 8601; a date alone is its first moment in UTC. */
export const AsOf = z.iso
  .datetime({ offset: true })
  .or(z.iso.date())
  .refine((value) => !Number.isNaN(Date.parse(value)), 'There is no such time.');
