/** Markdown of a message with its code in colours and its mathematics set, each fetched only where there is some. */
import { useMemo } from 'react';
import { withMathMarks } from '../../api/message-markdown.ts';
import { useRichPlugins } from '../../hooks/use-rich-plugins.ts';
import { Markdown } from '../kit/markdown.tsx';

/** Colouring longer code would hold the page up. Characters. */
const colouredAtMost = 60_000;

export function RichMarkdown({ text }: { text: string }) {
  const { words, code, math } = useMemo(() => {
    const marked = /\$|\\[([]/.test(text) ? withMathMarks(text) : text;
    return {
      words: marked,
      code: text.length <= colouredAtMost && /^\s{0,3}(?:`{3,}|~{3,})\s*\w/m.test(text),
      math: marked.includes('$$'),
    };
  }, [text]);
  const { remark, rehype } = useRichPlugins({ code, math });
  // What cannot be read as mathematics yet is shown as it was written.
  return <Markdown text={math && remark.length > 0 ? words : text} remark={remark} rehype={rehype} />;
}
