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

/** Where a person has colours of their own for everything, a drawing has to take them by itself. */
const ownColors: Readonly<Record<keyof typeof tokens, string>> = {
  topic: 'LinkText',
  person: 'Highlight',
  thing: 'GrayText',
  faint: 'GrayText',
  line: 'GrayText',
  strong: 'GrayText',
  ink: 'CanvasText',
  sheet: 'Canvas',
};
const forced = (): MediaQueryList => window.matchMedia('(forced-colors: active)');

/** @param within an element of the page, whose theme counts */
export function graphColors(within: HTMLElement): GraphColors {
  const probe = document.createElement('i');
  // Else what is read would be the colour of text, whatever was asked for.
  probe.style.setProperty('forced-color-adjust', 'none');
  within.append(probe);
  const read = (color: string): string => {
    probe.style.color = color;
    return getComputedStyle(probe).color;
  };
  const asked = forced().matches
    ? Object.entries(ownColors)
    : Object.entries(tokens).map(([name, token]) => [name, `var(${token})`] as const);
  const colors = Object.fromEntries(asked.map(([name, color]) => [name, read(color)]));
  probe.remove();
  return { ...colors, font: getComputedStyle(within).fontFamily } as unknown as GraphColors;
}

/** Calls back whenever the theme may have changed. @returns stops */
export function onThemeChange(changed: () => void): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(changed);
  const own = forced();
  dark.addEventListener('change', changed);
  own.addEventListener('change', changed);
  chosen.observe(document.documentElement, { attributes: true });
  return () => {
    dark.removeEventListener('change', changed);
    own.removeEventListener('change', changed);
    chosen.disconnect();
  };
}
