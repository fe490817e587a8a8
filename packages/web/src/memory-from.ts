/** Where a memory comes from, in the language of the pages, out of the codes of the server. */
import { sourceNames } from '@vivim/contract/conversation-words';
import type { Memory } from '@vivim/contract/memory';
import { day } from './format.ts';
import { strings } from './strings.ts';

const words = strings.memories.from;

export function memoryFrom({ from, source }: Pick<Memory, 'from' | 'source'>): string {
  const { code, what, reworded } = from;
  const when = from.day === null ? null : day(from.day);
  const said = sentence();
  return reworded ? words.reworded(said) : said;

  function sentence(): string {
    if (code === 'imported') {
      const of = Object.hasOwn(words.parts, what ?? '') ? words.parts[what as keyof typeof words.parts] : (what ?? '');
      return words.imported(source === null ? '' : sourceNames[source], of, when ?? '');
    }
    if (code === 'stated') return words.stated(when ?? '');
    if (code === 'told') return words.told(what ?? '', when ?? '');
    return code === 'model' ? words.model(what ?? '', when) : words.found(when);
  }
}
