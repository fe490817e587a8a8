/** What Markdown needs for code and mathematics, fetched when a text has some, once for the page. Until it is here the text stands bare. */
import { useEffect, useSyncExternalStore } from 'react';
import type { Options } from 'react-markdown';

type PluggableList = NonNullable<Options['rehypePlugins']>;
type Kind = 'code' | 'math';
interface Loaded {
  readonly code: PluggableList | null;
  readonly remarkMath: PluggableList | null;
  readonly math: PluggableList | null;
}

let loaded: Loaded = { code: null, remarkMath: null, math: null };
const loads = new Map<Kind, Promise<void>>();
const listeners = new Set<() => void>();
const set = (more: Partial<Loaded>): void => {
  loaded = { ...loaded, ...more };
  for (const listener of listeners) listener();
};

async function load(kind: Kind): Promise<void> {
  if (kind === 'code') {
    const { rehypeHighlight } = await import('../components/reader/rich-code.ts');
    // A language nobody named is not guessed, and one that is not known stays plain.
    set({ code: [[rehypeHighlight, { detect: false }]] });
    return;
  }
  const { rehypeKatex, remarkMath } = await import('../components/reader/rich-math.ts');
  set({
    remarkMath: [[remarkMath, { singleDollarTextMath: false }]],
    math: [
      [rehypeKatex, { output: 'mathml', strict: 'ignore', trust: false, maxExpand: 300, errorColor: 'currentColor' }],
    ],
  });
}

export interface RichPlugins {
  readonly remark: PluggableList;
  readonly rehype: PluggableList;
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const made = new Map<string, RichPlugins>();

/** The same lists as long as nothing new was fetched, so that nothing is rendered twice. */
function pluginsFor({ code, math }: Readonly<Record<Kind, boolean>>): RichPlugins {
  const [withCode, withMath] = [code && loaded.code !== null, math && loaded.math !== null];
  const key = `${withCode} ${withMath}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const plugins = {
    remark: withMath ? (loaded.remarkMath ?? []) : [],
    rehype: [...(withMath ? (loaded.math ?? []) : []), ...(withCode ? (loaded.code ?? []) : [])],
  };
  made.set(key, plugins);
  return plugins;
}

/** Both, once they are here. */
export async function richPlugins(): Promise<RichPlugins> {
  await Promise.all([load('code'), load('math')]);
  return pluginsFor({ code: true, math: true });
}

/** When what the texts in the page need is here, or does not come. */
export const richPluginsHere = async (): Promise<void> => void (await Promise.all(loads.values()));

export function useRichPlugins(needs: Readonly<Record<Kind, boolean>>): RichPlugins {
  useSyncExternalStore(subscribe, () => loaded);
  const { code, math } = needs;
  useEffect(() => {
    for (const kind of [...(code ? (['code'] as const) : []), ...(math ? (['math'] as const) : [])])
      if (!loads.has(kind))
        // Without it the text is read as it is; the next page tries again.
        loads.set(
          kind,
          load(kind).catch(() => void loads.delete(kind)),
        );
  }, [code, math]);
  return pluginsFor(needs);
}
