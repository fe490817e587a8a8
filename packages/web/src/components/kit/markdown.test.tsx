/** Hostile markdown comes out as text and harmless links: no script, no element that loads, no address that runs. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from './markdown.tsx';

const render = (text: string): string => renderToStaticMarkup(<Markdown text={text} />);

describe('markdown', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><animate onbegin=alert(1)></svg>',
    '<iframe src="https://example.org"></iframe>',
    '<style>body{display:none}</style>',
    '<details open ontoggle=alert(1)>',
    '![pixel](https://tracker.example/p.png)',
    '![inline](data:image/svg+xml;base64,PHN2Zz4=)',
    '![ref][r]\n\n[r]: https://tracker.example/p.png',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](java\nscript:alert(1))',
    '[a](&#106;avascript:alert(1))',
    '[a](data:text/html;base64,PHNjcmlwdD4=)',
    '[a](vbscript:msgbox)',
    '<javascript:alert(1)>',
    '[a](/v1/me)',
    '[a](//tracker.example/p)',
    'a[^1]\n\n[^1]: <b onclick=alert(1)>note</b>',
    '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
  ])('defuses %j', (text) => {
    const html = render(text);
    expect(html).not.toMatch(/<(?!\/?(?:a|p|div|span|table|thead|tbody|tr|th|td|sup|section|ol|li)\b)/i);
    expect(html).not.toMatch(/<[^>]*\s(?:on\w+|style|src|srcset|formaction)=/i);
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https?:/);
  });

  it('keeps what markdown is for, and opens links apart from this page', () => {
    const html = render('**bold** and [a guide](https://example.org/a)\n\n- [x] done\n\n```js\n1 < 2\n```');
    expect(html).toContain('<strong>bold</strong>');
    expect(html).toContain('href="https://example.org/a" target="_blank" rel="noopener noreferrer nofollow"');
    expect(html).toContain('1 &lt; 2');
  });
});
