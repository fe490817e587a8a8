/**
 * Engines for files that are no space yet: a copy is put into a scratch directory, and an engine that sees that directory
 * alone opens it with the key of the space and says what is in it. Never lets an engine near the space itself.
 */

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { uuidv7 } from '@vivim/contract/random';
import type { ErasureBooks } from '../keys/erasure-books.ts';
import type { SpaceKeys } from '../keys/space-keys.ts';
import type { EngineHosts } from './engine-hosts.ts';
import type { CandidateFacts, Fill, SpaceRow } from './fleet-control.ts';
import { silentGuest } from './silent-guest.ts';

export interface ScratchDeps {
  readonly keys: Pick<SpaceKeys, 'unwrap'>;
  readonly hosts: EngineHosts;
  readonly books: Pick<ErasureBooks, 'read'>;
  /** e.g. `<data>/scratch`; what an earlier run left there is gone. */
  readonly root: string;
  /** For the look, and for the engine to end. */
  readonly checkMs: number;
  readonly graceMs: number;
}

/** A directory of one's own, gone afterwards. */
export async function inScratch<T>(root: string, work: (directory: string) => Promise<T>): Promise<T> {
  const directory = join(root, uuidv7());
  await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Looks into `user.db` of a directory. @throws AppError the code the engine refused with */
export async function lookInto(
  { keys, hosts, books, checkMs, graceMs }: ScratchDeps,
  row: SpaceRow,
  directory: string,
  deep: boolean,
): Promise<CandidateFacts> {
  const { storageId, userId, quotaBytes } = row;
  const erasures = (await books.read(storageId)).flatMap(({ id, allows }) => (allows === null ? [id] : []));
  const key = await keys.unwrap(storageId);
  const host = hosts.at(`scratch-${uuidv7()}`, directory);
  const guest = silentGuest(row);
  const { process, inside } = await host.enter(guest);
  const killer = setTimeout(() => process.kill('hung'), checkMs);
  try {
    const place = { storageId, userId, quotaBytes, directory: inside(directory) };
    return await process.check({ type: 'check', ...place, key: Buffer.from(key).toString('hex'), deep, erasures });
  } finally {
    clearTimeout(killer);
    await hosts.turnAway(host, guest, graceMs);
  }
}

/** Fills a scratch directory and looks into it, every page. `use` gets the file while it is there. */
export function inScratchEngine<T>(
  deps: ScratchDeps,
  row: SpaceRow,
  fill: Fill,
  use: (file: string, facts: CandidateFacts) => Promise<T>,
): Promise<T> {
  return inScratch(deps.root, async (directory) => {
    const file = join(directory, 'user.db');
    await fill(file);
    const facts = await lookInto(deps, row, directory, true);
    return use(file, facts);
  });
}
