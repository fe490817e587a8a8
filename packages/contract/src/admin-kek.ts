/** What the operator is told of the key-encryption key (KEK) and asks of it: ids, sources and counts, never a key or a space. */
import { z } from 'zod';
import { UserId } from './ids.ts';
import { KekId, KekSource, KekTarget } from './kek.ts';

const whole = z.int().min(0);

export const KekStatus = z.strictObject({
  /** Of the KEK that wraps are made with. */
  id: KekId,
  source: KekSource,
  /** What the next start needs. */
  setting: z.string(),
  /** How many wraps each KEK made. One that is neither in use nor the rotation's cannot be opened. */
  wraps: z.array(z.strictObject({ id: KekId, wraps: whole })),
  /** Files that are no wraps any more. */
  damaged: whole,
  rotation: z
    .strictObject({
      from: KekId,
      /** Of the KEK before. */
      source: KekSource,
      since: z.string(),
      /** False where some could not be moved: their wraps want mending, or erasing with their accounts. */
      running: z.boolean(),
      moved: whole,
      failed: whole,
    })
    .nullable(),
  retired: z.array(z.strictObject({ id: KekId, source: KekSource, at: z.string() })),
});
export type KekStatus = z.infer<typeof KekStatus>;

export const KekRotationRequest = z.strictObject({
  /** Null: the source of now gives a new key. */
  to: KekTarget.nullable(),
});

export const KekReport = z.strictObject({
  /** Spaces whose keys were unwrapped, or should have been. */
  checked: whole,
  failed: whole,
  /** Accounts whose key is not there or does not open. */
  users: z.array(UserId),
  /** Wraps that fail and belong to nobody who has an account. */
  nobodys: whole,
  ms: whole,
});
export type KekReport = z.infer<typeof KekReport>;
