/** Hostile markdown comes out as text and harmless links: no script, no element that loads, no address that runs. */
import type { PartAttachment } from '@vivim/contract/attachment';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { filesByName, LinkedFilesContext } from './linked-files.ts';
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
    '[a](sandbox:/mnt/data/a.png)',
    '![a](sandbox:/mnt/data/a.png)',
    '[a](sandbox:/javascript:alert(1))',
    '[a](sandbox:javascript:alert(1))',
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

describe('a link to a file its writer made', () => {
  const file = (id: string, name: string, stored = true): PartAttachment => ({
    id: id as PartAttachment['id'],
    name,
    mime: null,
    size: 1,
    status: stored ? 'present' : 'missing',
    stored,
    shownAs: null,
    width: null,
    height: null,
  });
  const withFiles = (text: string, ...files: PartAttachment[]): string =>
    renderToStaticMarkup(
      <LinkedFilesContext value={filesByName([...files, null])}>
        <Markdown text={text} />
      </LinkedFilesContext>,
    );

  it.each([
    ['[Plan](sandbox:/mnt/data/plan.png)', 'plan.png'],
    ['[Plan](sandbox:/mnt/data/My%20plan.png "save")', 'My plan.png'],
    ['[Plan](<sandbox:/mnt/data/My plan.png>)', 'My plan.png'],
    ['[Plan](<sandbox:/mnt/data/100%.png>)', '100%.png'],
    ['[Plan](sandbox:/mnt/data/%D0%BF%D0%BB%D0%B0%D0%BD.png)', 'план.png'],
    ['![Plan](sandbox:/mnt/data/plan.png)', 'plan.png'],
  ])('%s leads to it', (text, name) => {
    const html = withFiles(text, file('f_1', name), file('f_2', 'other.png'));
    expect(html).toContain(`<a href="/v1/attachments/f_1/content" download="${name}">`);
    expect(html).not.toContain('target=');
  });

  it.each([
    ['no file of its name', '[Plan](sandbox:/mnt/data/plan.png)', [file('f_1', 'map.png')]],
    ['a file that is not here', '[Plan](sandbox:/mnt/data/plan.png)', [file('f_1', 'plan.png', false)]],
    ['two of its name', '[Plan](sandbox:/mnt/data/plan.png)', [file('f_1', 'plan.png'), file('f_2', 'plan.png')]],
    ['another kind of address', '[Plan](https://example.org/plan.png)', [file('f_1', 'plan.png')]],
    ['a path of this site', '[Plan](/mnt/data/plan.png)', [file('f_1', 'plan.png')]],
    ['a name every object has', '[Plan](sandbox:/mnt/data/constructor)', [file('f_1', 'plan.png')]],
  ])('leads nowhere near a file with %s', (_, text, files) => {
    expect(withFiles(text, ...files)).not.toContain('/v1/attachments');
  });

  it('has an address made of the id alone, whatever the text and the name hold', () => {
    const html = withFiles('[x](<sandbox:/a/"onclick=alert(1).png>)', file('../me?a="b', '"onclick=alert(1).png'));
    expect(html).toContain('href="/v1/attachments/..%2Fme%3Fa%3D%22b/content"');
    expect(html).not.toMatch(/<[^>]*\son\w+=/i);
  });
});
