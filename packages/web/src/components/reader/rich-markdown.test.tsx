/** Code and mathematics that others wrote: coloured and set without a script, a style of their own, or a link that runs something. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { fenced, withMathMarks } from '../../api/message-markdown.ts';
import { richPlugins } from '../../hooks/use-rich-plugins.ts';
import { Markdown } from '../kit/markdown.tsx';

async function shown(text: string): Promise<string> {
  const { remark, rehype } = await richPlugins();
  return renderToStaticMarkup(<Markdown text={withMathMarks(text)} remark={remark} rehype={rehype} />);
}

describe('what a message shows', () => {
  it.each([
    ['\\(\\href{javascript:alert(1)}{x}\\)'],
    ['$$\\htmlStyle{background:url(https://evil.example)}{x}$$'],
    ['$$\\includegraphics{https://evil.example/x.png}$$'],
    ['$$\\htmlClass{a}{<img src=x onerror=alert(1)>}$$'],
    ['\\[\\def\\a{\\a\\a}\\a\\]'],
    [fenced('</code></pre><script>alert(1)</script>', 'html')],
    ['```js onerror=alert(1)\nlet a = "<img src=x onerror=alert(1)>";\n```'],
    ['<script>alert(1)</script> and $x$'],
  ])('of %j runs nothing and fetches nothing', async (text) => {
    const html = await shown(text);
    // What was written may stand in it as text: escaped.
    expect(html.replace(/&lt;.*?&gt;/g, '')).not.toMatch(
      /<script|<img|<a [^>]*javascript:|\son\w+=|style="[^"]*url\(/i,
    );
  });

  it('has classes for colours, and MathML', async () => {
    const html = await shown('```ts\nconst a = 1;\n```\n\n\\(\\frac{a}{b}\\)');
    expect(html).toContain('hljs-keyword');
    expect(html).toMatch(/<math[^>]*>.*<mfrac>/);
    expect(html).not.toContain('class="katex-html"');
  });
});
