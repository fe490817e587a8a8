/** In which format a bundle was written, by how it begins: the four begin differently. Pure. */
import type { BundleFormat } from '@vivim/contract/recipe';

export function formatOf(text: string): BundleFormat {
  if (text.startsWith('<context')) return 'xml';
  if (text.startsWith('{')) return 'json';
  return text.startsWith('[{') ? 'messages' : 'markdown';
}
