/** The keys of the reader, as data: the help of the whole application lists them, and the reader heeds them. */
import { appearance } from '../../appearance.ts';
import { strings } from '../../strings.ts';

const words = strings.reader.keys;

export type ReaderKey =
  | 'nextMessage'
  | 'previousMessage'
  | 'bookmark'
  | 'note'
  | 'fold'
  | 'previousBranch'
  | 'nextBranch'
  | 'units'
  | 'copy';

export interface Shortcut {
  readonly key: string;
  readonly act: ReaderKey;
  readonly words: string;
}

export const readerShortcuts: readonly Shortcut[] = (
  [
    ['j', 'nextMessage'],
    ['k', 'previousMessage'],
    ['b', 'bookmark'],
    ['n', 'note'],
    ['e', 'fold'],
    ['[', 'previousBranch'],
    [']', 'nextBranch'],
    ['u', 'units'],
    ['c', 'copy'],
  ] as const
).map(([key, act]) => ({ key, act, words: words[act] }));

/** For the help: under which heading, and which keys. */
export const readerHelp = { title: words.title, shortcuts: readerShortcuts } as const;

const acts = new Map(readerShortcuts.map(({ key, act }) => [key, act]));

/** What a key means to the reader; null where single keys are turned off, somebody types, a menu is open, or the key is a browser's. */
export function actOf(event: KeyboardEvent): ReaderKey | null {
  if (!appearance().keys || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return null;
  const { target } = event;
  if (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"], [role="alertdialog"]',
    ) !== null
  )
    return null;
  return acts.get(event.key) ?? null;
}
