/** JSON that everybody reads alike. */

/** How many members a text of valid JSON writes: strings with a colon after them. */
const countNames = (json: string): number =>
  json
    .matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)
    .reduce((count, [, colon]) => count + (colon === undefined ? 0 : 1), 0);

/**
 * @returns undefined for bytes that are not UTF-8, start with a byte order mark, are not JSON, or hold an object with
 *   one name twice (which readers would take differently, RFC 7517 section 4)
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return countNames(text) === countNames(JSON.stringify(value)) ? value : undefined;
  } catch {
    return undefined;
  }
}
