/**
 * int8 vectors in one piece of memory, and the products of some of them with a question. The loop is WebAssembly, because JavaScript
 * multiplies one number at a time: 16 here, a tenth of the time. Knows neither messages nor what is near.
 *
 * Memory: the question, the vectors behind it, behind those where the asked ones begin and what came of each. Each vector is filled up
 * with zeros to whole 16 bytes.
 */
import { reach, wholeLanes } from './wasm-memory.ts';

/** Bytes of an address, and of a product. */
const word = 4;

/**
 * Parts of a unit a question's numbers are told in. A product of unit vectors is within 1/65,536 of the exact one in the mean, and no sum
 * leaves 32 bits: by Cauchy and Schwarz it is this times a vector's length at most, 127 times the root of its dimensions.
 */
const parts = 32_767;

/**
 * `products(at, end, width, asked, to)`: for each address from `at` to `end` the product of the `width` numbers there with `asked`, at `to`.
 * https://webassembly.github.io/spec/core/appendix/index-instructions.html says what the bytes are.
 */
// biome-ignore format: an instruction or two in each line
const program = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // \0asm, version 1
  0x01, 0x09, 0x01, 0x60, 0x05, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x00, // a type: five i32 to nothing
  0x02, 0x08, 0x01, 0x01, 0x73, 0x01, 0x6d, 0x02, 0x00, 0x00, // memory "s" "m"
  0x03, 0x02, 0x01, 0x00, // a function of that type
  0x07, 0x0c, 0x01, 0x08, 0x70, 0x72, 0x6f, 0x64, 0x75, 0x63, 0x74, 0x73, 0x00, 0x00, // is "products"
  0x0a, 0xa5, 0x01, 0x01, 0xa2, 0x01, // its code: 162 bytes
  0x02, 0x02, 0x7f, 0x02, 0x7b, // locals: 5 the byte of the vector, 6 how many were taken, i32; 7 the sums, 8 the bytes, v128
  0x02, 0x40, 0x03, 0x40, // block, loop over vectors
  0x20, 0x00, 0x20, 0x01, 0x4f, 0x0d, 0x01, //   at >= end: done
  0x20, 0x00, 0x28, 0x02, 0x00, 0x21, 0x05, //   byte = i32.load at
  0x20, 0x07, 0x20, 0x07, 0xfd, 0x51, 0x21, 0x07, //   sums = sums xor sums
  0x41, 0x00, 0x21, 0x06, //   taken = 0
  0x03, 0x40, //   loop over 16 bytes each
  0x20, 0x05, 0xfd, 0x00, 0x00, 0x00, 0x21, 0x08, //     bytes = v128.load byte
  0x20, 0x07, //     sums
  0x20, 0x08, 0xfd, 0x87, 0x01, //     i16x8.extend_low_i8x16_s bytes
  0x20, 0x03, 0x20, 0x06, 0x41, 0x01, 0x74, 0x6a, 0xfd, 0x00, 0x00, 0x00, //     v128.load asked + 2 * taken
  0xfd, 0xba, 0x01, 0xfd, 0xae, 0x01, //     i32x4.dot_i16x8_s, i32x4.add
  0x20, 0x08, 0xfd, 0x88, 0x01, //     i16x8.extend_high_i8x16_s bytes
  0x20, 0x03, 0x20, 0x06, 0x41, 0x01, 0x74, 0x6a, 0xfd, 0x00, 0x00, 0x10, //     v128.load asked + 2 * taken + 16
  0xfd, 0xba, 0x01, 0xfd, 0xae, 0x01, 0x21, 0x07, //     i32x4.dot_i16x8_s, i32x4.add: sums
  0x20, 0x05, 0x41, 0x10, 0x6a, 0x21, 0x05, //     byte += 16
  0x20, 0x06, 0x41, 0x10, 0x6a, 0x22, 0x06, //     taken += 16
  0x20, 0x02, 0x49, 0x0d, 0x00, 0x0b, //     again while taken < width
  0x20, 0x04, //   to
  0x20, 0x07, 0xfd, 0x1b, 0x00, //   sums' lane 0
  0x20, 0x07, 0xfd, 0x1b, 0x01, 0x6a, //   + lane 1
  0x20, 0x07, 0xfd, 0x1b, 0x02, 0x6a, //   + lane 2
  0x20, 0x07, 0xfd, 0x1b, 0x03, 0x6a, //   + lane 3
  0x36, 0x02, 0x00, //   i32.store
  0x20, 0x04, 0x41, 0x04, 0x6a, 0x21, 0x04, //   to += 4
  0x20, 0x00, 0x41, 0x04, 0x6a, 0x21, 0x00, //   at += 4
  0x0c, 0x00, 0x0b, 0x0b, 0x0b, // again; ends
);

type Products = (at: number, end: number, width: number, asked: number, to: number) => void;

/** Compiled once for the process, when vectors are first compared. */
let compiled: WebAssembly.Module | undefined;

export class PieceTable {
  readonly dimensions: number;
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #products: Products;
  /** Bytes of a vector. */
  readonly #width: number;
  #lengths = new Float64Array(64);
  #size = 0;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    compiled ??= new WebAssembly.Module(program);
    this.#products = new WebAssembly.Instance(compiled, { s: { m: this.#memory } }).exports.products as Products;
    this.#width = wholeLanes(Math.max(1, dimensions));
  }

  get size(): number {
    return this.#size;
  }

  /** Keep the vectors that stand in `values` one after the other. @returns the number of the first, which the others follow */
  add(values: Int8Array): number {
    const first = this.#size;
    const count = values.length / this.dimensions;
    this.#size += count;
    this.#reach(this.#at(this.#size));
    this.#makeRoom();
    const bytes = new Int8Array(this.#memory.buffer);
    for (let nth = 0; nth < count; nth += 1) {
      const vector = values.subarray(nth * this.dimensions, (nth + 1) * this.dimensions);
      const at = this.#at(first + nth);
      // What was the room of addresses and products holds them still.
      bytes.fill(0, at, at + this.#width).set(vector, at);
      this.#lengths[first + nth] = lengthOf(vector);
    }
    return first;
  }

  /** The vector of this number, where it lies: good until the next is kept. */
  vector(nth: number): Int8Array {
    return new Int8Array(this.#memory.buffer, this.#at(nth), this.dimensions);
  }

  /** Of whole numbers, so exact in any order; 1 for a vector of nothing. */
  length(nth: number): number {
    return this.#lengths[nth] as number;
  }

  /** Cosines, −1 to 1, of a vector of unit length with those of these numbers, in their order. */
  cosines(asked: Float32Array, nths: Int32Array): Float64Array {
    const at = this.#at(this.#size);
    const to = at + word * nths.length;
    this.#reach(to + word * nths.length);
    const { buffer } = this.#memory;
    new Int16Array(buffer, 0, asked.length).set(asked.map((value) => Math.round(value * parts)));
    const addresses = new Int32Array(buffer, at, nths.length);
    for (let i = 0; i < nths.length; i += 1) addresses[i] = this.#at(nths[i] as number);
    this.#products(at, to, this.#width, 0, to);
    const products = new Int32Array(buffer, to, nths.length);
    const cosines = new Float64Array(nths.length);
    for (let i = 0; i < nths.length; i += 1)
      cosines[i] = (products[i] as number) / (parts * (this.#lengths[nths[i] as number] as number));
    return cosines;
  }

  /** Numbers of a question take twice a vector's bytes. */
  #at(nth: number): number {
    return this.#width * (2 + nth);
  }

  /** Half as much again where it grows. */
  #reach(end: number): void {
    const has = this.#memory.buffer.byteLength;
    if (end > has) reach(this.#memory, Math.max(end, 1.5 * has));
  }

  #makeRoom(): void {
    if (this.#size <= this.#lengths.length) return;
    const lengths = new Float64Array(Math.ceil(1.5 * this.#size));
    lengths.set(this.#lengths);
    this.#lengths = lengths;
  }
}

function lengthOf(vector: Int8Array): number {
  let square = 0;
  for (const value of vector) square += value * value;
  return Math.sqrt(square) || 1;
}
