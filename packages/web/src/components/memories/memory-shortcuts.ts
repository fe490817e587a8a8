/** The keys of a memory that has the focus, as data: the help of the whole application lists them, and the list heeds them. */
import { appearance } from '../../appearance.ts';
import { strings } from '../../strings.ts';

const words = strings.memories.keys;

export type MemoryKey = 'edit' | 'pin' | 'putAway' | 'confirm' | 'open';

export const memoryShortcuts: readonly { readonly key: string; readonly act: MemoryKey; readonly words: string }[] = (
  [
    ['o', 'open'],
    ['e', 'edit'],
    ['p', 'pin'],
    ['a', 'putAway'],
    ['y', 'confirm'],
  ] as const
).map(([key, act]) => ({ key, act, words: words[act] }));

const acts = new Map(memoryShortcuts.map(({ key, act }) => [key, act]));

/** What a key means; null where single keys are turned off, somebody types, or the key is a browser's. */
export function memoryKeyOf(event: {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly target: EventTarget;
}): MemoryKey | null {
  const { target } = event;
  if (!appearance().keys || event.altKey || event.ctrlKey || event.metaKey) return null;
  if (!(target instanceof Element) || target.closest('input, textarea, select, [role^="menu"], [role$="dialog"]'))
    return null;
  return acts.get(event.key) ?? null;
}
