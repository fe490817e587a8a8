/** Addresses of those who ask: whose word on them is taken, and how much of them is kept. */
import ipaddr from 'ipaddr.js';

const parse = (address: string): ipaddr.IPv4 | ipaddr.IPv6 | null =>
  ipaddr.isValid(address) ? ipaddr.process(address.split('%')[0] ?? '') : null;

/** Whether an address lies in a prefix such as `192.0.2.0/24`. */
export function inNetwork(address: string, network: string): boolean {
  const parsed = parse(address);
  if (parsed === null) return false;
  const [range, bits] = ipaddr.parseCIDR(network);
  return range.kind() === parsed.kind() && parsed.match(range, bits);
}

/** The network an address belongs to, as a prefix: /24 of IPv4, /48 of IPv6. `unknown` for what is no address. */
export function networkOf(address: string): string {
  const parsed = parse(address);
  if (parsed === null) return 'unknown';
  const bits = parsed.kind() === 'ipv4' ? 24 : 48;
  const of = parsed.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${of.networkAddressFromCIDR(`${parsed.toString()}/${bits}`).toString()}/${bits}`;
}

/**
 * The address a request came from. A proxy's word is taken only where the operator named it, from the nearest one back to the
 * first that is not ours: whatever a client wrote itself stands further left and is never read.
 *
 * @param peer of the connection
 * @param forwarded the `X-Forwarded-For` header
 * @param trusted prefixes of proxies
 */
export function clientAddress(peer: string, forwarded: string | null, trusted: readonly string[]): string {
  const isTrusted = (address: string) => trusted.some((network) => inNetwork(address, network));
  const hops = [...(forwarded?.split(',').map((hop) => hop.trim()) ?? []), peer];
  let address = hops.pop() ?? peer;
  while (isTrusted(address) && hops.length > 0) address = hops.pop() ?? address;
  return parse(address) === null ? peer : address;
}
