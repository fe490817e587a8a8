/**
 * Sign bits of many vectors in one piece of memory, and how many bits of each differ from those of a question. The loop is
 * WebAssembly, because JavaScript has no instruction that counts bits: 16 bytes at a time, a quarter of the time and less. Knows
 * neither messages nor what is near.
 *
 * Memory: the question, the vectors behind it, the distances behind those. Each vector is filled up with zeros to whole 16 bytes.
 */
import { reach, wholeLanes } from './wasm-memory.ts';

/** Bytes of a distance. */
const distanceSize = 2;

/**
 * `scan(at, end, width, asked, to)`: for each vector of `width` bytes from `at` to `end` a distance of 16 bits at `to`.
 * https://webassembly.github.io/spec/core/appendix/index-instructions.html says what the bytes are.
 */
// biome-ignore format: an instruction or two in each line
const program = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // \0asm, version 1
  0x01, 0x09, 0x01, 0x60, 0x05, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x00, // a type: five i32 to nothing
  0x02, 0x08, 0x01, 0x01, 0x73, 0x01, 0x6d, 0x02, 0x00, 0x00, // memory "s" "m"
  0x03, 0x02, 0x01, 0x00, // a function of that type
  0x07, 0x08, 0x01, 0x04, 0x73, 0x63, 0x61, 0x6e, 0x00, 0x00, // is "scan"
  0x0a, 0x7c, 0x01, 0x7a, // its code: 122 bytes
  0x02, 0x01, 0x7f, 0x01, 0x7b, // locals: 5 the byte of the vector, an i32; 6 the sums, a v128
  0x02, 0x40, 0x03, 0x40, // block, loop over vectors
  0x20, 0x00, 0x20, 0x01, 0x4f, 0x0d, 0x01, //   at >= end: done
  0x20, 0x06, 0x20, 0x06, 0xfd, 0x51, 0x21, 0x06, //   sums = sums xor sums
  0x41, 0x00, 0x21, 0x05, //   byte = 0
  0x03, 0x40, //   loop over 16 bytes each
  0x20, 0x06, //     sums
  0x20, 0x00, 0xfd, 0x00, 0x00, 0x00, //     v128.load at
  0x20, 0x03, 0x20, 0x05, 0x6a, 0xfd, 0x00, 0x00, 0x00, //     v128.load asked + byte
  0xfd, 0x51, 0xfd, 0x62, //     xor, i8x16.popcnt
  0xfd, 0x7d, 0xfd, 0x8e, 0x01, 0x21, 0x06, //     i16x8.extadd_pairwise_i8x16_u, i16x8.add: sums
  0x20, 0x00, 0x41, 0x10, 0x6a, 0x21, 0x00, //     at += 16
  0x20, 0x05, 0x41, 0x10, 0x6a, 0x22, 0x05, //     byte += 16
  0x20, 0x02, 0x49, 0x0d, 0x00, 0x0b, //     again while byte < width
  0x20, 0x04, //   to
  0x20, 0x06, 0xfd, 0x7f, 0x22, 0x06, 0xfd, 0x1b, 0x00, //   sums = i32x4.extadd_pairwise_i16x8_u; lane 0
  0x20, 0x06, 0xfd, 0x1b, 0x01, 0x6a, //   + lane 1
  0x20, 0x06, 0xfd, 0x1b, 0x02, 0x6a, //   + lane 2
  0x20, 0x06, 0xfd, 0x1b, 0x03, 0x6a, //   + lane 3
  0x3b, 0x01, 0x00, //   i32.store16
  0x20, 0x04, 0x41, 0x02, 0x6a, 0x21, 0x04, //   to += 2
  0x0c, 0x00, 0x0b, 0x0b, 0x0b, // again; ends
);

type Scan = (at: number, end: number, width: number, asked: number, to: number) => void;

/** Compiled once for the process, when vectors are first searched. */
let compiled: WebAssembly.Module | undefined;

export class SignScan {
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #scan: Scan;
  /** Bytes of a vector. */
  readonly #width: number;
  #bytes: Uint8Array;
  #capacity = 0;

  /** @param dimensions a multiple of 32 */
  constructor(dimensions: number) {
    compiled ??= new WebAssembly.Module(program);
    this.#scan = new WebAssembly.Instance(compiled, { s: { m: this.#memory } }).exports.scan as Scan;
    this.#width = wholeLanes(dimensions / 8);
    this.#bytes = new Uint8Array(this.#memory.buffer);
  }

  /** Keep the sign bits of a vector as the one of this number; the numbers before it are taken. */
  set(nth: number, sign: Uint8Array): void {
    if (nth >= this.#capacity) this.#grow(nth + 1);
    this.#bytes.set(sign.subarray(0, this.#width), this.#at(nth));
  }

  /** Of the first `count` vectors, in their order: the bits that differ. Good until the next vector or question. */
  distances(sign: Uint8Array, count: number): Uint16Array {
    this.#bytes.fill(0, 0, this.#width).set(sign.subarray(0, this.#width));
    const to = this.#at(this.#capacity);
    this.#scan(this.#at(0), this.#at(count), this.#width, 0, to);
    return new Uint16Array(this.#memory.buffer, to, count);
  }

  #at(nth: number): number {
    return this.#width * (1 + nth);
  }

  /** Half as much again. What was the room of distances may become that of vectors, and holds zeros then. */
  #grow(least: number): void {
    const dirty = this.#at(this.#capacity);
    this.#capacity = Math.max(least, 1_024, Math.ceil(this.#capacity * 1.5));
    reach(this.#memory, this.#at(this.#capacity) + distanceSize * this.#capacity);
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#bytes.fill(0, dirty);
  }
}
