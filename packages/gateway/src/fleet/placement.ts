/**
 * Which process hosts a space: one of its own, or in pooled mode one of a few by the hash of the storage id; and which one
 * changes its schema. Never looks at who the owner is or how busy a process is: the same space lands in the same place, unless its
 * owner has texts sent to services: then it is alone in pooled mode too.
 */
import { createHash } from 'node:crypto';
import type { EngineMode } from '@vivim/contract/health';
import type { StorageId } from '@vivim/contract/ids';

/** A process by name, and the directory it may see. */
export interface Place {
  readonly name: string;
  readonly spaces: string;
  /** Others may be served there too. */
  readonly shared: boolean;
}

/** @param alone it may have texts sent out, and is served among no others */
export type Placement = (storageId: StorageId, directory: string, alone: boolean) => Place;

export interface Placements {
  /** Where a space is served. */
  readonly place: Placement;
  /** Where its schema is changed: never where others are served, because that takes as long as a space is large. */
  readonly placeOfChange: (storageId: StorageId, directory: string) => Place;
}

export function placement(mode: EngineMode, pooledProcesses: number, usersRoot: string): Placements {
  const own = (storageId: StorageId, spaces: string): Place => ({ name: storageId, spaces, shared: false });
  if (mode === 'dedicated')
    return {
      place: own,
      placeOfChange: (storageId, spaces) => ({ name: `change-${storageId}`, spaces, shared: false }),
    };
  const pool = (storageId: StorageId) =>
    createHash('sha256').update(storageId).digest().readUInt32BE(0) % pooledProcesses;
  return {
    place: (storageId, directory, alone) =>
      alone ? own(storageId, directory) : { name: `pool-${pool(storageId)}`, spaces: usersRoot, shared: true },
    placeOfChange: () => ({ name: 'change', spaces: usersRoot, shared: true }),
  };
}
