/** The colours and letters of the page as a drawing needs them: what a token comes to here and now, in this theme. */

export interface GraphColors {
  readonly topic: string;
  readonly person: string;
  readonly thing: string;
  readonly faint: string;
  readonly line: string;
  readonly strong: string;
  readonly ink: string;
  readonly sheet: string;
  /** The letters of the page. */
  readonly font: string;
}

const tokens: Readonly<Record<Exclude<keyof GraphColors, 'font'>, string>> = {
  topic: '--accent',
  person: '--layer-2',
  thing: '--layer-6',
  faint: '--line',
  line: '--line',
  strong: '--line-strong',
  ink: '--ink',
  sheet: '--sheet',
};

/** @param within an element of the page, whose theme counts */
export function graphColors(within: HTMLElement): GraphColors {
  const probe = document.createElement('i');
  within.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const colors = Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, read(token)]));
  probe.remove();
  return { ...colors, font: getComputedStyle(within).fontFamily } as unknown as GraphColors;
}

/** Calls back whenever the theme may have changed. @returns stops */
export function onThemeChange(changed: () => void): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(changed);
  dark.addEventListener('change', changed);
  chosen.observe(document.documentElement, { attributes: true });
  return () => {
    dark.removeEventListener('change', changed);
    chosen.disconnect();
  };
}
