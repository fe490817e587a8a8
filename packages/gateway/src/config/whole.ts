/** A setting that is a whole number, refused in words that say what to write. */
import { z } from 'zod';

/** Digits alone: `Number` would take 0x10, 1e3 and a space for numbers too. */
export const whole = (min: number, max: number, words = `write a whole number from ${min} to ${max}`) =>
  z
    .string()
    .regex(/^\d{1,15}$/, words)
    .transform(Number)
    .pipe(z.number().min(min, words).max(max, words));
