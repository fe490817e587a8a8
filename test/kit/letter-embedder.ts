/** An embedder without a model: texts with the same letters are near each other. Fast, deterministic, in process. */
import type { Embedder } from '@vivim/engine/models/embedder';

const dimensions = 32;

export function letterEmbedder(on: { readonly onTexts?: (texts: readonly string[]) => unknown } = {}): Embedder {
  return {
    name: 'letters',
    dimensions,
    embed(texts) {
      on.onTexts?.(texts);
      return Promise.resolve(texts.map(vectorOf));
    },
  };
}

function vectorOf(text: string): Float32Array {
  const counts = new Float32Array(dimensions).fill(-0.3);
  for (const letter of text.toLowerCase()) {
    const at = letter.charCodeAt(0) % dimensions;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const norm = Math.hypot(...counts);
  return counts.map((count) => count / norm);
}
