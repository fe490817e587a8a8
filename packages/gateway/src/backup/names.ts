/** How things are called in a place of backups. Pure. */
import type { StorageId } from '@vivim/contract/ids';

export const spacesPrefix = 'spaces/';
export const setsPrefix = 'sets/';
export const masterPrefix = 'master/';
/** The deletion ledger's copy: outside of every set, so that no set brings back an older one. */
export const ledgerName = 'erased.jsonl';

/** A time as a name: colons are not for file names everywhere. Sorts by time. */
export const nameOfTime = (iso: string): string => iso.replaceAll(':', '-');

/** The time a name says; null for what is none. */
export function timeOfName(name: string): number | null {
  const match = /(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d(?:\.\d+)?Z)/.exec(name);
  const ms = match === null ? Number.NaN : Date.parse(`${match[1]}:${match[2]}:${match[3]}`);
  return Number.isNaN(ms) ? null : ms;
}

export const spacePrefix = (storageId: StorageId): string => `${spacesPrefix}${storageId}/`;
