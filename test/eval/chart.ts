/** A table of shares as bars, as SVG: one group for each line, one bar for each run. Pure; no script, no font of its own. */

export interface ChartLine {
  readonly name: string;
  /** One value 0–1 for each run, in the order of `runs`. */
  readonly values: readonly number[];
}

const width = 760;
const labels = 260;
const bar = 12;
const colours = ['#94a3b8', '#2563eb', '#059669', '#d97706'];

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

export function chartOf(title: string, runs: readonly string[], lines: readonly ChartLine[]): string {
  const group = runs.length * (bar + 2) + 10;
  const top = 64;
  const height = top + lines.length * group + 10;
  const scale = width - labels - 60;
  const text = (x: number, y: number, words: string, more = '') =>
    `<text x="${x}" y="${y}" ${more}>${escaped(words)}</text>`;
  const legend = runs.map((run, i) => {
    const x = labels + i * 160;
    return `<rect x="${x}" y="36" width="10" height="10" fill="${colours[i % colours.length]}"/>${text(x + 16, 45, run)}`;
  });
  const groups = lines.map(({ name, values }, g) => {
    const y = top + g * group;
    const bars = values.map((value, i) => {
      const at = y + i * (bar + 2);
      const long = Math.max(0, Math.min(1, value)) * scale;
      return `<rect x="${labels}" y="${at}" width="${long.toFixed(1)}" height="${bar}" fill="${colours[i % colours.length]}"/>${text(labels + long + 6, at + 10, (100 * value).toFixed(1))}`;
    });
    return text(labels - 10, y + 10, name, 'text-anchor="end"') + bars.join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" fill="#111827" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(10, 22, title, 'font-size="14" font-weight="bold"'),
    ...legend,
    ...groups,
    '</svg>',
    '',
  ].join('\n');
}
