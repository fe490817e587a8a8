/** What somebody's own engine used. */
import type { Usage } from '@vivim/contract/account';
import { usageOf } from '../../master/usage.ts';
import type { AuthDeps } from '../deps.ts';
import type { Principal } from '../gateway.ts';

/** Newest first; days on which nothing was used are left out. */
export const describeUsage = (
  { master, clock }: AuthDeps,
  { userId }: Principal,
  { days }: { readonly days: number },
): Promise<Usage['days']> => usageOf(master, userId, days, clock());
