/**
 * What a source is to capture: how its files are recognised, how they are cut into records, and how a record is read.
 * Values and pure functions only; whoever reads the file stands outside. Adding a source is one module that exports one
 * of these, and its line in `registry.ts`.
 */
import type { Source } from '@vivim/contract/conversation';
import type { CanonicalConversation, Reading, SourceContext } from '../canonical.ts';
import type { FileFact } from '../files/export-file.ts';
import type { Kept, SaidMemory } from '../kept.ts';
import type { Aside } from '../unread.ts';
import { isRecord, type JsonRecord } from './json-value.ts';

export type FileKind = 'json' | 'text' | 'html' | 'sqlite';

/** What is seen of a file before it is decided what it is. */
export interface Look {
  readonly kind: FileKind;
  /** How it begins, as text; the whole of a page that is a file of its own. Empty for a database. */
  readonly head: string;
  /** JSON: the first entries of its list, or its first rows. What could not be parsed stands as null. */
  readonly values: readonly unknown[];
  /** JSON: one value after another, a line each. */
  readonly rows: boolean;
  /** Database: its plain tables and their columns. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
}

export interface Claim {
  /** 0–1. */
  readonly confidence: number;
  /** In words, for the person. */
  readonly why: string;
}

/** Read an uploaded database: rows of one plain table, in the order of a column or of their place. */
export interface UploadedTables {
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /**
   * @param columns those the table has are read, the others come as null
   * @param binary a column that holds files: its values come in base64
   * @param where rows whose column equals a value, or begins with a prefix
   */
  rows(table: string, columns: readonly string[], where?: RowFilter, binary?: string): Iterable<JsonRecord>;
}

export interface RowFilter {
  readonly column: string;
  readonly equals?: string;
  readonly startsWith?: string;
}

/** How a file is cut into records. */
export type Cut =
  /**
   * Entries of a JSON list, however large the file. `twins`: entries that are the same to the byte are each their own. `under`: of
   * the list that stands under this key of an object, and nothing where there is none. `after`: of the list that begins after these
   * words of a page, and ends where it ends.
   */
  | { readonly kind: 'list'; readonly twins?: true; readonly under?: string; readonly after?: string }
  /**
   * Entries of a JSON list that belong together under one key become one record, a list; those without a key stand alone. An entry with
   * several keys stands in the list of each, and a list that holds such an entry begins with `{vivimGroup: key}`.
   */
  | { readonly kind: 'grouped'; keyOf(value: unknown): string | readonly string[] | null }
  /** Each line of a JSON lines file. */
  | { readonly kind: 'lines'; readonly twins?: true }
  /** All lines of a JSON lines file; a very long one in pieces. */
  | { readonly kind: 'session' }
  /** The whole file. A list is one of such files, each entry its own, but with `alsoLists`. */
  | { readonly kind: 'whole'; readonly alsoLists?: true }
  /** A text, cut by the source. */
  | { readonly kind: 'pieces'; split(text: string): readonly string[] }
  /** A database: the source makes each record from its rows. */
  | { readonly kind: 'database'; records(database: UploadedTables): Iterable<unknown> };

export interface SourceFormat {
  readonly kind: FileKind;
  readonly cut: Cut;
  /** Of another product than what it lies beside: in an archive with conversations it is only named, with this sentence. */
  readonly apart?: string;
  /** It says again what lies in its own folder alone: where nothing of its source lies there, it comes in. */
  readonly apartInFolder?: true;
  claim(look: Look): Claim | null;
}

/** Something else an export holds beside conversations. */
export interface SidecarRule {
  /** In words: `projects`, `memories`, … */
  readonly what: string;
  /** True where it holds something of the person that is not imported yet, false where nothing is lost without it. */
  readonly content: boolean;
  /** Why it is not imported, as a sentence for the report, where that is more than what it is. */
  readonly why?: string;
  /** Told by where it stands, under a key of {@link SourceModule.besideLists}: no file of its own is known by it. */
  readonly inList?: true;
  fits(record: JsonRecord): boolean;
  /** The account it names. */
  account?(record: JsonRecord): string | null;
  /** What it says of files of the export, by the id conversations point to them under. */
  files?(record: JsonRecord): readonly ({ readonly id: string } & FileFact)[];
  /** What it holds that is kept; null where the record says nothing. A rule with one is read like conversations are. */
  read?(record: JsonRecord): Kept | null;
  /** The name it gives to a conversation that stands in another file. */
  names?(record: JsonRecord): { readonly id: string; readonly title: string } | null;
}

export interface SourceModule {
  readonly source: Source;
  /** Goes up when the same bytes give more or better than before: what was read by an older one is then read anew. 1 where absent. */
  readonly version?: number;
  /** Its program writes the whole history down again where a session is forked or resumed. */
  readonly forks?: true;
  readonly formats: readonly SourceFormat[];
  readonly sidecars?: readonly SidecarRule[];
  /** Keys beside `conversations` in a file of them, under which lists of records stand that the rules above fit. */
  readonly besideLists?: readonly string[];
  /** Of a database: what stands in it beside conversations, as records the rules above fit. */
  besides?(database: UploadedTables): Iterable<unknown>;
  /** What a conversation says that is kept as memories: instructions in front of it, what the model was told to keep. */
  memoriesIn?(conversation: CanonicalConversation): readonly SaidMemory[];
  /** Files of its archive that are never opened, by their names, and why. */
  readonly neverRead?: { readonly name: RegExp; readonly why: string };
  /**
   * Another source took its records before it had a reader of its own. What came in then is found, and is of this source from then on;
   * both readers make a message of the same entries, in the same order.
   */
  readonly formerly?: { readonly source: Source; takes(bytes: Buffer): boolean };
  /** What it keeps as it came it keeps by choice: notes of the program beside what was said. */
  readonly keepsRaw?: true;
  /** Fields that are left on purpose. The report says nothing of them; `docs/guide/sources.md` does. */
  readonly aside?: Aside;
  /** The id under which conversations point to a file of the archive. */
  assetId?(entryName: string): string | null;
  /** One record. What it throws is answered by `readRecord` as an entry that could not be read. */
  read(bytes: Buffer, context: SourceContext): Reading;
}

/** The best claim any of the first values makes. */
export const firstClaim =
  (of: (record: JsonRecord) => Claim | null) =>
  (look: Look): Claim | null => {
    let best: Claim | null = null;
    for (const value of look.values) {
      const claim = isRecord(value) ? of(value) : null;
      if (claim !== null && (best === null || claim.confidence > best.confidence)) best = claim;
    }
    return best;
  };

/** A claim where any of the first values fits. */
export const claimWhere = (fits: (record: JsonRecord) => boolean, confidence: number, why: string) =>
  firstClaim((record) => (fits(record) ? { confidence, why } : null));

/** Whether an object has all of these keys itself. */
export const has =
  (...keys: string[]) =>
  (record: JsonRecord): boolean =>
    keys.every((key) => Object.hasOwn(record, key));

/** Fields that are left wherever they stand. */
export const asideFields = (...names: string[]): Aside => {
  const all = new Set(names);
  return (field) => all.has(field);
};
