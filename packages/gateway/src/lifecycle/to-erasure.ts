/** A line of the ledger as whoever holds its receipt is shown it: not whose it was. */
import type { Erasure } from '@vivim/contract/account';
import type { ErasureLine } from '../keys/erasure-ledger.ts';

export const toErasure = ({ receipt, at, seq, hash }: ErasureLine): Erasure => ({ receipt, erasedAt: at, seq, hash });
