/**
 * The marks ChatGPT leaves in its text where it cites: U+E200 name U+E202 reference … U+E201, and older `【12†source】`.
 * They are taken out of the text, because they mean nothing to a reader, and become citations at the place they stood.
 * The raw record keeps them.
 */
import type { CanonicalCitation } from '../canonical.ts';
import { asArray, asId, asName, asRecord, asRecords, asSize, type JsonRecord } from './json-value.ts';

interface Link {
  readonly url: string | null;
  readonly title: string | null;
  readonly snippet: string | null;
}

/** A stretch of the source's text, and what is said of it. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly links: readonly Link[];
  /** What stands there instead, where the reference says it. */
  readonly shown?: string;
}

/** Agents wrote theirs under a name that said nothing. */
const referencesIn = (metadata: JsonRecord): readonly unknown[] => [
  ...asArray(metadata.content_references),
  ...asArray(metadata.n7jupd_crefs),
];

/** `{{file:file-abc}}`: a file an agent made and showed. */
const madeFile = /^\{\{file:[^{}\s]+\}\}$/;

/** Files an agent made and put into its answer, by the ids and names its references give. */
export const filesMade = (metadata: JsonRecord): readonly { readonly id: string; readonly name: string | null }[] =>
  asRecords(referencesIn(metadata)).flatMap((reference) => {
    const id = asId(reference.file_id);
    return id !== null && madeFile.test(asName(reference.matched_text) ?? '')
      ? [{ id, name: asName(reference.file_name) ?? asName(reference.name) }]
      : [];
  });

const marker = /\uE200[^\uE200\uE201]*\uE201/g;
const isMarker = (text: string): boolean => text.startsWith('\uE200') || (text.startsWith('【') && text.endsWith('】'));

/** @returns the text a person reads, and citations with UTF-16 offsets in it */
export function citeText(text: string, metadata: JsonRecord): { text: string; citations: CanonicalCitation[] } {
  const references = referencesIn(metadata);
  const older = asArray(metadata.citations);
  if (references.length === 0 && older.length === 0 && !text.includes('\uE200')) return { text, citations: [] };
  const loose: Link[] = [];
  const marks: Mark[] = [];
  for (const value of references) {
    const reference = asRecord(value);
    if (reference === null) continue;
    const place = locate(text, reference.matched_text, reference.start_idx);
    const name = madeFile.test(asName(reference.matched_text) ?? '') ? asName(reference.file_name) : null;
    const links = name === null ? linksOf(reference) : [];
    if (place === null) loose.push(...links);
    else if (name !== null) marks.push({ ...place, links, shown: name });
    else if (links.length > 0 || isMarker(text.slice(place.start, place.end))) marks.push({ ...place, links });
  }
  for (const value of older) {
    const citation = asRecord(value);
    const link = linkOf(asRecord(citation?.metadata) ?? {});
    if (citation === null || link === null) continue;
    const start = asSize(citation.start_ix);
    const end = asSize(citation.end_ix);
    const holds = start !== null && end !== null && isMarker(text.slice(start, end));
    if (holds) marks.push({ start, end, links: [link] });
    else if (!marks.some((mark) => mark.links.some((other) => other.url === link.url))) loose.push(link);
  }
  for (const match of text.matchAll(marker)) {
    marks.push({ start: match.index, end: match.index + match[0].length, links: [] });
  }
  return takeOut(text, marks, loose);
}

/**
 * Where a reference stands. Its offsets may count UTF-16 units or code points, so they hold only when the text there is
 * the text it names; else the text is looked for.
 */
function locate(text: string, matched: unknown, start: unknown): { start: number; end: number } | null {
  // A reference to the whole answer matches a blank: it has no place.
  if (typeof matched !== 'string' || matched.trim() === '') return null;
  const said = asSize(start) ?? 0;
  const at = text.startsWith(matched, said) ? said : text.indexOf(matched);
  return at < 0 ? null : { start: at, end: at + matched.length };
}

function linkOf(record: JsonRecord): Link | null {
  const url = asName(record.url) ?? asName(record.cloud_doc_url);
  const title = asName(record.title) ?? asName(record.name);
  if (url === null && title === null) return null;
  return { url, title, snippet: asName(record.snippet) ?? asName(record.text) };
}

/** Pages the browser of 2023 found, as the metadata of its message lists them. */
export const foundPages = (metadata: JsonRecord): CanonicalCitation[] =>
  asArray(asRecord(metadata._cite_metadata)?.metadata_list).flatMap((value) => {
    const link = linkOf(asRecord(value) ?? {});
    return link === null ? [] : [{ start: null, end: null, ...link }];
  });

function linksOf(reference: JsonRecord): Link[] {
  const items = asArray(reference.items);
  const listed = (items.length > 0 ? items : asArray(reference.fallback_items))
    .map((item) => linkOf(asRecord(item) ?? {}))
    .filter((link) => link !== null);
  if (listed.length > 0) return listed;
  const own = linkOf(reference);
  return own === null ? [] : [own];
}

function takeOut(
  text: string,
  marks: Mark[],
  loose: readonly Link[],
): { text: string; citations: CanonicalCitation[] } {
  marks.sort((a, b) => a.start - b.start || b.end - a.end);
  const citations = new Map<string, CanonicalCitation>();
  const add = (link: Link, start: number | null, end: number | null) => {
    const key = `${start} ${link.url} ${link.title}`;
    if (!citations.has(key)) citations.set(key, { start, end, ...link });
  };
  let out = '';
  let read = 0;
  for (const mark of marks) {
    if (mark.start < read) {
      // The same place was named twice.
      for (const link of mark.links) add(link, out.length, out.length);
      continue;
    }
    out += text.slice(read, mark.start);
    const words = text.slice(mark.start, mark.end);
    const shown = mark.shown ?? (isMarker(words) ? wordsIn(words) : words);
    if (shown === '' && out.endsWith(' ') && /^(?:[\s.,;:!?)]|$)/.test(text.slice(mark.end, mark.end + 1))) {
      out = out.slice(0, -1);
    }
    const start = out.length;
    out += shown;
    read = mark.end;
    for (const link of mark.links) add(link, start, out.length);
  }
  for (const link of loose) add(link, null, null);
  return { text: out + text.slice(read), citations: [...citations.values()] };
}

/** Some marks carry words of the sentence, as `entity["city","Paris"]`: those stay. */
function wordsIn(mark: string): string {
  const payload = mark.slice(mark.lastIndexOf('\uE202') + 1, -1);
  if (!payload.startsWith('[')) return '';
  try {
    const value: unknown = JSON.parse(payload);
    return Array.isArray(value) && typeof value[1] === 'string' ? value[1] : '';
  } catch {
    return '';
  }
}
