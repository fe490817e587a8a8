/** What may be reached from here on behalf of somebody else: names and addresses of the public internet, nothing nearer. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Names that mean something inside a network or a machine, or nothing at all (RFC 6761, RFC 6762, RFC 9476, ICANN). */
const inwardNames = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'lan',
  'home',
  'corp',
  'onion',
  'alt',
  'test',
  'invalid',
  'arpa',
];

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
// A last label of letters alone, or an internationalised one: whatever ends in a number is an IPv4 address to a URL.
const hostName = new RegExp(`^(?:${label}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$`);

/** A URL reads it as it stands: no address in disguise, and no Punycode that says nothing. */
const staysItself = (host: string): boolean => URL.parse(`https://${host}`)?.hostname === host;

/** A host name of at least two labels, in lower case, that could be public. Addresses never are. RFC 1123 section 2.1. */
export function isPublicHostName(host: string): boolean {
  const last = host.slice(host.lastIndexOf('.') + 1);
  return host.length <= 253 && hostName.test(host) && !inwardNames.includes(last) && staysItself(host);
}

const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Public unicast. Addresses of IPv6 that carry one of IPv4 (mapped, NAT64, 6to4, Teredo) are refused, whichever it is:
 * they lead to where the IPv4 one would.
 *
 * @see IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890)
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast));
}
