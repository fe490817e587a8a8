import { describe, expect, it } from 'vitest';
import { readGuardians } from './guardians-form.ts';
import { strings } from './strings.ts';

const { access } = strings;

describe('guardians as they are written down', () => {
  it('are read a line each, once each', () => {
    expect(readGuardians(' did:key:z1\ndid:key:z2, did:key:z1\n', '2', ['did:key:me'])).toEqual({
      dids: ['did:key:z1', 'did:key:z2'],
      threshold: 2,
    });
  });

  it.each([
    ['', '1', access.guardiansCount],
    ['did:key:z1', '2', access.guardiansCount],
    ['did:key:z1', '0', access.guardiansCount],
    ['did:key:z1', 'many', access.guardiansCount],
    ['did:key:z1 did:key:me', '1', access.guardiansOwn],
    ['my sister', '1', access.guardiansNoDid],
  ])('%j with %s is refused in words', (dids, threshold, words) => {
    expect(readGuardians(dids, threshold, ['did:key:me'])).toBe(words);
  });
});
