/** Spaces taken along and brought in again, without a server in between. */
import { openArchive } from '@vivim/engine/capture/archive';
import { ProfileRollupService } from '@vivim/engine/context/profile-rollup-service';
import { StandingBundles } from '@vivim/engine/context/standing-bundles';
import { o200k } from '@vivim/engine/context/tokens/byte-pair-tokenizer';
import { Copies } from '@vivim/engine/space/copies';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { fileOf, newCapture } from './capture.ts';
import { type ZipMember, zipOf } from './zip-builder.ts';

const never = new AbortController().signal;
/** Time stands still, so that two archives of one state are the same. */
export const standing = () => 1_750_000_000_000;
const at = '2026-11-25T12:00:00.000Z';

export async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Bring exports in and let everything be found in them. */
export async function live(space: UserSpace, exports: readonly unknown[]): Promise<void> {
  const capture = newCapture(space, standing);
  for (const [ix, one] of exports.entries())
    await capture.bring({ bytes: JSON.stringify(one), name: `conversations-${ix}.json` });
  await settle(space);
}

/** Do the work that waits: topics, entities, bundles. */
export async function settle(space: UserSpace): Promise<void> {
  const rollup = new ProfileRollupService(space, (error) => {
    throw error;
  });
  while (rollup.pending() > 0) await rollup.step(never);
  const bundles = new StandingBundles({ space, tokenizer: o200k, clock: standing });
  while (bundles.pending() > 0) await bundles.step();
}

export const jsonArchiveOf = async (space: UserSpace): Promise<Buffer> =>
  bytesOf((await new Copies(space).archive('json', at, never)).stream);
export const markdownOf = async (space: UserSpace): Promise<Buffer> =>
  bytesOf((await new Copies(space).archive('markdown', at, never)).stream);
export const databaseOfSpace = async (space: UserSpace): Promise<Buffer> =>
  bytesOf((await new Copies(space).export(never)).stream);

/** The files of a zip as texts. */
export async function filesOf(zip: Buffer): Promise<Record<string, string>> {
  const { entries } = await openArchive(fileOf(zip));
  const files: Record<string, string> = {};
  for (const entry of entries) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry.open()) chunks.push(Buffer.from(chunk));
    files[entry.name] = Buffer.concat(chunks).toString('utf8');
  }
  return files;
}

export const zipOfFiles = (files: Readonly<Record<string, string>>): Buffer =>
  zipOf(Object.entries(files).map(([name, bytes]): ZipMember => ({ name, bytes })));
