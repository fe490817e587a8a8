import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from './errors.ts';
import { ConversationId, TopicId } from './ids.ts';
import { parse } from './parse.ts';

const Asked = z.strictObject({
  q: z.string().min(1).max(10),
  limit: z.int().min(1).max(100).optional(),
  share: z.number().gt(0).lt(1).optional(),
  kind: z.enum(['words', 'meaning']).optional(),
  at: z.iso.datetime().optional(),
  day: z.iso.date().optional(),
  of: z.array(z.string()).min(2).optional(),
  on: z.boolean().optional(),
  own: z.string().regex(/^t_/, 'It must be the id of a topic.').optional(),
  either: z.union([z.string(), z.boolean()]).optional(),
  when: z.iso.date().or(z.iso.datetime()).optional(),
  one: ConversationId.optional(),
  both: ConversationId.or(TopicId).optional(),
  inner: z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]).optional(),
  tag: z
    .string()
    .regex(/^[a-z]+$/)
    .optional(),
});

function refusal(value: unknown): [field: string | undefined, said: string] {
  try {
    parse(Asked, value);
  } catch (error) {
    if (error instanceof AppError && error.code === 'request_invalid') return [error.field, error.message];
    throw error;
  }
  throw new Error('It was taken.');
}

describe('a request that does not fit', () => {
  test.each([
    [{ q: '' }, 'q', 'It must not be empty.'],
    [{ q: 'a'.repeat(11) }, 'q', 'It takes at most 10 characters.'],
    [{}, 'q', 'It is missing.'],
    [{ q: 1 }, 'q', 'It must be text.'],
    [{ q: 'a', limit: 0 }, 'limit', 'It takes at least 1.'],
    [{ q: 'a', limit: 101 }, 'limit', 'It takes at most 100.'],
    [{ q: 'a', limit: 1.5 }, 'limit', 'It must be a whole number.'],
    [{ q: 'a', share: 1 }, 'share', 'It takes less than 1.'],
    [{ q: 'a', share: 0 }, 'share', 'It takes more than 0.'],
    [{ q: 'a', kind: 'both' }, 'kind', 'It must be one of words, meaning.'],
    [{ q: 'a', at: 'yesterday' }, 'at', 'It must be a time, such as 2026-05-31T09:00:00Z.'],
    [{ q: 'a', day: '31.5.2026' }, 'day', 'It must be a day, such as 2026-05-31.'],
    [{ q: 'a', of: ['x'] }, 'of', 'It takes at least 2 entries.'],
    [{ q: 'a', of: ['x', 2] }, 'of.1', 'It must be text.'],
    [{ q: 'a', on: 'yes' }, 'on', 'It must be true or false.'],
    [{ q: 'a', own: 'x' }, 'own', 'It must be the id of a topic.'],
    [{ q: 'a', either: 1 }, 'either', 'It must be text, or true or false.'],
    [
      { q: 'a', when: 'yesterday' },
      'when',
      'It must be a day, such as 2026-05-31, or a time, such as 2026-05-31T09:00:00Z.',
    ],
    [{ q: 'a', one: 'm_x' }, 'one', 'It must be an id that begins with c_.'],
    [{ q: 'a', both: 'm_x' }, 'both', 'It must be an id that begins with c_, or an id that begins with t_.'],
    [{ q: 'a', inner: { c: 1 } }, 'inner', 'It has none of the forms it can have.'],
    [{ q: 'a', tag: 'A b' }, 'tag', 'It must be of another form.'],
    [
      { q: 'a', colour: 'red' },
      'colour',
      'There is no field colour here. It takes q, limit, share, kind, at, day, of, on, own, either, when, one and others.',
    ],
    [null, undefined, 'It must be an object.'],
  ])('%j', (value, field, said) => {
    expect(refusal(value)).toEqual([field, said]);
  });

  test('one that fits comes out as it is', () => {
    expect(parse(Asked, { q: 'a', limit: 3 })).toEqual({ q: 'a', limit: 3 });
  });
});
