/**
 * Which process hosts a space: one of its own, or in pooled mode one of a few by the hash of the storage id; and which one
 * changes its schema. Never looks at who the owner is or how busy a process is: the same space always lands in the same place.
 */
import { createHash } from 'node:crypto';
import type { EngineMode } from '@vivim/contract/health';
import type { StorageId } from '@vivim/contract/ids';

/** A process by name, and the directory it may see. */
export interface Place {
  readonly name: string;
  readonly spaces: string;
}

export type Placement = (storageId: StorageId, directory: string) => Place;

export interface Placements {
  /** Where a space is served. */
  readonly place: Placement;
  /** Where its schema is changed: never where others are served, because that takes as long as a space is large. */
  readonly placeOfChange: Placement;
}

export function placement(mode: EngineMode, pooledProcesses: number, usersRoot: string): Placements {
  if (mode === 'dedicated')
    return {
      place: (storageId, spaces) => ({ name: storageId, spaces }),
      placeOfChange: (storageId, spaces) => ({ name: `change-${storageId}`, spaces }),
    };
  const pool = (storageId: StorageId) =>
    createHash('sha256').update(storageId).digest().readUInt32BE(0) % pooledProcesses;
  return {
    place: (storageId) => ({ name: `pool-${pool(storageId)}`, spaces: usersRoot }),
    placeOfChange: () => ({ name: 'change', spaces: usersRoot }),
  };
}
