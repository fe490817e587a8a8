/** Where an application may have its answers sent, and how that is shown to the person who is asked. Pure. */

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Schemes a browser would run or read itself. */
const browserSchemes: ReadonlySet<string> = new Set([
  'javascript:',
  'vbscript:',
  'data:',
  'blob:',
  'file:',
  'about:',
  'view-source:',
  'ftp:',
  'ws:',
  'wss:',
]);

/**
 * Https anywhere; http on the person's own machine; the own scheme of an installed program.
 *
 * @see RFC 8252 section 7
 */
export function isAllowedRedirect(uri: string): boolean {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (url === null || url.hash !== '' || uri.includes('#') || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return url.hostname !== '';
  if (url.protocol === 'http:') return loopbackHosts.has(url.hostname);
  return !browserSchemes.has(url.protocol);
}

export interface RedirectTarget {
  /** A host with its port, or the scheme of a program. */
  readonly host: string;
  /** On the person's own machine, where any program can take its place. */
  readonly loopback: boolean;
}

/** @param uri one that {@link isAllowedRedirect} lets pass */
export function describeRedirect(uri: string): RedirectTarget {
  const { protocol, host, hostname } = new URL(uri);
  if (protocol === 'https:') return { host, loopback: loopbackHosts.has(hostname) };
  return { host: protocol === 'http:' ? host : `${protocol}//`, loopback: true };
}
