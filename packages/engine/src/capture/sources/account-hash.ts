/** The account an export names → what is kept of it. Pure. */
import type { Source } from '@vivim/contract/conversation';
import { sha256 } from '../../space/hash.ts';

/** 64 bits are enough to tell a person's few accounts apart, and tell nobody which they are. */
export const accountHashOf = (source: Source, account: string): string => sha256(`${source} ${account}`).slice(0, 16);
