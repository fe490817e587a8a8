/**
 * Which process hosts a space: one of its own, or in pooled mode one of a few by the hash of the storage id.
 * Never looks at who the owner is or how busy a process is: the same space always lands in the same place.
 */
import { createHash } from 'node:crypto';
import type { EngineMode } from '@vivim/contract/health';
import type { StorageId } from '@vivim/contract/ids';

/** The name of the process for a space. */
export type Placement = (storageId: StorageId) => string;

export function placement(mode: EngineMode, pooledProcesses: number): Placement {
  if (mode === 'dedicated') return (storageId) => storageId;
  return (storageId) => `pool-${createHash('sha256').update(storageId).digest().readUInt32BE(0) % pooledProcesses}`;
}
