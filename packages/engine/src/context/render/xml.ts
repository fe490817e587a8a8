/** Bundles as XML: one root, a tag for each layer, every quoted word escaped. */
import type { LayerName } from '@vivim/contract/context';
import { safeLabel, safeLine, safeLines, xmlAttribute, xmlText } from './escape.ts';
import { keepsLines, type Line, notice, pastLength, type Renderer, speakerLength } from './renderer.ts';

const tags = {
  L0: 'identity',
  L1: 'preferences',
  L2: 'topics',
  L3: 'entities',
  L4: 'conversation',
  L5: 'history',
  L6: 'recent',
  L7: 'message',
} as const satisfies Record<LayerName, string>;

const attribute = (name: string, value: string | null, length: number): string =>
  value === null ? '' : ` ${name}="${xmlAttribute(safeLabel(value, length))}"`;

export const xml: Renderer = {
  format: 'xml',
  document: (message) => ({
    open: `<context note="${xmlAttribute(notice)}">\n`,
    between: '',
    close: `<${tags.L7}>${xmlText(message)}</${tags.L7}>\n</context>`,
  }),
  layer: (layer) => ({ open: `<${tags[layer]}>\n`, between: '', close: `</${tags[layer]}>\n` }),
  group: ({ heading }) => ({
    open: `<source${attribute('title', heading, 120)}>\n`,
    between: '',
    close: '</source>\n',
  }),
  line: (line: Line) => {
    const { text } = line.quote.acu;
    const words = xmlText(keepsLines(line) ? safeLines(text).join('\n') : safeLine(text));
    const attributes = `${attribute('by', line.speaker, speakerLength)}${attribute('on', line.day, 10)}${attribute('past', line.past, pastLength)}`;
    return `<q ref="[${line.ref}]"${attributes}>${words}</q>\n`;
  },
};
