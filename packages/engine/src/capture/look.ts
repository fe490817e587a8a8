/**
 * Look into a file just far enough to know what it is: what kind of bytes, how it begins, and the first entries of its
 * list or its first rows. Knows no source.
 */
import { AppError } from '@vivim/contract/errors';
import { elementLimits, type JsonElement, JsonElements } from './json-elements.ts';
import { fromJson } from './sources/json-value.ts';
import type { FileKind, Look } from './sources/source-module.ts';

export interface Seen extends Look {
  /** True where every entry seen was an empty object or list, or there was none. */
  readonly hollow: boolean;
  /** True where an entry was too large to look at. */
  readonly tooLarge: boolean;
  /** What is wrong with it as JSON, where nobody who knows it says otherwise. */
  readonly broken: AppError | null;
}

/** A corrupt entry may stand in front; a list whose first entries say nothing is not ours. */
const lookAt = 16;
/** After so many bytes of entries that were understood, enough was seen. */
const enoughBytes = 1024 ** 2;
/** Of a text or of JSON lines. */
const headBytes = 256 * 1024;

export const nothingSeen: Seen = {
  kind: 'text',
  head: '',
  values: [],
  rows: false,
  tables: new Map(),
  hollow: true,
  tooLarge: false,
  broken: null,
};

const sqliteMagic = 'SQLite format 3\0';

function kindOf(head: Buffer): FileKind | null {
  if (head.subarray(0, sqliteMagic.length).toString('latin1') === sqliteMagic) return 'sqlite';
  const text = head.toString('latin1').trimStart();
  const first = text.charAt(0);
  if (first === '') return null;
  // A text may begin with a comment of the program that saved it.
  const [comments = ''] = /^(?:<!--[\s\S]*?-->\s*)+/.exec(text) ?? [];
  if (comments !== '' && !['', '<'].includes(text.charAt(comments.length))) return 'text';
  // A time in brackets in front of a line of a log.
  if (/^\[[^\]\n"{[]{3,40}\][ \t]+[^\s,\]]/.test(text)) return 'text';
  return first === '[' || first === '{' ? 'json' : first === '<' ? 'html' : 'text';
}

/**
 * @param chunks UTF-8
 * @param pageBytes how much of a web page is read
 * @throws what the stream throws
 */
export async function look(chunks: AsyncIterable<Buffer>, pageBytes: number = headBytes): Promise<Seen> {
  const held: Buffer[] = [];
  let bytes = 0;
  let kind: FileKind | null = null;
  let splitter: JsonElements | null = null;
  const entries = new Entries();
  let rows: unknown[] | null = null;
  let ended = true;
  for await (const chunk of chunks) {
    if (splitter === null) {
      held.push(chunk);
      bytes += chunk.length;
      kind ??= kindOf(held.length === 1 ? chunk : Buffer.concat(held));
      if (kind === 'sqlite' || bytes >= (kind === 'html' ? pageBytes : headBytes)) {
        ended = false;
        if (kind !== 'json') break;
      }
      if (kind === 'json' && bytes >= headBytes) {
        rows = rowsOf(Buffer.concat(held), false);
        if (rows !== null) break;
        splitter = new JsonElements();
        entries.take(splitter, Buffer.concat(held));
      }
    } else {
      entries.take(splitter, chunk);
    }
    if (entries.enough()) break;
  }
  const start = Buffer.concat(held);
  const head = start.toString('utf8');
  if (kind === 'sqlite') return { ...nothingSeen, kind };
  if (kind !== 'json') return { ...nothingSeen, kind: kind ?? 'text', head };
  if (splitter === null && ended) {
    rows = rowsOf(start, true);
    if (rows === null) {
      splitter = new JsonElements();
      entries.take(splitter, start);
    }
  }
  if (rows !== null) return { ...nothingSeen, kind, head, values: rows, rows: true, hollow: false };
  if (splitter !== null && !entries.enough()) entries.end(splitter);
  return { ...nothingSeen, kind, head, ...entries.seen() };
}

/** The first rows of JSON lines, or null where it is another kind of JSON. */
function rowsOf(start: Buffer, whole: boolean): unknown[] | null {
  const lines = start.toString('utf8').split('\n');
  if (!whole) lines.pop();
  const full = lines.filter((line) => line.trim() !== '');
  const [first = '', ...others] = full;
  if (others.length === 0 || !first.startsWith('{') || parsed(first) === null) return null;
  return full.slice(0, lookAt).map(parsed);
}

const parsed = (text: string): unknown => fromJson(text) ?? null;

/** The first entries of a list, as they come. */
class Entries {
  readonly #values: unknown[] = [];
  #bytes = 0;
  #full = 0;
  #refused: JsonElement['refused'] = null;
  #broken: AppError | null = null;

  take(splitter: JsonElements, chunk: Buffer): void {
    this.#try(() => {
      for (const element of splitter.push(chunk)) {
        if (this.#values.length >= lookAt) return;
        this.#refused ??= element.refused;
        this.#bytes += element.bytes?.length ?? 0;
        if (element.bytes !== null && element.bytes.length > 2) this.#full += 1;
        this.#values.push(element.bytes === null ? null : parsed(element.bytes.toString('utf8')));
      }
    });
  }

  end(splitter: JsonElements): void {
    this.#try(() => splitter.end());
    if (this.#refused !== 'too_deep' || this.#full > 0) return;
    const detail = `The file is nested deeper than ${elementLimits.depth} levels, the limit.`;
    this.#broken ??= new AppError('import_json_invalid', detail);
  }

  /** Whether it is time to say what it is. */
  enough(): boolean {
    if (this.#broken !== null || this.#values.length >= lookAt) return true;
    return this.#bytes > enoughBytes && this.#values.some((value) => value !== null);
  }

  seen(): Pick<Seen, 'values' | 'hollow' | 'tooLarge' | 'broken'> {
    return {
      values: this.#values,
      hollow: this.#full === 0,
      tooLarge: this.#refused === 'too_large',
      broken: this.#broken,
    };
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#broken ??= error;
    }
  }
}
