/** Rewrites the strings of a part, and keeps its citations true. Pure. */
import type { CanonicalCitation, CanonicalPart } from './canonical.ts';

/** Put something in place of a span of the text; a citation of what stood there goes, the others move along. */
export function replaceSpan(part: CanonicalPart, start: number, end: number, by: string): CanonicalPart {
  if (part.text === null) return part;
  const text = part.text.slice(0, start) + by + part.text.slice(end);
  const delta = by.length - (end - start);
  const citations = part.citations?.flatMap((citation): CanonicalCitation[] => {
    if (citation.start === null || citation.end === null || citation.end <= start) return [citation];
    if (citation.start < end) return [];
    return [{ ...citation, start: citation.start + delta, end: citation.end + delta }];
  });
  return { ...part, text, ...(citations === undefined ? {} : { citations }) };
}

/** The part with every string of it rewritten. Places in a text that changed hold no more and are dropped. */
export function mapPart(part: CanonicalPart, map: (text: string) => string): CanonicalPart {
  const maybe = (value: string | null): string | null => (value === null ? null : map(value));
  const text = maybe(part.text);
  const moved = text !== part.text;
  const { attachment, citations, json, toolName } = part;
  return {
    ...part,
    text,
    ...(toolName === undefined ? {} : { toolName: map(toolName) }),
    ...(json === undefined ? {} : { json: mapJson(json, map) }),
    ...(attachment === undefined
      ? {}
      : {
          attachment: { ...attachment, name: maybe(attachment.name), textExtract: maybe(attachment.textExtract) },
        }),
    ...(citations === undefined
      ? {}
      : {
          citations: citations.map((citation) => ({
            start: moved ? null : citation.start,
            end: moved ? null : citation.end,
            url: maybe(citation.url),
            title: maybe(citation.title),
            snippet: maybe(citation.snippet),
          })),
        }),
  };
}

/** Every string in a JSON value, names of members included. */
export function mapValue(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((each) => mapValue(each, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [map(name), mapValue(each, map)]));
}

/** JSON that is none is one string. */
function mapJson(json: string, map: (text: string) => string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return map(json);
  }
  const mapped = JSON.stringify(mapValue(value, map));
  return mapped === JSON.stringify(value) ? json : mapped;
}
