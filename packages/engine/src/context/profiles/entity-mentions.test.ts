import type { EntityType } from '@vivim/contract/profile';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityMentions, type MentionedEntity, type SpokenUnit } from './entity-mentions.ts';

function named(...texts: readonly (string | Partial<SpokenUnit>)[]): MentionedEntity[] {
  const units = texts.map((text, i) => ({
    acuPk: i,
    messagePk: i,
    byHuman: true,
    authorName: null,
    text: '',
    ...(typeof text === 'string' ? { text } : text),
  }));
  const reading = entityMentions(units);
  for (;;) {
    const next = reading.next();
    if (next.done) return next.value;
  }
}
const typeOf = ({ types }: MentionedEntity): EntityType | null =>
  [...types].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
const keys = (found: readonly MentionedEntity[]): string[] => found.map(({ key }) => key).sort();

describe('names', () => {
  it.each([
    ['Last week my wife Emma baked a cake.', 'emma', 'person'],
    ['We went there because Dr. Miller said so.', 'miller', 'person'],
    ['I now work at Acme Ltd and like it.', 'acme ltd', 'organisation'],
    ['She studies at the University of the West Indies.', 'university of the west indies', 'organisation'],
    ['We live in Lisbon since May.', 'lisbon', 'place'],
    ['I deploy it with Node.js 24.1.0 on a small box.', 'node.js', 'tool'],
    ['The service is built with PostgreSQL.', 'postgresql', 'tool'],
    ['We call it project Falcon for now.', 'falcon', 'project'],
    ['We saw the Lisbon Film Festival poster.', 'lisbon film festival', 'event'],
    ['Then Maravel showed me the loom.', 'maravel', 'person'],
    ['Puis Maravel m’a montré le métier.', 'maravel', 'person'],
    ['Es stimmt, dass Maravel sich freut, Maravel wünscht sich einen Webstuhl.', 'maravel', 'person'],
    ['Y luego Maravel me enseñó el telar.', 'maravel', 'person'],
    ['Ask @sam_w about it.', '@sam_w', 'person'],
    ['We plan it with Maravel, who is on leave.', 'maravel', 'person'],
    ['It looks like a Silver Harbour movie.', 'silver harbour', 'work'],
    ['I went to a Silver Harbour fan meetup.', 'silver harbour', 'work'],
  ] as const)('%s', (text, key, type) => {
    const found = named(text).find((entity) => entity.key === key);
    expect(found && typeOf(found)).toBe(type);
  });

  it('are no tools for what is theirs being used', () => {
    const type = (text: string) => named(text).flatMap((found) => (found.key === 'velora' ? [typeOf(found)] : []));
    expect(type('I am using Velora on the server.')).toEqual(['tool']);
    expect(type('I am using Velora’s checklist on the server.')).toEqual([null]);
  });

  it.each([
    'The first thing is a list.',
    'Always check the result. Never trust it.',
    'See you on Monday in March, OK?',
    'Thanks! Great work.',
    '`const Emma = require("Tom")` fails.',
  ])('are not in: %s', (text) => expect(named(text)).toEqual([]));

  it('of a full name and a first name are one person within a conversation', () => {
    const found = named('I met Emma Watson today.', 'Then my friend Emma told me a story.');
    expect(keys(found)).toEqual(['emma watson']);
    expect(found[0]?.messagePks.size).toBe(2);
    expect([...(found[0]?.names.keys() ?? [])].sort()).toEqual(['Emma', 'Emma Watson']);
  });

  it('stay apart where a first name could be either of two people', () => {
    expect(keys(named('I met Emma Watson and saw Emma Stone.', 'Yesterday I told Emma a story.'))).toEqual([
      'emma',
      'emma stone',
      'emma watson',
    ]);
  });

  it('with a possessive or a version are the same name', () => {
    expect(keys(named("I like Emma's house, and Emma likes Flask 2.3.1 while I like Flask."))).toEqual([
      'emma',
      'flask',
    ]);
  });

  it('are not made of headings and bold words of a model', () => {
    expect(
      named({ byHuman: false, text: '## Key Features\n\n**Time Management**: Plan the day.\n\n- Set Goals' }),
    ).toEqual([]);
  });

  it('include those who speak', () => {
    const found = named({ authorName: 'Caroline', text: 'hello there' });
    expect(found.map((entity) => [entity.key, typeOf(entity)])).toEqual([['caroline', 'person']]);
  });

  it('can be looked for in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.boolean(), (text, byHuman) => {
        for (const { key, acuPks } of named({ text, byHuman })) {
          expect(key).not.toBe('');
          expect(acuPks.size).toBeGreaterThan(0);
        }
      }),
    );
  });
});
