import { expect, test } from 'vitest';
import { cleanEngineLine } from './engine-log.ts';

test('a record keeps its named fields and the places of its stack, and nothing else', () => {
  const line = JSON.stringify({
    level: 'error',
    event: 'request-failed',
    operation: 'search',
    traceId: 'abc123',
    text: 'my diary',
    code: 'I wrote this to Bob',
    error: {
      name: 'TypeError',
      message: 'unexpected "my diary"',
      frames: ['at search (file:///opt/vivim/engine.mjs:75:1609)', 'at my diary, page 3', 'at /opt/x.mjs:1:2'],
    },
  });
  expect(cleanEngineLine(line)).toEqual({
    level: 'error',
    event: 'engine.request-failed',
    fields: { operation: 'search', name: 'TypeError', trace: 'abc123', at: 'search engine.mjs:75:1609 < x.mjs:1:2' },
  });
});

test.each([
  ['SyntaxError: Unexpected token \'D\', "Dear diary" is not valid JSON', { name: 'SyntaxError' }],
  ['    at parse (file:///opt/vivim/engine.mjs:12:7)', { at: 'parse engine.mjs:12:7' }],
  [
    'FATAL ERROR: Reached heap limit Allocation failed',
    { reason: 'FATAL ERROR: Reached heap limit Allocation failed' },
  ],
  ['engine-jail: Landlock does not take hold: No such file', { reason: 'Landlock does not take hold' }],
])('of what a crash prints the words are left out: %s', (line, fields) => {
  expect(cleanEngineLine(line)?.fields).toEqual(fields);
});

test.each(['engine-jail: /srv/users/ab: No such file', 'Dear diary', '', '{"level":"info"', '[1]'])(
  'a line that is neither is dropped: %s',
  (line) => {
    expect(cleanEngineLine(line)).toBeNull();
  },
);
