/**
 * Split a stream of JSON into the elements of its list as bytes, without parsing it: a conversation at a time, however
 * large the file. The list is the top-level array, the array under `conversations` of a top-level object, or a row of
 * top-level objects (one object, or JSON lines). Knows no format of any source, and never holds more than one element.
 */
import { AppError } from '@vivim/contract/errors';

export interface JsonElement {
  /** Place in the list, from 0. */
  readonly ix: number;
  /** UTF-8 of the element; null where it was refused. */
  readonly bytes: Buffer | null;
  readonly refused: 'too_large' | 'too_deep' | 'broken_off' | null;
  /** Why the file could be read no further, where that is what it stands for. */
  readonly broken?: string;
  /** Offset of the byte after it in the stream. */
  readonly end: number;
}

export interface ElementLimits {
  /** Bytes of one element. */
  readonly elementBytes: number;
  /** Levels of nesting within one element. */
  readonly depth: number;
}

/**
 * One conversation of 32 MiB is beyond anything seen (some tens of thousands of messages). Larger ones would take an engine
 * past its memory, and hold everything else up for the seconds it takes to segment them.
 */
export const elementLimits: ElementLimits = { elementBytes: 32 * 1024 ** 2, depth: 512 };

/** Of a key: as much as is compared and told. Bytes. */
const longestKey = 120;
const mostBeside = 20;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isOpening = (byte: number): boolean => byte === openBrace || byte === openBracket;
const isClosing = (byte: number): boolean => byte === closeBrace || byte === closeBracket;

/** Push chunks, take elements. Where the chunks are cut makes no difference. */
export class JsonElements {
  readonly #limits: ElementLimits;
  readonly #listKey: string;
  /** Depth at which elements stand: 0 for a row of objects, 1 in an array, 2 in an object's array. */
  #base = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** True once the list is closed: what follows belongs to no element. */
  #closed = false;
  #started = false;
  #offset = 0;
  #count = 0;
  /** Within an element; `#held` are its bytes from earlier chunks. */
  #inElement = false;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #refused: JsonElement['refused'] = null;
  /** The last key of a top-level object, while it may still turn out to hold the list. */
  #key: number[] | null = null;
  #keyReady = false;
  /** Keys of the top-level object under which more than the list stands; the last one may still turn out to hold nothing. */
  readonly #beside: string[] = [];
  #opened: string | null = null;
  #failure: AppError | null = null;

  /** @param key of a top-level object, under which its list stands */
  constructor(limits: ElementLimits = elementLimits, key = 'conversations') {
    this.#limits = limits;
    this.#listKey = JSON.stringify(key);
  }

  /** Whether the list has ended, whatever follows it. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Whether what was found so far are entries of a list, and not objects in a row. */
  get inList(): boolean {
    return this.#base > 0;
  }

  /** Keys beside the list under which objects or lists stand that hold something. Whole once the stream is at its end. */
  get beside(): readonly string[] {
    return this.#base === 2 ? this.#beside : [];
  }

  /**
   * @returns the elements that end in this chunk. Where it breaks, those before the break; the next call says why
   * @throws AppError `import_json_invalid` where the stream is no list of JSON values
   */
  push(chunk: Buffer): JsonElement[] {
    if (this.#failure !== null) throw this.#failure;
    const found: JsonElement[] = [];
    try {
      this.#scan(chunk, found);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#failure = error;
    }
    return found;
  }

  #scan(chunk: Buffer, found: JsonElement[]): void {
    const length = chunk.length;
    let from = 0;
    let at = 0;
    const begin = () => {
      this.#inElement = true;
      from = at;
    };
    /** The element ends before `end`. */
    const finish = (end: number) => {
      this.#hold(chunk, from, end);
      found.push(this.#take(end));
    };
    while (at < length) {
      if (this.#inString) {
        at = this.#skipString(chunk, at);
        continue;
      }
      if (this.#opened !== null) {
        const first = chunk[at] as number;
        if (isSpace(first)) {
          at += 1;
          continue;
        }
        if (!isClosing(first)) this.#beside.push(this.#opened);
        this.#opened = null;
      }
      if (this.#inElement && this.#depth > Math.max(this.#base, 1)) {
        at = this.#skipNested(chunk, at);
        if (at === length) break;
      }
      const byte = chunk[at] as number;
      if (byte === quote) {
        if (this.#depth === 0) this.#fail(at, 'it is not a list or an object');
        if (!this.#inElement && this.#isElementPlace()) begin();
        else if (this.#depth === 1 && (this.#base === 0 || this.#closed) && !this.#keyReady) this.#key = [];
        this.#inString = true;
        this.#key?.push(quote);
      } else if (isOpening(byte)) {
        if (this.#opensList(byte)) {
          this.#startList();
        } else {
          if (!this.#inElement && this.#isElementPlace()) begin();
          if (this.#closed && this.#depth === 0) this.#fail(at, 'more follows after its end');
          if (this.#depth === 1 && this.#keyReady) this.#opened = this.#nameOfKey();
          this.#started = true;
          this.#depth += 1;
          if (this.#depth - this.#base > this.#limits.depth) this.#refuse('too_deep');
        }
      } else if (isClosing(byte)) {
        if (this.#inElement && this.#depth === this.#base) finish(at);
        this.#depth -= 1;
        if (this.#depth < 0) this.#fail(at, `there is a ${String.fromCharCode(byte)} too many`);
        if (this.#depth < this.#base) this.#closed = true;
        else if (this.#inElement && this.#depth === this.#base) finish(at + 1);
      } else if (byte === comma) {
        if (this.#inElement && this.#depth === this.#base) finish(at);
        if (this.#depth === 1) this.#key = null;
        this.#keyReady = false;
      } else if (byte === colon) {
        this.#keyReady = this.#depth === 1;
      } else if (this.#depth <= this.#base && !isSpace(byte)) {
        if (this.#depth === 0) this.#fail(at, this.#started ? 'more follows after its end' : 'it is not JSON');
        if (!this.#inElement && this.#isElementPlace()) begin();
      }
      at += 1;
    }
    if (this.#inElement) this.#hold(chunk, from, length);
    this.#offset += length;
  }

  /** @throws AppError `import_json_invalid` where the stream ended too early */
  end(): void {
    if (this.#failure !== null) throw this.#failure;
    if (!this.#started) this.#fail(0, 'it is empty');
    if (this.#depth === 0 && !this.#inString) return;
    throw new AppError(
      'import_json_invalid',
      this.#inElement
        ? `The file ends in the middle of entry ${this.#count + 1} of its list; it was cut off.`
        : `The file ends after entry ${this.#count} of its list, and the list is not closed; it was cut off.`,
    );
  }

  #isElementPlace(): boolean {
    return this.#depth === this.#base && !this.#closed;
  }

  #opensList(byte: number): boolean {
    if (byte !== openBracket || this.#base !== 0) return false;
    if (!this.#started) return true;
    return this.#depth === 1 && this.#keyReady && Buffer.from(this.#key ?? []).toString('latin1') === this.#listKey;
  }

  /** As it is written in the file, without its quotes. */
  #nameOfKey(): string | null {
    const name = Buffer.from(this.#key ?? [])
      .toString('utf8')
      .slice(1, -1);
    return name === '' || this.#beside.length >= mostBeside ? null : name;
  }

  #startList(): void {
    this.#started = true;
    this.#depth += 1;
    this.#base = this.#depth;
    this.#key = null;
    this.#inElement = false;
    this.#drop();
    this.#refused = null;
  }

  /**
   * The hot loop: nearly every byte of an export is passed here, so its state lives in locals.
   * @returns the place of the bracket that may close the element, or the end of the chunk
   */
  #skipNested(chunk: Buffer, start: number): number {
    const length = chunk.length;
    const floor = Math.max(this.#base, 1) + 1;
    const ceiling = this.#base + this.#limits.depth;
    let depth = this.#depth;
    let at = start;
    scan: while (at < length) {
      const byte = chunk[at] as number;
      if (byte === quote) {
        at += 1;
        for (;;) {
          if (at >= length) {
            this.#inString = true;
            this.#escaped = at > length;
            at = length;
            break scan;
          }
          const inside = chunk[at] as number;
          at += 1;
          if (inside === quote) break;
          if (inside === backslash) at += 1;
        }
        continue;
      }
      if (byte > closeBracket - 3) {
        if (byte === openBrace || byte === openBracket) {
          depth += 1;
          if (depth > ceiling) this.#refuse('too_deep');
        } else if (byte === closeBrace || byte === closeBracket) {
          if (depth === floor) break;
          depth -= 1;
        }
      }
      at += 1;
    }
    this.#depth = depth;
    return at;
  }

  /** @returns the place after the string, or the end of the chunk */
  #skipString(chunk: Buffer, start: number): number {
    const length = chunk.length;
    const key = this.#key;
    let at = start;
    if (this.#escaped) {
      this.#escaped = false;
      key?.push(chunk[at] as number);
      at += 1;
    }
    while (at < length) {
      const byte = chunk[at] as number;
      at += 1;
      if (key !== null && !this.#keyReady && key.length <= longestKey) key.push(byte);
      if (byte === quote) {
        this.#inString = false;
        return at;
      }
      if (byte === backslash) {
        if (at === length) this.#escaped = true;
        at += 1;
      }
    }
    return length;
  }

  #hold(chunk: Buffer, from: number, end: number): void {
    if (this.#refused !== null || end <= from) return;
    const piece = chunk.subarray(from, end);
    this.#heldBytes += piece.length;
    if (this.#heldBytes > this.#limits.elementBytes) this.#refuse('too_large');
    else this.#held.push(piece);
  }

  #take(endInChunk: number): JsonElement {
    const refused = this.#refused;
    const [only] = this.#held;
    const bytes = refused !== null ? null : this.#held.length === 1 && only ? only : Buffer.concat(this.#held);
    const element = { ix: this.#count, bytes, refused, end: this.#offset + endInChunk };
    this.#count += 1;
    this.#inElement = false;
    this.#refused = null;
    this.#drop();
    return element;
  }

  #refuse(why: 'too_large' | 'too_deep'): void {
    this.#refused ??= why;
    this.#drop();
  }

  #drop(): void {
    this.#held = [];
    this.#heldBytes = 0;
  }

  #fail(at: number, why: string): never {
    const place = this.#offset + at;
    throw new AppError('import_json_invalid', `The file is not valid JSON: at byte ${place} ${why}.`);
  }
}
