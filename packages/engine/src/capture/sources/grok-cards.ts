/**
 * Marks Grok leaves in its text where it cites: `<grok:render card_id=… type="render_inline_citation">…</grok:render>`. They are taken out,
 * because they mean nothing to a reader, and become citations where a card beside the text says the address. The raw record keeps them. Pure.
 */
import type { CanonicalCitation, CanonicalPart } from '../canonical.ts';
import { asArray, asId, asName, asRecord, fromJson, type JsonRecord } from './json-value.ts';
import { taggedParts } from './tagged-documents.ts';

const mark = /[ \t]?<grok:render\b([^<>]{0,500})>[\s\S]{0,600}?<\/grok:render>/g;
const isCitation = /\btype="render_inline_citation"/;

/** The cards of a response, each JSON in a text or an object. */
export const cardsOf = (response: JsonRecord): readonly unknown[] =>
  asArray(response.card_attachments_json).filter((card) => asName(card) !== null || asRecord(card) !== null);

const opened = (card: unknown): JsonRecord | null => asRecord(typeof card === 'string' ? fromJson(card) : card);

/** What is said, with what it rests on; documents in it are parts of their own. */
export function citedWords(
  message: unknown,
  cards: readonly unknown[],
  loose: readonly CanonicalCitation[],
): CanonicalPart[] {
  const words = asName(message);
  if (words === null) return [];
  const byId = new Map(cards.map(opened).flatMap((card) => (card === null ? [] : [[asId(card.id), card] as const])));
  const citations: CanonicalCitation[] = [];
  let text = '';
  let from = 0;
  for (const match of words.matchAll(mark)) {
    const [whole, attributes = ''] = match;
    if (!isCitation.test(attributes)) continue;
    text += words.slice(from, match.index);
    from = match.index + whole.length;
    const card = byId.get(/\bcard_id="([^"]*)"/.exec(attributes)?.[1] ?? '');
    const url = asName(card?.url);
    if (url !== null)
      citations.push({ start: text.length, end: text.length, url, title: asName(card?.title), snippet: null });
  }
  text += words.slice(from);
  const all = [...citations, ...loose];
  const tagged = taggedParts(text);
  if (tagged === null)
    return text === '' ? [] : [{ kind: 'text', text, ...(all.length > 0 ? { citations: all } : {}) }];
  // Places in the text are no places in its pieces: then they hold for the first of them.
  const at = tagged.findIndex(({ kind }) => kind === 'text');
  const placeless = all.map((citation) => ({ ...citation, start: null, end: null }));
  return at < 0 || all.length === 0
    ? tagged
    : tagged.with(at, { ...(tagged[at] as CanonicalPart), citations: placeless });
}

/** Cards that say no more than an address that is cited are left out; the others are kept as they came. */
export const isCitationCard = (card: unknown): boolean => {
  const record = opened(card);
  return (
    record !== null && /citation/.test(`${asName(record.type)} ${asName(record.cardType)} ${asName(record.card_type)}`)
  );
};
