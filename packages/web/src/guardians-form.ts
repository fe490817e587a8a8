/** What a person wrote into the form of guardians: read, or what is wrong with it in words. Pure. */
import { Guardians } from '@vivim/contract/key-log';
import { strings } from './strings.ts';

/** @param own DIDs of the person themselves */
export function readGuardians(dids: string, threshold: string, own: readonly string[]): Guardians | string {
  const names = [...new Set(dids.split(/[\s,;]+/).filter((did) => did !== ''))];
  if (names.some((did) => own.includes(did))) return strings.access.guardiansOwn;
  const read = Guardians.safeParse({ dids: names, threshold: Number(threshold) });
  if (!read.success || read.data.threshold > names.length) return strings.access.guardiansCount;
  return names.every((did) => did.startsWith('did:')) ? read.data : strings.access.guardiansNoDid;
}
