/** An archive made before something was erased: what was erased stays out and is reported, until its owner lets it in again. */
import { describe, expect, it } from 'vitest';
import { jsonArchiveOf } from '../../../../../test/kit/archives.ts';
import { newErasing, rawPages, wordsIn } from '../../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';

const [harbourTitle, orchardTitle] = ['The harbour at Quillfeather', 'The orchard'];
const harbour = dialogue('harbour', harbourTitle, ['Quillfeather has a harbour.', 'Boats lie there.']);
const orchard = dialogue('orchard', orchardTitle, ['Pears ripen in Brindlecombe.', 'Then they are picked.']);

const titles = (space: UserSpace) =>
  space
    .read((r) => r.conversations.page({ limit: 9 }))
    .items.map(({ title }) => title)
    .sort();
const idOf = (space: UserSpace, title: string) => {
  const found = space.read((r) => r.conversations.page({ limit: 9 })).items.find((each) => each.title === title);
  if (found === undefined) throw new Error('it is not there');
  return found.id;
};

async function twoOwners() {
  const { alice, bob } = twoSpaces();
  const [hers, his] = [newErasing(alice), newErasing(bob)];
  for (const one of [hers, his]) {
    await one.bring(JSON.stringify([harbour, orchard]));
    await one.settle();
  }
  return { alice, bob, hers, archive: await jsonArchiveOf(alice) };
}

describe('an archive that holds what was erased since', () => {
  it('brings no erased conversation back before it is allowed, and a replayed book takes none that was', async () => {
    const { alice, bob, hers, archive } = await twoOwners();
    const receipt = await hers.erase('conversation', idOf(alice, harbourTitle));
    const bring = (name: string) => hers.bring({ bytes: archive, name, source: 'vivim' });
    const run = await bring('first.zip');
    expect(run.report.conversations).toMatchObject({ added: 0, skipped: 1, unchanged: 1 });
    expect(run.report.issues).toMatchObject([
      { code: 'archive_signed' },
      {
        severity: 'skipped',
        code: 'erased_by_you',
        detail: expect.stringContaining(`vivim erase allow ${receipt.id}`),
      },
    ]);
    await hers.settle();
    expect(titles(alice)).toEqual([orchardTitle]);
    expect(wordsIn(rawPages(alice.location), ['Quillfeather'])).toEqual([]);
    expect(titles(bob)).toEqual([harbourTitle, orchardTitle].sort());

    await hers.allow(receipt.id);
    expect((await bring('second.zip')).report.conversations).toMatchObject({ added: 1, unchanged: 1 });
    expect(hers.eraser.replay(hers.book)).toBe(0);
    expect(titles(alice)).toEqual([harbourTitle, orchardTitle].sort());
    // No mark is left either: the export itself says that it is there.
    const again = await hers.bring(JSON.stringify([harbour, orchard]));
    expect(again.report.issues).toEqual([]);
  });

  it('stays without an erased message where the whole conversation comes back', async () => {
    const { alice, hers, archive } = await twoOwners();
    const id = idOf(alice, orchardTitle);
    const [first] = alice.read((r) => r.conversations.messages(id, { limit: 1, branches: 'all' }))?.items ?? [];
    if (first === undefined) throw new Error('no message');
    await hers.erase('message', [first.id]);
    const whole = await hers.erase('conversation', id);
    await hers.allow(whole.id);
    const run = await hers.bring({ bytes: archive, name: 'vivim.zip', source: 'vivim' });
    expect(run.report.issues).toMatchObject([{ code: 'archive_signed' }, { severity: 'note', code: 'erased_by_you' }]);
    await hers.settle();
    expect(alice.read((r) => r.conversations.messages(id, { limit: 9, branches: 'all' }))?.items).toHaveLength(1);
    expect(wordsIn(rawPages(alice.location), ['Brindlecombe'])).toEqual([]);
  });

  it('does not come in whole into a space that was emptied by erasing', async () => {
    const { alice, bob, hers, archive } = await twoOwners();
    for (const title of titles(alice)) await hers.erase('conversation', idOf(alice, title as string));
    expect(titles(alice)).toEqual([]);
    await hers.bring({ bytes: archive, name: 'own.zip', source: 'vivim' });
    const other = await jsonArchiveOf(bob);
    const run = await hers.bring({ bytes: other, name: 'his.zip', source: 'vivim' });
    expect(run.report.conversations).toMatchObject({ added: 0, skipped: 2 });
    expect(titles(alice)).toEqual([]);
  });
});
