/** What the operator's log lets through, and what it keeps of an error. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFailure } from './describe-failure.ts';
import { createLog } from './log.ts';

function logged(fields: Record<string, unknown>): Record<string, unknown> {
  const lines: string[] = [];
  createLog('debug', (line) => lines.push(line)).info(fields, 'event');
  return JSON.parse(lines[0] ?? '{}') as Record<string, unknown>;
}

describe('the log', () => {
  it('keeps fields on its list, short, and no others', () => {
    const line = logged({ route: '/v1/devices/{id}', ms: 3, trace: 'a'.repeat(24), did: 'did:key:z6Mk', query: 'q' });
    expect(line).toMatchObject({ route: '/v1/devices/{id}', ms: 3, trace: 'a'.repeat(24), msg: 'event' });
    expect(Object.keys(line).sort()).toEqual(['level', 'ms', 'msg', 'route', 'time', 'trace']);
    expect(String(logged({ reason: 'word '.repeat(100) }).reason)).toHaveLength(120);
  });

  it.each([
    ['did:key:z6MkqxY2EKsC3nozdUnUB3h1jaryzgEUzcGrVhM7ASFkK98r'],
    ['the account 01a2143d-3326-74b1-87eb-40d0eee59ee9 is gone'],
    ['from 203.0.113.77:8080'],
    ['from 2001:db8:0:1::7'],
    ['tvv3AglgUiNWPNNM0lmTacj3xR5swClgSOnN3VQAFIg'],
    ['key ab12'.padEnd(70, '0')],
    [`vivim_pat_${'a'.repeat(43)}`],
  ])('withholds %s, in whatever field it comes', (value) => {
    for (const field of ['reason', 'name', 'at', 'engine']) expect(logged({ [field]: value })[field]).toBe('withheld');
  });

  it.each([
    ['wrapped by the KEK 0123456789abcdef, loaded is fedcba9876543210'],
    ['createUserSpace engine.mjs:821:5443 < startEngine engine.mjs:822:10'],
    ['ERR_ACCESS_DENIED'],
    ['SIGKILL'],
  ])('lets %s through', (value) => {
    expect(logged({ reason: value }).reason).toBe(value);
  });
});

describe('an error nobody expected', () => {
  it('is kept by name, code and place, never by its words', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), (words) => {
        const error = Object.assign(new TypeError(`${words} secret sentence`), { code: 'E_TEST', detail: words });
        const kept = describeFailure(error);
        expect(kept).toMatchObject({
          name: 'TypeError',
          code: 'E_TEST',
          at: expect.stringMatching(/log\.test\.ts:\d+/),
        });
        expect(JSON.stringify(kept)).not.toContain('secret sentence');
      }),
    );
  });

  it('may be anything', () => {
    expect(describeFailure('a secret')).toEqual({ name: 'string' });
    expect(describeFailure(undefined)).toEqual({ name: 'undefined' });
  });
});
