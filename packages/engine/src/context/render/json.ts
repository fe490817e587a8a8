/** Bundles as one JSON document, a line for each quotation. */
import { layerTitles } from '@vivim/contract/context';
import { jsonString, safeLabel, safeLine, safeLines } from './escape.ts';
import { keepsLines, type Line, notice, pastLength, type Renderer, speakerLength } from './renderer.ts';

const field = (name: string, value: string | null): string => (value === null ? '' : `"${name}":${jsonString(value)},`);

export const json: Renderer = {
  format: 'json',
  document: (message) => ({
    open: `{"note":${jsonString(notice)},"context":[\n`,
    between: ',\n',
    close: `\n],"message":${jsonString(message)}}`,
  }),
  layer: (layer) => ({
    open: `{"layer":"${layer}","title":"${layerTitles[layer]}","sources":[\n`,
    between: ',\n',
    close: '\n]}',
  }),
  group: ({ heading }) => ({
    open: `{${field('source', heading === null ? null : safeLabel(heading, 120))}"quotes":[\n`,
    between: ',\n',
    close: '\n]}',
  }),
  line: (line: Line) => {
    const { text } = line.quote.acu;
    const words = keepsLines(line) ? safeLines(text).join('\n') : safeLine(text);
    const by = line.speaker === null ? null : safeLabel(line.speaker, speakerLength);
    const past = line.past === null ? null : safeLabel(line.past, pastLength);
    return `{"ref":"[${line.ref}]",${field('by', by)}${field('on', line.day)}${field('past', past)}"text":${jsonString(words)}}`;
  },
};
