/**
 * Documents and thoughts as models wrote them into their text: `<antArtifact identifier title type>…</antArtifact>` and
 * `<antThinking>…</antThinking>` of Claude in 2024, `<xaiArtifact artifact_id title contentType>…</xaiArtifact>` of Grok → parts of their
 * own, in order. A tag that is not closed stays text. Pure.
 */
import type { CanonicalPart } from '../canonical.ts';
import { wordsPart } from './content-blocks.ts';
import { unescapeHtml } from './html-text.ts';
import { toJson } from './json-value.ts';

const tag = /<(antArtifact|antThinking|xaiArtifact)\b([^<>]{0,1000})>/g;
const attribute = (attributes: string, name: string): string | null => {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? null : unescapeHtml(value);
};

/** What a text says, its documents and thoughts apart where it holds some. */
export const partsOfText = (text: string): CanonicalPart[] => taggedParts(text) ?? [{ kind: 'text', text }];

/** @returns null where the text holds none */
export function taggedParts(text: string): CanonicalPart[] | null {
  const parts: CanonicalPart[] = [];
  let from = 0;
  /** Tags that are closed nowhere further on: looked for once, however often they open. */
  const open = new Set<string>();
  for (const match of text.matchAll(tag)) {
    const [whole, what = '', attributes = ''] = match;
    if (match.index < from || open.has(what)) continue;
    const start = match.index + whole.length;
    const end = text.indexOf(`</${what}>`, start);
    if (end < 0) {
      open.add(what);
      continue;
    }
    parts.push(...wordsPart(text.slice(from, match.index).trim()));
    const inner = text.slice(start, end).trim();
    parts.push(...(what === 'antThinking' ? wordsPart(inner, 'reasoning') : documentPart(inner, attributes)));
    from = end + `</${what}>`.length;
  }
  return from === 0 ? null : [...parts, ...wordsPart(text.slice(from).trim())];
}

/** As the calls that came after the tags are read: known by its `id`, a document again under it is its next version. */
function documentPart(text: string, attributes: string): CanonicalPart[] {
  if (text === '') return [];
  const language = attribute(attributes, 'language');
  const about = {
    id: attribute(attributes, 'identifier') ?? attribute(attributes, 'artifact_id') ?? undefined,
    type: attribute(attributes, 'type') ?? attribute(attributes, 'contentType') ?? undefined,
    title: attribute(attributes, 'title') ?? undefined,
  };
  return [
    {
      kind: 'artifact',
      text,
      toolName: 'artifacts',
      ...(language === null ? {} : { language }),
      json: toJson(about) ?? '{}',
    },
  ];
}
