/** The colours keep to WCAG 2.2: text at 4.5 to 1 on every ground it stands on, edges of controls at 3 to 1. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function colour(name: string, scheme: 'light' | 'dark'): string {
  const pair = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const value = pair?.[scheme === 'light' ? 1 : 2];
  if (value === undefined) throw new Error(`tokens.css has no --${name}`);
  return value;
}

/** @see WCAG 2.2, relative luminance */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'sheet', 'sunken'];
const pairs: readonly (readonly [string, string, number])[] = [
  ...['ink', 'ink-soft', 'accent', 'warn', 'bad', 'good'].flatMap((text) =>
    grounds.map((ground) => [text, ground, 4.5] as const),
  ),
  ...grounds.map((ground) => ['line-strong', ground, 3] as const),
  // Keywords of code.
  ['layer-0', 'sunken', 4.5],
  ['accent-ink', 'accent', 4.5],
  ['accent', 'accent-wash', 4.5],
  ['ink', 'accent-wash', 4.5],
  ['ink', 'bad-wash', 4.5],
  ['ink-soft', 'bad-wash', 4.5],
  ['ink', 'mark', 4.5],
  ['paper', 'bad', 4.5],
];

describe.each(['light', 'dark'] as const)('colours, %s', (scheme) => {
  it.each(pairs)('%s on %s reaches %d to 1', (text, ground, least) => {
    expect(contrast(colour(text, scheme), colour(ground, scheme))).toBeGreaterThanOrEqual(least);
  });
});
