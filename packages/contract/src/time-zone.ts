/** Time zones by their names. */
import { z } from 'zod';

/** Of the IANA database, such as `Europe/Lisbon`. */
export const TimeZone = z.string().regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/);
