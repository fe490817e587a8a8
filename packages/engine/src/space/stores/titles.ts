/**
 * Conversations by the words of their titles. A title is nobody's words, so it is in no index of what was said; there are few of them,
 * and a look through all costs little. Ranks by how many of the words a title holds, then the newest.
 */
import { isoTime } from '@vivim/contract/clock';
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import type { TitleHit } from '@vivim/contract/search';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { indexForms, tokensOf } from '../words/index-words.ts';

interface Row {
  pk: number;
  id: ConversationId;
  externalId: string | null;
  title: string;
  source: Source;
  atMs: number | null;
}

/** Letters of a form that are looked for by SQLite itself before a title is cut into words. */
const beginning = 3;
const maybe = statement<{ beginnings: string }, Row>(
  (_, p) => sql<Row>`
    SELECT c.pk, c.id, c.external_id AS externalId, c.title, c.source, coalesce(c.updated_ms, c.created_ms) AS atMs
    FROM conversation c WHERE c.title <> '' AND (
      EXISTS (SELECT 1 FROM json_each(${p.beginnings}) b WHERE instr(lower(c.title), b.value) > 0)
      -- Letters with accents and other scripts are evened here and not by SQLite.
      OR c.title GLOB ${sql.lit('*[^ -~]*')})`,
);

/** A word of a question, and the expression that finds it in all its forms. */
export interface TitleWord {
  readonly text: string;
  readonly fts: string;
}

/** Of `("running" OR "run" *)`, what stands in the index: `running `, `run`. */
const formsOf = ({ fts }: TitleWord): string[] =>
  [...fts.matchAll(/"([^"]+)"( \*)?/g)].map(([, form = '', star]) => (star === undefined ? `${form} ` : form));

export class TitleReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @returns those whose title holds half of the words, or one that few titles hold; those with most of them first */
  holding(words: readonly TitleWord[], limit: number): TitleHit[] {
    if (words.length === 0) return [];
    const looked = words.map((word) => ({ text: word.text, forms: formsOf(word) }));
    const beginnings = looked.flatMap(({ forms }) => forms.map((form) => form.trim().slice(0, beginning)));
    const hits = maybe
      .all(this.#connection, { beginnings: JSON.stringify([...new Set(beginnings)]) })
      .flatMap((row) => {
        const said = ` ${[...tokensOf(row.title)].join(' ')}  ${indexForms(row.title)} `;
        const terms = looked
          .filter(({ forms }) => forms.some((form) => said.includes(` ${form}`)))
          .map(({ text }) => text);
        return terms.length === 0 ? [] : [{ row, terms }];
      });
    const held = Map.groupBy(
      hits.flatMap(({ terms }) => terms),
      (term) => term,
    );
    const isTelling = (term: string) => (held.get(term)?.length ?? 0) <= limit;
    return hits
      .filter(({ terms }) => 2 * terms.length >= looked.length || terms.some(isTelling))
      .sort((a, b) => b.terms.length - a.terms.length || (b.row.atMs ?? 0) - (a.row.atMs ?? 0) || b.row.pk - a.row.pk)
      .slice(0, limit)
      .map(({ row: { atMs, pk: _, ...conversation }, terms }) => ({ conversation, at: isoTime(atMs), terms }));
  }
}
