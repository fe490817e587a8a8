/** The guide of the sources (`docs/guide/sources.md`) as the pages show it: one entry for each, its lines under their names. Pure. */

export interface SourceHelp {
  /** What `--source` takes; several where the guide tells of them together. */
  readonly sources: readonly string[];
  readonly title: string;
  /** `Get it`, `Comes in`, `Left`, `Cannot` …; a null name: what stands under none. Markdown. */
  readonly lines: readonly { readonly name: string | null; readonly text: string }[];
}

const head = /^## (.+?) \((`[^)]+)\)$/;
const named = /^\*([^*:]+):\*\s*(.*)$/;

export function sourceGuideOf(markdown: string): SourceHelp[] {
  return markdown
    .split(/^(?=## )/m)
    .slice(1)
    .flatMap((section): SourceHelp[] => {
      const [first = '', ...rest] = section.split('\n');
      const match = head.exec(first.trim());
      if (match === null) return [];
      const sources = [...(match[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, id = '']) => id);
      return [{ sources, title: match[1] ?? '', lines: linesOf(rest) }];
    });
}

function linesOf(rest: readonly string[]): SourceHelp['lines'] {
  const lines: { name: string | null; text: string }[] = [];
  for (const line of rest) {
    const match = named.exec(line);
    const last = lines.at(-1);
    if (match !== null) lines.push({ name: match[1] ?? '', text: match[2] ?? '' });
    else if (last !== undefined) last.text += `\n${line}`;
    else if (line.trim() !== '') lines.push({ name: null, text: line });
  }
  return lines.map(({ name, text }) => ({ name, text: text.trim() }));
}
