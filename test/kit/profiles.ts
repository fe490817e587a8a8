/** Topics and entities of a space in a test: rolled up to the end, and every figure of them to compare with another space. */
import { join } from 'node:path';
import { ProfileRollupService } from '@vivim/engine/context/profile-rollup-service';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { openConnection } from '@vivim/engine/sqlite/database';
import fc from 'fast-check';

/** No conversation of a test is beyond observing. */
const unexpected = (error: unknown): never => {
  throw error;
};

/** @returns how many steps it took */
export async function rollUp(space: UserSpace): Promise<number> {
  const service = new ProfileRollupService(space, unexpected);
  let steps = 0;
  for (; service.pending() > 0; steps++) await service.step(new AbortController().signal);
  return steps;
}

/** Every figure of every profile, without row numbers and ids, which are a space's own. */
export function profilesIn(space: UserSpace): unknown {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  const all = (sql: string) => connection.prepare(sql).all();
  try {
    return ['topic', 'entity'].map((kind) => [
      all(`SELECT * FROM ${kind} ORDER BY key`).map((row) => ({ ...(row as object), pk: null, id: null })),
      all(
        `SELECT o.key, a.id, u.weight FROM ${kind}_acu u JOIN ${kind} o ON o.pk = u.${kind}_pk JOIN acu a ON a.pk = u.acu_pk ORDER BY o.key, a.id`,
      ),
      all(
        `SELECT o.key, f.kind, f.value, f.weight FROM ${kind}_form f JOIN ${kind} o ON o.pk = f.${kind}_pk ORDER BY 1, 2, 3`,
      ),
      all(`SELECT key FROM ${kind} WHERE visible = 1 ORDER BY pinned DESC, weight DESC, key`),
    ]);
  } finally {
    connection.close();
  }
}

/** Conversations about things and people, in sentences that name them. @param asked says that somebody was asked about something */
export function conversationsAbout(
  thing: fc.Arbitrary<string>,
  person: fc.Arbitrary<string>,
  asked: (thing: string, person: string) => string,
) {
  const sentence = fc.oneof(
    fc.tuple(thing, person).map(([a, b]) => asked(a, b)),
    fc.tuple(person, person).map(([a, b]) => `Yesterday I met ${a} with ${b} in Lisbon.`),
    thing.map((a) => `Tell me more about ${a} please.`),
  );
  const message = fc.record(
    {
      text: fc.array(sentence, { minLength: 1, maxLength: 3 }).map((list) => list.join(' ')),
      role: fc.constantFrom('user' as const, 'assistant' as const),
      at: fc.constantFrom('2024-01-01T00:00:00Z', '2024-06-01T00:00:00Z', '1999-12-31T23:59:59Z'),
    },
    { requiredKeys: ['text', 'role'] },
  );
  return fc.record({
    title: fc.option(thing),
    messages: fc.array(message, { minLength: 1, maxLength: 4 }),
  });
}
