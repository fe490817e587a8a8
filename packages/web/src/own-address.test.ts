import { expect, it } from 'vitest';
import { ownAddress } from './own-address.ts';

it.each(['/connect/x?y=1', '/', '/identity/devices'])('%s is ours', (address) => {
  expect(ownAddress(address)).toBe(address);
});

it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', undefined, 7])(
  '%s is not',
  (address) => {
    expect(ownAddress(address)).toBeUndefined();
  },
);
