/**
 * Cuts a session log into records: all of its lines are one, and a very long one goes on in pieces. Line by line, so that a
 * log that is still being written is cut the way it would be if it came whole. Pure.
 */
import { elementLimits, type JsonElement } from './json-elements.ts';
import { pieceLine } from './sources/reading.ts';

/** Where a session goes on in another piece. */
const pieceBytes = elementLimits.elementBytes / 2;

/** The piece that is not full yet, as it was left. */
export interface OpenPiece {
  /** Which it is, from 0. */
  readonly ix: number;
  /** Bytes of the log before it. */
  readonly from: number;
  /** Its own bytes of the log. */
  readonly bytes: Buffer;
  /** The first line of the log. */
  readonly first: Buffer;
}

export class SessionCutter {
  #held: Buffer[];
  #length: number;
  #ix: number;
  #from: number;
  #end: number;
  #first: Buffer;

  /** @param open where a log goes on that was cut before */
  constructor(open: OpenPiece = { ix: 0, from: 0, bytes: Buffer.alloc(0), first: Buffer.alloc(0) }) {
    this.#held = open.bytes.length === 0 ? [] : [open.bytes];
    this.#length = open.bytes.length;
    this.#ix = open.ix;
    this.#from = open.from;
    this.#end = open.from + open.bytes.length;
    this.#first = open.first;
  }

  /**
   * @param line with the newline it ends with; null for one beyond the limit
   * @param end bytes of the log up to its end
   * @returns records that are whole now
   */
  take(line: Buffer | null, end: number): JsonElement[] {
    const full: JsonElement[] = [];
    if (line === null) {
      if (this.#length > 0) full.push(this.#record());
      full.push({ ix: this.#ix++, bytes: null, refused: 'too_large', end });
      this.#from = end;
    } else {
      if (this.#first.length === 0) this.#first = Buffer.from(line);
      if (this.#length > 0 && this.#length + line.length > pieceBytes) full.push(this.#record());
      this.#held.push(line);
      this.#length += line.length;
    }
    this.#end = end;
    return full;
  }

  /** What is left at the end of the log. */
  rest(): JsonElement[] {
    return this.#length === 0 ? [] : [this.#record()];
  }

  /** The piece that would go on. */
  open(): OpenPiece {
    return { ix: this.#ix, from: this.#from, bytes: Buffer.concat(this.#held), first: this.#first };
  }

  #record(): JsonElement {
    const own = this.#ix === 0 ? this.#held : [pieceLine(this.#ix + 1, this.#first), ...this.#held];
    const element: JsonElement = { ix: this.#ix, bytes: Buffer.concat(own), refused: null, end: this.#end };
    this.#held = [];
    this.#length = 0;
    this.#ix += 1;
    this.#from = this.#end;
    return element;
  }
}
