/**
 * Bundles as Markdown. A quotation is a list item; one of several lines is a block quote inside it, so that no heading,
 * fence or list of the quoted text stands at the beginning of a line.
 */
import { layerTitles } from '@vivim/contract/context';
import { safeLabel, safeLine, safeLines } from './escape.ts';
import { keepsLines, type Line, notice, pastLength, type Renderer, speakerLength } from './renderer.ts';

export const markdown: Renderer = {
  format: 'markdown',
  document: (message) => ({
    open: `# Context\n${notice}\n`,
    between: '',
    close: `## ${layerTitles.L7}\n${message.toWellFormed()}`,
  }),
  layer: (layer) => ({ open: `## ${layerTitles[layer]}\n`, between: '', close: '' }),
  group: ({ heading }) => ({
    open: heading === null ? '' : `### ${safeLabel(heading, 120)}\n`,
    between: '',
    close: '',
  }),
  line: markdownLine,
};

/** `- [3] 2023-05-08 Caroline: her words`, and several lines as a block quote under it. */
export function markdownLine(line: Line): string {
  const { text } = line.quote.acu;
  const lines = keepsLines(line) ? safeLines(text) : [safeLine(text)];
  const speaker = line.speaker === null ? '' : ` ${safeLabel(line.speaker, speakerLength)}:`;
  const past = line.past === null ? '' : ` (${safeLabel(line.past, pastLength)})`;
  const head = `- [${line.ref}]${line.day === null ? '' : ` ${line.day}`}${past}${speaker}`;
  if (lines.length === 1) return `${head} ${lines[0]}\n`;
  return `${head}\n${lines.map((each) => `  > ${each}\n`).join('')}`;
}
