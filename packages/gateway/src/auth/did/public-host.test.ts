/** Which names and addresses count as public. */
import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress, isPublicHostName } from './public-host.ts';

describe('a host name', () => {
  it.each([
    'example.com',
    'w3c-ccg.github.io',
    'xn--e1afmkfd.xn--p1ai',
    '1.example.com',
    'did.actor',
    `${'a'.repeat(63)}.example`,
  ])('%s may be public', (host) => {
    expect(isPublicHostName(host)).toBe(true);
  });

  it.each([
    '',
    'a.b',
    'localhost',
    'vivim',
    'vivim.local',
    'vivim.localhost',
    'db.internal',
    'router.lan',
    'a.onion',
    'a.test',
    'home.arpa',
    '1.0.0.127.in-addr.arpa',
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    'a.0x7f',
    '0177.0.0.1',
    '[::1]',
    '::1',
    'example.com.',
    '.example.com',
    'a..com',
    '-a.com',
    'a-.com',
    'a_b.com',
    'Example.com',
    'exámple.com',
    'example.com:443',
    'user@example.com',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(126)}example`,
    'example.c0m',
  ])('%s may not', (host) => {
    expect(isPublicHostName(host)).toBe(false);
  });

  it('that may be public is one to a URL too, and no address', () => {
    const part = fc.oneof(
      fc.stringMatching(/^[a-z0-9x-]{1,6}$/),
      fc.constantFrom('xn--p1ai', '0x7f', 'com', '%2e', '1'),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const host = parts.join('.');
        if (!isPublicHostName(host)) return;
        expect(new URL(`https://${host}/`).hostname).toBe(host);
        expect(isIP(host)).toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an address', () => {
  it.each(['1.1.1.1', '8.8.8.8', '93.184.215.14', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:1.1.1.1',
    '::ffff:a9fe:a9fe',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::a00:1',
    '100::1',
    '2001::1',
    '2001:2::1',
    '2001:10::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:a9fe:a9fe::1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '127.1',
    '0x7f.1',
    '2130706433',
    'example.com',
    '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
