import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlText, unescapeHtml } from './html-text.ts';

describe('HTML as text', () => {
  it.each([
    ['<p>Use <code>&lt;b&gt;</code> for <b>bold</b>.</p><p>Then</p>', 'Use `<b>` for **bold**.\n\nThen'],
    ['<pre><code>x &lt; 1 &amp;&amp; y\n  z</code></pre>', '```\nx < 1 && y\n  z\n```'],
    ['<h2>Poem</h2><p>Line one<br>Line two</p>', '## Poem\n\nLine one\nLine two'],
    ['<ul><li>one</li><li>two</li></ul>after', '- one\n- two\nafter'],
    ['<ol><li>one<ul><li>in</li></ul></li><li>two</li></ol>', '1. one\n  - in\n2. two'],
    ['a<!-- <b> --><script>alert(1)</script><style>x{}</style>b', 'ab'],
    ['1 < 2 and 3 > 2 <unknown a="<">x</unknown>', '1 < 2 and 3 > 2 x'],
  ])('%s', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it('has its character references read, those that are none left', () => {
    expect(unescapeHtml('&amp;&#65;&#x1F600;&nope;&#xD800;&nbsp;&')).toBe('&A😀&nope;\uFFFD &');
  });

  it('is made of anything, in time', () => {
    const bits = fc.array(
      fc.constantFrom('<p>', '<', '</', 'pre', '>', '<pre>', '"', "'", '<a href="', '&#', '\ud800', 'x', '<!--'),
    );
    fc.assert(fc.property(bits, (list) => htmlText(list.join('')).isWellFormed()));
    expect(htmlText('<a b="'.repeat(20_000)).length).toBeGreaterThan(0);
  });
});
