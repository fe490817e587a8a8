/** A space whose topics were found by older rules: they go, with all that hangs on them, and are found anew under the ids they had. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fillSpace } from '../../../../../../test/kit/fill-space.ts';
import { rollUp } from '../../../../../../test/kit/profiles.ts';
import { newLocation } from '../../../../../../test/kit/spaces.ts';
import { openConnection } from '../../../sqlite/database.ts';
import { contentId } from '../../hash.ts';
import { createUserSpace, openUserSpace } from '../../user-space.ts';
import { migrations } from '../migrations.ts';

const now = () => 1_700_000_000_000;
const older = migrations.filter(({ version }) => version < 3);

it('topics and entities of an older space are found anew, and its neighbour’s stay', async () => {
  const [alice, bob] = [newLocation(), newLocation()];
  const salts = new Map<unknown, string>();
  for (const location of [alice, bob]) {
    const space = createUserSpace(location, now, older);
    fillSpace(space, [
      {
        externalId: 'c',
        title: 'Sourdough bread',
        messages: [{ text: 'My sourdough bread is flat.' }, { text: 'More sourdough bread for my daughter Emma.' }],
      },
    ]);
    space.close();
    const connection = openConnection(join(location.directory, 'user.db'), location);
    const salt = String(connection.prepare('SELECT salt FROM space').pluck().get());
    salts.set(location, salt);
    const id = contentId('t', [salt, 'sourdough bread']);
    connection.exec(`
      INSERT INTO topic (id, key, label, visible, weight) VALUES ('${id}', 'sourdough bread', 'Sourdough bread', 1, 1);
      INSERT INTO topic_acu VALUES (1, 1, 2);
      INSERT INTO topic_conversation VALUES (1, 1, 1, 100, 2, 2, NULL, NULL, '[]');
      INSERT INTO topic_form VALUES (1, 'name', 'Sourdough bread', 2);
      INSERT INTO entity (id, key, name, type) VALUES ('e', 'nobody', 'Nobody', 'person');
      INSERT INTO entity_acu VALUES (1, 1, 2);`);
    connection.close();
  }
  const space = openUserSpace(alice, now);
  expect(space.read((r) => r.topics.list({ limit: 9 }, now())).items).toEqual([]);
  await rollUp(space);
  const found = space.read((r) => r.topics.list({ limit: 9 }, now())).items;
  expect(found.map(({ id }) => id)).toContain(contentId('t', [salts.get(alice) ?? '', 'sourdough bread']));
  expect(space.read((r) => r.entities.list({ limit: 9 }, now())).items.map(({ name }) => name)).not.toContain('Nobody');
  space.close();
  const connection = openConnection(join(bob.directory, 'user.db'), bob);
  expect(connection.prepare('SELECT count(*) FROM topic').pluck().get()).toBe(1);
  connection.close();
});
