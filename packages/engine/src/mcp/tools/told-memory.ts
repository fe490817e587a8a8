/** A memory as a tool tells of it: what it says, and where it comes from. */
import { MemoryId } from '@vivim/contract/ids';
import { type Memory, MemoryKind, MemoryState } from '@vivim/contract/memory';
import { z } from 'zod';

export const ToldMemory = z.strictObject({
  id: MemoryId,
  text: z.string(),
  kind: MemoryKind,
  state: MemoryState,
  label: z.string().describe('Where it comes from, and when.'),
});
export type ToldMemory = z.infer<typeof ToldMemory>;

export const toldMemory = ({ id, text, kind, state, label }: Memory): ToldMemory => ({ id, text, kind, state, label });

export const memoryLine = ({ id, text, label, state }: ToldMemory): string =>
  `${id}: “${text}” (${label}${state === 'active' ? '' : `, ${state}`})`;
