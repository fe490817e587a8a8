/** Proofs that were used. Kept until they would be refused for their age anyway. */
import type { Master } from './db.ts';

/** A proof in the form it is remembered: the hash of key and `jti`. */
export interface UsedProof {
  readonly hash: Uint8Array;
  /** From here on the proof's age alone refuses it. */
  readonly expiresAt: Date;
}

/** True the first time, false ever after. */
export async function useProofOnce(master: Master, proof: UsedProof): Promise<boolean> {
  const row = await master.db
    .insertInto('replay')
    .values({ scope: 'dpop', jti_h: proof.hash, expires_at: proof.expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('scope')
    .executeTakeFirst();
  return row !== undefined;
}
