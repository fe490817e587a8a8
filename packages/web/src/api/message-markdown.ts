/** A message as Markdown for somewhere else, and mathematics as one way of writing it. Pure. */
import type { Message, Part } from '@vivim/contract/conversation';
import { withoutCiteMarkers } from '../pieces.ts';

/** A fence longer than any in the text, so that the block ends where it ends. */
export function fenced(text: string, language: string | null): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${(language ?? '').replace(/[^\w+#.-]/g, '')}\n${text}\n${fence}`;
}

const spoken = (part: Part): string | null => {
  if (part.text === null || part.text.trim() === '')
    return part.attachment === null ? null : `[${part.attachment.name ?? part.kind}]`;
  switch (part.kind) {
    case 'text':
      return withoutCiteMarkers(part.text);
    case 'code':
      return fenced(part.text, part.language);
    case 'tool_call':
    case 'tool_result':
      return `${part.toolName ?? part.kind}:\n\n${fenced(part.text, null)}`;
    case 'reasoning':
      return part.text.replace(/^/gm, '> ');
    default:
      return part.text;
  }
};

export function messageAsMarkdown({ parts, citations }: Pick<Message, 'parts' | 'citations'>): string {
  const links = new Map(citations.flatMap(({ url, title }) => (url === null ? [] : [[url, title ?? url] as const])));
  const sources = [...links].map(
    ([url, title]) => `- [${title.replace(/[[\]\\]/g, '\\$&')}](<${url.replace(/[<>]/g, encodeURIComponent)}>)`,
  );
  return [...parts.flatMap((part) => spoken(part) ?? []), ...(sources.length === 0 ? [] : [sources.join('\n')])].join(
    '\n\n',
  );
}

/** What must not be read as mathematics: fences, code between backticks. */
const code = /(^|\n)(`{3,}|~{3,})[\s\S]*?(?:\n\2[`~]*(?=\n|$)|$)|(`+)(?!`)[\s\S]*?[^`]\3(?!`)/g;
/** `$x$` as pandoc takes it: no space inside its ends, no digit behind; `$5 and $10` is money. */
const dollars = /(?<![\\$\w])\$(?=[^\s$])([^$\n]*[^\s$\\])\$(?![\d$])/g;

const rewrite = (text: string): string =>
  text
    .replace(
      /^([ \t]*)\$\$([^$\n]+)\$\$[ \t]*$/gm,
      (_, indent: string, tex: string) => `${indent}$$\n${indent}${tex.trim()}\n${indent}$$`,
    )
    .replace(/\\\[([\s\S]+?)\\\]/g, (_, tex: string) => `\n$$\n${tex.trim()}\n$$\n`)
    .replace(/\\\(([\s\S]+?)\\\)/g, (_, tex: string) => `$$${tex.trim().replace(/\s*\n\s*/g, ' ')}$$`)
    .replace(dollars, (_, tex: string) => `$$${tex}$$`);

/** `\( \)`, `\[ \]` and `$ $` as the double dollars the parser knows; code and money stay as they are. */
export function withMathMarks(text: string): string {
  let out = '';
  let after = 0;
  for (const match of text.matchAll(code)) {
    out += rewrite(text.slice(after, match.index)) + match[0];
    after = match.index + match[0].length;
  }
  return out + rewrite(text.slice(after));
}
