/** Lists beside the conversations in one file, as Grok has them; and files of LM Studio that lie beside its conversations. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import { JsonElements } from '../json-elements.ts';

const lists = {
  conversations: [
    {
      conversation: { id: 'c1', title: 'Tea', create_time: '2026-01-02T03:04:05Z', workspace_id: 'w1' },
      responses: [{ response: { _id: 'r1', sender: 'human', message: 'Hi', create_time: '2026-01-02T03:04:05Z' } }],
    },
  ],
  projects: [
    { id: 'w1', name: 'Garden', custom_personality: 'Answer as a gardener.', modify_time: '2026-01-03T00:00:00Z' },
  ],
  tasks: [{ task_id: 't1', name: 'Weather', prompt: 'Tell me the weather' }],
  media_posts: [{ id: 'p1', media_url: 'https://example.org/a.png' }],
};

it.each([
  ['after the conversations', lists],
  ['before them', Object.fromEntries(Object.entries(lists).toReversed())],
])('Grok: projects come in with their instructions, tasks and posts are named, %s', async (_, file) => {
  const { alice, bob } = twoSpaces();
  const run = await newCapture(alice).bring({ bytes: JSON.stringify(file), name: 'prod-grok-backend.json' });
  expect(run.report).toMatchObject({ conversations: { added: 1 }, kept: { projects: 1, memories: 1 } });
  expect(run.report.issues.map(({ path, code }) => [path, code])).toEqual([
    ['prod-grok-backend.json/tasks#0', 'kind_not_imported'],
    ['prod-grok-backend.json/media_posts#0', 'kind_not_imported'],
  ]);
  expect(alice.read((r) => r.projects.page({ limit: 5 })).items).toMatchObject([{ name: 'Garden', conversations: 1 }]);
  expect(bob.read((r) => r.projects.page({ limit: 5 })).items).toEqual([]);
});

it('a list under a key is found wherever the file is cut, and nothing where there is none', () => {
  const values = fc.array(fc.jsonValue(), { maxLength: 4 });
  fc.assert(
    fc.property(values, values, fc.integer({ min: 1, max: 20 }), (projects, others, size) => {
      for (const file of [
        { conversations: others, projects, z: 1 },
        { a: { projects: [7] }, projects },
        { conversations: others },
      ]) {
        const splitter = new JsonElements(undefined, 'projects');
        const bytes = Buffer.from(JSON.stringify(file));
        const found: unknown[] = [];
        for (let at = 0; at < bytes.length; at += size) {
          const elements = splitter.push(bytes.subarray(at, at + size));
          if (splitter.inList) found.push(...elements.map((each) => JSON.parse(each.bytes?.toString() ?? 'null')));
        }
        splitter.end();
        expect(found).toEqual(JSON.parse(JSON.stringify('projects' in file ? projects : [])));
      }
    }),
  );
});

it('LM Studio: a file of a message comes in with its bytes', async () => {
  const { alice } = twoSpaces();
  const name = '1746605587520 - 834.png';
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const message = {
    versions: [{ role: 'user', content: [{ type: 'file', fileIdentifier: name, fileType: 'image', sizeBytes: 16 }] }],
    currentlySelected: 0,
  };
  const run = await newCapture(alice).bring({
    bytes: zipOf([
      {
        name: 'conversations/1.conversation.json',
        bytes: JSON.stringify({ name: 'T', createdAt: 1_746_605_587_520, messages: [message] }),
      },
      { name: `user-files/${name}`, bytes: png },
    ]),
    name: 'lmstudio.zip',
  });
  expect(run.report).toMatchObject({ conversations: { added: 1 }, files: { stored: 1, unmentioned: 0 }, issues: [] });
});
