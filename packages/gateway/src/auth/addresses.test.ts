/** Which addresses count as one network, and whose word on a client's address is believed. */
import { describe, expect, it } from 'vitest';
import { clientAddress, inNetwork, networkOf } from './addresses.ts';

it.each([
  ['192.0.2.7', '192.0.2.0/24'],
  ['::ffff:192.0.2.7', '192.0.2.0/24'],
  ['2001:db8:1:2::7', '2001:db8:1::/48'],
  ['2001:0DB8:0001:ffff:1:2:3:4', '2001:db8:1::/48'],
  ['2001::7', '2001::/48'],
  ['::1', '::/48'],
  ['fe80::1%eth0', 'fe80::/48'],
  ['', 'unknown'],
  ['nonsense', 'unknown'],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it('an address lies in a prefix of its own kind, or not', () => {
  expect(inNetwork('192.0.2.7', '192.0.2.0/24')).toBe(true);
  expect(inNetwork('::ffff:192.0.2.7', '192.0.2.0/24')).toBe(true);
  expect(inNetwork('192.0.3.7', '192.0.2.0/24')).toBe(false);
  expect(inNetwork('2001:db8::1', '192.0.2.0/24')).toBe(false);
  expect(inNetwork('nonsense', '192.0.2.0/24')).toBe(false);
});

describe('behind proxies', () => {
  const trusted = ['127.0.0.1/32', '10.0.0.0/8'];

  it.each([
    ['without a trusted proxy a header is nothing', '203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['a trusted proxy is believed', '127.0.0.1', '198.51.100.4', '198.51.100.4'],
    ['so is a row of them', '127.0.0.1', '198.51.100.4, 10.1.2.3', '198.51.100.4'],
    ['what the client wrote itself is not', '127.0.0.1', '6.6.6.6, 198.51.100.4', '198.51.100.4'],
    ['nor what is no address', '127.0.0.1', 'evil', '127.0.0.1'],
    ['a proxy alone speaks for itself', '127.0.0.1', null, '127.0.0.1'],
    ['all of them ours: the outermost', '127.0.0.1', '10.0.0.9', '10.0.0.9'],
  ])('%s', (_, peer, forwarded, address) => {
    expect(clientAddress(peer, forwarded, trusted)).toBe(address);
  });
});
