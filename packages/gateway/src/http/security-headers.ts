/** What every answer tells the browser not to do. Applied last, so that no route can forget it. */

/** Scripts, styles and data come from this server only; nothing inline, nothing evaluated, no frame around it. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Of files somebody else made: whoever opens one as a page gets a page that can do nothing. */
const foreignContent = "default-src 'none'; frame-ancestors 'none'; sandbox";

const always: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['content-security-policy', contentSecurityPolicy],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=()'],
];

/**
 * @param secure the server is reached over https, now and from now on
 * @param api answers of the API are of one person and are kept nowhere
 * @param foreign bytes of a file somebody else made: opened as a page it may do nothing at all
 */
export function secureHeaders(headers: Headers, options: { secure: boolean; api: boolean; foreign?: boolean }): void {
  for (const [name, value] of always) headers.set(name, value);
  if (options.foreign) headers.set('content-security-policy', foreignContent);
  if (options.api) headers.set('cache-control', 'private, no-store');
  if (options.secure) headers.set('strict-transport-security', 'max-age=31536000');
}
