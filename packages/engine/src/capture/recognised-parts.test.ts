/** A folder of several sources says what each part is, and a file nobody can read shows how it begins; to its person alone. */
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';

const chatgpt = (id: string) => JSON.stringify([dialogue(id, id, ['When?', 'In March.'])]);
const markdown = '# Boats\n\n## User\n\nWhich boat?\n\n## Assistant\n\nThe red one.\n';

it('tells each source of a mixed folder, with how many files and what the surest was known by', async () => {
  const { alice, bob } = twoSpaces();
  const bytes = zipOf([
    { name: 'a/one.json', bytes: chatgpt('one') },
    { name: 'a/two.json', bytes: chatgpt('two') },
    { name: 'notes/boats.md', bytes: markdown },
  ]);
  const run = await newCapture(alice).bring({ bytes, name: 'mixed.zip' });
  expect(run.detected).toMatchObject({
    why: 'It holds files of 2 sources.',
    parts: [
      { source: 'chatgpt', files: 2, why: expect.stringMatching(/^a\/one\.json: /) },
      { source: 'markdown', files: 1, why: expect.stringMatching(/^notes\/boats\.md: /) },
    ],
  });
  expect(run.detected?.confidence).toBe(Math.min(...(run.detected?.parts ?? []).map(({ confidence }) => confidence)));
  const again = await newCapture(alice).bring({ bytes, name: 'again.zip' });
  expect(again.detected).toEqual(run.detected);
  const one = await newCapture(bob).bring({ bytes: chatgpt('one'), name: 'one.json' });
  expect(one.detected).toMatchObject({ source: 'chatgpt', parts: [] });
});

it('shows how a file begins that could not be read, with its secrets masked, until its import is erased', async () => {
  const { alice, bob } = twoSpaces();
  const secret = `ghp_${'a1B2c3D4'.repeat(4)}e5F6`;
  const run = await newCapture(alice).bring({ bytes: `Shopping\n\n- olives\n- ${secret}\n`, name: 'list.txt' });
  expect(run).toMatchObject({ state: 'failed', begins: ['Shopping', '- olives', expect.stringContaining('masked')] });
  const zip = await newCapture(alice).bring({ bytes: zipOf([{ name: 'a.png', bytes: 'png' }]), name: 'p.zip' });
  expect(zip.begins).toEqual(['a.png']);
  const image = await newCapture(bob).bring({ bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), name: 'p.png' });
  expect(image.begins).toBeNull();
  const read = await newCapture(bob).bring({ bytes: chatgpt('one'), name: 'one.json' });
  expect(read.begins).toBeNull();
  alice.write((w) => w.eraseTraces.run(1, []));
  expect(alice.read((r) => r.imports.page({ limit: 5 })).items.map(({ begins }) => begins)).not.toContainEqual(
    run.begins,
  );
});
