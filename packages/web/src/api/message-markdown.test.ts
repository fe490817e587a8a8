/** What is copied out of a message, and which dollars are mathematics. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenced, messageAsMarkdown, withMathMarks } from './message-markdown.ts';

const part = (kind: string, text: string | null, more: object = {}) =>
  ({ index: 0, kind, text, language: null, mime: null, toolName: null, attachment: null, raw: null, ...more }) as never;

describe('mathematics', () => {
  it.each([
    ['so \\(a^2\\) holds', 'so $$a^2$$ holds'],
    ['so $a^2 + b$ holds', 'so $$a^2 + b$$ holds'],
    ['it costs $5 and then $10', 'it costs $5 and then $10'],
    ['between $5-$10', 'between $5-$10'],
    ['`$HOME` and $x$', '`$HOME` and $$x$$'],
    ['```sh\necho $A $B\n```\n$x$', '```sh\necho $A $B\n```\n$$x$$'],
    ['an open fence\n```sh\necho $A$', 'an open fence\n```sh\necho $A$'],
    ['already $$x$$', 'already $$x$$'],
    ['alone:\n\n$$x + y$$\n\nso', 'alone:\n\n$$\nx + y\n$$\n\nso'],
  ])('in %j', (before, after) => expect(withMathMarks(before)).toBe(after));

  it('stands on lines of its own between \\[ and \\]', () =>
    expect(withMathMarks('see \\[ x \\] there')).toBe('see \n$$\nx\n$$\n there'));

  it('changes nothing that has no dollar and no backslash', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[$\\]/.test(text)),
        (text) => withMathMarks(text) === text,
      ),
    );
  });
});

describe('a message as Markdown', () => {
  it('has fences that end where they should, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('`', '``', '```', '`````', 'x', '\n'), { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const [fence] = /^`+/.exec(fenced(text, 'ts')) ?? [''];
        expect(text.includes(fence)).toBe(false);
      }),
    );
  });

  it('holds its words, its code, its tools and its sources', () => {
    const citations = [{ partIndex: 0, start: null, end: null, url: 'https://a.example/b', title: 'A [b]' }];
    const parts = [
      part('text', 'Hello.'),
      part('code', 'let a;', { language: 'js' }),
      part('tool_call', '{}', { toolName: 'search' }),
    ];
    expect(messageAsMarkdown({ parts, citations })).toBe(
      'Hello.\n\n```js\nlet a;\n```\n\nsearch:\n\n```\n{}\n```\n\n- [A \\[b\\]](<https://a.example/b>)',
    );
  });
});
