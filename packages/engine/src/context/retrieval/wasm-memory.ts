/** What the loops in WebAssembly share: the bytes they look at at once, and memory that grows. Knows nothing of what lies in it. */

/** Bytes of a `v128`, and of a page of memory. */
const lane = 16;
const page = 65_536;

/** So many bytes filled up to whole lanes. */
export const wholeLanes = (bytes: number): number => Math.ceil(bytes / lane) * lane;

/** Have memory up to there. What was made of its buffer before is of no use after. */
export function reach(memory: WebAssembly.Memory, end: number): void {
  const more = Math.ceil((end - memory.buffer.byteLength) / page);
  if (more > 0) memory.grow(more);
}
