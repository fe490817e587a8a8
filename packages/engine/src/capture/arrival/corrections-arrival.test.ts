/** What a person put right leaves with a space and comes back: whole, into a space of others, and from before it was kept. */
import { createHash } from 'node:crypto';
import type { TopicCorrection } from '@vivim/contract/correction';
import type { TopicId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import {
  databaseOfSpace,
  filesOf,
  jsonArchiveOf,
  live,
  settle,
  standing,
  zipOfFiles,
} from '../../../../../test/kit/archives.ts';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';

const cluster = dialogue('cluster', 'Kubernetes upgrade', [
  'We run Kubernetes at work. Kubernetes is slow.',
  'Which version of Kubernetes?',
  'I broke our k8s. The k8s is down.',
  'Look at the k8s logs.',
]);
const bread = dialogue('bread', 'Sourdough bread', ['My sourdough bread is flat. More sourdough bread!', 'Fold it.']);

const topic = (space: UserSpace, label: string) => {
  const found = space
    .read((r) => r.topics.list({ limit: 50 }, 0))
    .items.find((one) => one.label.toLowerCase() === label.toLowerCase());
  if (found === undefined) throw new Error(`There is no topic ${label}.`);
  return found;
};
async function corrected(): Promise<UserSpace> {
  const space = newSpace();
  await live(space, [[cluster, bread]]);
  const [clusters, loaf] = [topic(space, 'Kubernetes').id, topic(space, 'Sourdough bread').id];
  const make = (id: TopicId, to: TopicCorrection) =>
    space.write((w) => w.corrections.make('topic', id, to, to.action, standing()));
  make(clusters, { action: 'split', parts: ['k8s'] });
  make(loaf, { action: 'rename', name: 'My bread' });
  make(loaf, { action: 'pin', pinned: true });
  await settle(space);
  return space;
}
async function bring(space: UserSpace, bytes: Buffer, name = 'archive.zip') {
  return newCapture(space, standing).bring({ bytes, name });
}
const told = (space: UserSpace) =>
  space
    .read((r) => r.topics.list({ limit: 50 }, 0))
    .items.map(({ label, pinned, counts }) => ({ label, pinned, counts }));

describe('corrections', () => {
  it('move with the space, as an archive and as a database', async () => {
    const alice = await corrected();
    const { alice: moved, bob } = twoSpaces();
    const zip = await jsonArchiveOf(alice);
    await bring(moved, zip);
    expect(moved.read((r) => r.corrections.page({ limit: 9 })).items).toEqual(
      alice.read((r) => r.corrections.page({ limit: 9 })).items,
    );
    expect(told(moved)).toEqual(told(alice));
    await settle(moved);
    expect(told(moved)).toEqual(told(alice));
    const files = await filesOf(zip);
    expect(files['corrections.jsonl']?.split('\n').filter(Boolean)).toHaveLength(3);
    const home = newSpace({ ownerId: alice.location.ownerId });
    await bring(home, await databaseOfSpace(alice), 'space.sqlite');
    expect(told(home)).toEqual(told(alice));
    expect(told(bob)).toEqual([]);
  });

  it('join those of a space that has a history of its own', async () => {
    const alice = await corrected();
    const other = newSpace();
    await live(other, [[dialogue('garden', 'Roses', ['My roses bloom. The roses are red.', 'Nice.'])]]);
    await bring(other, await jsonArchiveOf(alice));
    await settle(other);
    expect(topic(other, 'My bread').pinned).toBe(true);
    expect(topic(other, 'Kubernetes').aliases).toEqual([]);
    const before = told(other);
    await bring(other, await jsonArchiveOf(alice));
    await settle(other);
    expect(told(other)).toEqual(before);
  });

  it('are none in an archive from before they were kept, which comes in all the same', async () => {
    const files = await filesOf(await jsonArchiveOf(await corrected()));
    const older = Object.fromEntries(
      Object.entries(files).map(([name, text]) => {
        if (!/^(?:topics|entities)\.jsonl$/.test(name)) return [name, text];
        const lines = text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        return [name, lines.map((line) => `${JSON.stringify(asBefore(line))}\n`).join('')];
      }),
    );
    delete older['corrections.jsonl'];
    const moved = newSpace();
    const run = await bring(moved, zipOfFiles(withManifest(older)));
    expect([run.state, run.error]).toEqual(['done', null]);
    await settle(moved);
    // Joined again by their form, and called as they are written.
    expect(topic(moved, 'Kubernetes').aliases).toEqual(['k8s']);
    expect(topic(moved, 'Sourdough bread').pinned).toBe(false);
  });
});

/** Says of the files what they are now; whoever signed the archive signed another one. */
function withManifest({ 'signature.json': _, ...files }: Record<string, string>): Record<string, string> {
  const manifest = JSON.parse(files['manifest.json'] ?? '') as { files: { name: string }[] };
  const said = manifest.files
    .filter(({ name }) => files[name] !== undefined)
    .map((file) => {
      const text = files[file.name] ?? '';
      return { ...file, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
    });
  return { ...files, 'manifest.json': JSON.stringify({ ...manifest, files: said }) };
}

function asBefore({ into: _, contributions, ...line }: Record<string, unknown>): object {
  const without = (contributions as Record<string, unknown>[]).map(({ said: __, ...rest }) => rest);
  return { ...line, contributions: without };
}
