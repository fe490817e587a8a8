/** Which addresses count as one network. */
import { expect, it } from 'vitest';
import { addressPrefix } from './knocks.ts';

it.each([
  ['192.0.2.7', '192.0.2'],
  ['::ffff:192.0.2.7', '192.0.2'],
  ['2001:db8:1:2::7', '2001:db8:1'],
  ['2001:0DB8:0001:ffff:1:2:3:4', '2001:db8:1'],
  ['2001::7', '2001:0:0'],
  ['::1', '0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0'],
  ['', 'unknown'],
  ['nonsense', 'unknown'],
])('%s belongs to %s', (address, prefix) => {
  expect(addressPrefix(address)).toBe(prefix);
});
