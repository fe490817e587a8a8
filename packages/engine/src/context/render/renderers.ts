/** Every format a bundle can have. */
import type { BundleFormat } from '@vivim/contract/recipe';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { messages } from './messages.ts';
import type { Renderer } from './renderer.ts';
import { xml } from './xml.ts';

export const renderers = { markdown, xml, json, messages } as const satisfies Record<BundleFormat, Renderer>;
