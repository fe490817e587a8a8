/**
 * How this browser shows the pages: colours, spacing, and whether single keys do something. Of the browser, not of a
 * person: it stays when they sign out. `public/early.js` applies the same before the first paint.
 */
export interface Appearance {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'roomy' | 'dense';
  /** Single-letter shortcuts. WCAG 2.2, 2.1.4: they can be turned off. */
  readonly keys: boolean;
}

const name = 'vivim:appearance';
const usual: Appearance = { theme: 'system', density: 'roomy', keys: true };
const listeners = new Set<() => void>();

function stored(): Appearance {
  try {
    const found = JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Appearance>;
    return {
      theme: found.theme === 'light' || found.theme === 'dark' ? found.theme : usual.theme,
      density: found.density === 'dense' ? 'dense' : usual.density,
      keys: found.keys !== false,
    };
  } catch {
    // A browser that stores nothing shows the pages the usual way.
    return usual;
  }
}

let current: Appearance = stored();

function apply({ theme, density }: Appearance): void {
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.density = density;
}

export const appearance = (): Appearance => current;

export function onAppearance(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changeAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change };
  apply(current);
  try {
    localStorage.setItem(name, JSON.stringify(current));
  } catch {
    // It holds until the page is closed.
  }
  for (const listener of listeners) listener();
}
