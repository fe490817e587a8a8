/** What keys do on every page. Pure but for the page it looks at: whether a key is being typed, and how keys are called here. */

/** Apple's keyboards have another key for it. */
const apple = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '');

/** As it stands on the keyboard. */
export const modKey = (key: string): string => (apple ? `⌘${key}` : `Ctrl ${key}`);

export type KeyAct =
  | { readonly do: 'palette' | 'help' | 'search' | 'undo' | 'wait' }
  | { readonly do: 'go'; readonly letter: string };

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

interface Where {
  /** The focus stands in a field. */
  readonly typing: boolean;
  /** A dialog or a menu is open, which has keys of its own. */
  readonly covered: boolean;
  /** Single letters do something. */
  readonly letters: boolean;
  /** `g` was pressed just before. */
  readonly going: boolean;
}

/** @returns what a key asks for, null where it is none of ours */
export function keyAct(
  { key, ctrlKey, metaKey, altKey }: Pressed,
  { typing, covered, letters, going }: Where,
): KeyAct | null {
  const mod = (ctrlKey || metaKey) && !altKey;
  if (mod && key.toLowerCase() === 'k') return { do: 'palette' };
  if (typing || covered || altKey) return null;
  if (mod) return key.toLowerCase() === 'z' ? { do: 'undo' } : null;
  if (!letters) return null;
  if (going) return { do: 'go', letter: key.toLowerCase() };
  if (key === '?') return { do: 'help' };
  if (key === '/') return { do: 'search' };
  return key === 'g' ? { do: 'wait' } : null;
}

export function whereIs(target: EventTarget | null): Pick<Where, 'typing' | 'covered'> {
  const element = target instanceof Element ? target : null;
  const field = element?.closest('input, textarea, select, [contenteditable="true"]');
  const typing = field instanceof Element && !field.matches('[type="checkbox"], [type="radio"], [type="button"]');
  return {
    typing,
    covered: document.querySelector('[role="dialog"][data-state="open"], [role="menu"], [role="alertdialog"]') !== null,
  };
}
