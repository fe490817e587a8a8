/** No answer kept for a verb outlives what it says of what was erased; the same verb again is answered in the same shape. */
import { join } from 'node:path';
import { AnnotationResult } from '@vivim/contract/annotation';
import { ClearedRecords } from '@vivim/contract/asked';
import { ContextRequest } from '@vivim/contract/context';
import { Correction } from '@vivim/contract/correction';
import { Exclusion } from '@vivim/contract/exclusion';
import type { AskedId } from '@vivim/contract/ids';
import { Pin } from '@vivim/contract/pin';
import { uuidv7 } from '@vivim/contract/random';
import { expect, it } from 'vitest';
import { asker, contextsOf } from '../../../../test/kit/context.ts';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { SpaceWriter } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';

const word = 'qzheron';
const file = JSON.stringify([
  dialogue('a', `About ${word}`, [`The ${word} stands in the harbour of Lisbon.`, `A ${word} waits.`]),
  dialogue('b', 'Tomatoes', ['When do I sow them?', 'In March.']),
]);

const answersOf = (space: UserSpace): string[] => {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  const rows = connection.prepare('SELECT answer FROM op').all() as { answer: string }[];
  connection.close();
  return rows.map(({ answer }) => answer);
};

async function home(space: UserSpace) {
  const at = newErasing(space);
  await at.bring(file);
  await at.settle();
  const conversation = space
    .read((r) => r.conversations.page({ limit: 9 }))
    .items.find(({ title }) => title?.includes(word));
  if (conversation === undefined) throw new Error('Nothing came in.');
  const unit = space.read((r) => r.acus.byPks([1, 2, 3, 4])).find(({ acu }) => acu.text.includes(word))?.acu
    .id as never;
  const topic = space.read((r) => r.topics.list({ limit: 9 }, 0)).items[0]?.id as never;
  const { id: assembly } = await contextsOf(space).compile(
    ContextRequest.parse({ query: `Where is the ${word}?` }),
    asker,
  );
  const verbs: { readonly again: () => unknown; readonly shape: { parse: (answer: unknown) => unknown } }[] = [];
  const apply = <T extends object>(
    operation: string,
    shape: { parse: (answer: unknown) => T },
    work: (w: SpaceWriter) => T,
  ): T => {
    const verb = { id: uuidv7(), operation, requestHash: 'h' };
    const run = () => space.apply<T>(verb, 200, work as never);
    verbs.push({ again: run, shape });
    return run();
  };
  const note = (text: string) =>
    apply('annotate', AnnotationResult, (w) => w.annotations.take([{ kind: 'note', of: conversation.id, text }], 1));
  note(`My ${word}, at noon.`);
  note('Nothing more.');
  const pin = apply('createPin', Pin, (w) => w.pins.make({ kind: 'unit', of: unit }, 1));
  apply('deletePin', Pin, (w) => w.pins.takeBack(pin.id));
  const out = apply('createExclusion', Exclusion, (w) =>
    w.exclusions.make({ kind: 'conversation', of: conversation.id }, 1),
  );
  apply('deleteExclusion', Exclusion, (w) => w.exclusions.takeBack(out.id));
  const rename = { action: 'rename', name: `The ${word} of mine` } as const;
  apply('correctTopic', Correction, (w) => w.corrections.make('topic', topic, rename, uuidv7(), 1));
  apply('deleteAsked', ClearedRecords, (w) => {
    w.asked.remove(assembly as string as AskedId);
    return { cleared: 1 };
  });
  return { ...at, conversation, verbs };
}

it('says nothing of what went, and the same verb again changes nothing', async () => {
  const { alice, bob } = twoSpaces();
  const [hers] = [await home(alice), await home(bob)];
  expect(answersOf(alice).join('\n')).toContain(word);
  await hers.erase('conversation', hers.conversation.id);
  await hers.settle();
  expect(answersOf(alice).filter((answer) => answer.includes(word))).toEqual([]);
  const { version } = alice;
  for (const { again, shape } of hers.verbs) shape.parse(again());
  expect(alice.version).toBe(version);
  expect(answersOf(bob).filter((answer) => answer.includes(word)).length).toBeGreaterThan(4);
});
