/**
 * What an answer of Google AI Studio rests on (`grounding`) → citations at the places they stand for, and what was searched. Pure.
 * A segment is the end of a passage, counted in bytes of UTF-8; the same footnote comes once for each passage it bears out.
 */
import type { CanonicalCitation, CanonicalPart } from '../canonical.ts';
import { toolCallPart } from './content-blocks.ts';
import { asName, asNumber, asRecord, asRecords, asSize } from './json-value.ts';

/** Addresses stand inside of one of Google's that leads on to them. */
function addressOf(value: unknown): string | null {
  const address = asName(value);
  if (address === null || !/^https:\/\/www\.google\.com\/url\?/.test(address)) return address;
  const query = new URLSearchParams(address.slice(address.indexOf('?') + 1));
  return query.get('q')?.toWellFormed() || address;
}

/** Sources no passage names stand for the whole answer. */
export function groundsOf(grounding: unknown, text: string): CanonicalCitation[] {
  const record = asRecord(grounding);
  const sources = asRecords(record?.groundingSources).map((source) => ({
    number: asNumber(source.referenceNumber),
    url: addressOf(source.uri),
    title: asName(source.title),
  }));
  const borne = asRecords(record?.corroborationSegments).map((segment) => ({
    number: asNumber(segment.footnoteNumber),
    url: addressOf(segment.uri),
    at: asSize(segment.index),
  }));
  const places = placesIn(
    text,
    borne.flatMap(({ at }) => at ?? []),
  );
  const seen = new Set<string>();
  const cited = borne.flatMap(({ number, url, at }): CanonicalCitation[] => {
    const source = sources.find((one) => (number === null ? one.url === url : one.number === number));
    const place = at === null ? null : (places.get(at) ?? null);
    const address = url ?? source?.url ?? null;
    const key = `${place} ${address}`;
    if ((address === null && source === undefined) || seen.has(key)) return [];
    seen.add(key);
    return [{ start: place, end: place, url: address, title: source?.title ?? null, snippet: null }];
  });
  const named = new Set(borne.map(({ number }) => number));
  const addresses = new Set(borne.map(({ url }) => url));
  const loose = sources
    .filter(({ number, url }) => (number === null || !named.has(number)) && !addresses.has(url))
    .map(({ url, title }) => ({ start: null, end: null, url, title, snippet: null }));
  return [...cited, ...loose];
}

/** What was asked of the search before the answer was written. */
export function searchesOf(grounding: unknown): CanonicalPart[] {
  const queries = asRecord(grounding)?.webSearchQueries;
  return Array.isArray(queries) && queries.length > 0 ? [toolCallPart('google_search', null, { queries })] : [];
}

/** Places in UTF-16 of offsets in UTF-8; one beyond the text has none. */
function placesIn(text: string, offsets: readonly number[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  const wanted = [...new Set(offsets)].toSorted((a, b) => a - b);
  let next = 0;
  let bytes = 0;
  let at = 0;
  for (const letter of text) {
    while (next < wanted.length && (wanted[next] ?? 0) <= bytes) places.set(wanted[next++] ?? 0, at);
    if (next >= wanted.length) return places;
    bytes += Buffer.byteLength(letter);
    at += letter.length;
  }
  while (next < wanted.length && (wanted[next] ?? 0) <= bytes) places.set(wanted[next++] ?? 0, at);
  return places;
}
