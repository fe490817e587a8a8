/** Conversations as Markdown: safe names, and no message that swallows the next. */
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { filesOf, live, markdownOf } from '../../../../../test/kit/archives.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { fenced, selfContained } from './markdown-archive.ts';

const markdown = new MarkdownIt();
const headings = (text: string) =>
  markdown.parse(text, {}).flatMap((token, ix, all) => (token.type === 'heading_open' ? [all[ix + 1]?.content] : []));

const piece = fc.constantFrom(
  '```',
  '~~~~',
  '`',
  '<!--',
  '<div>',
  '<pre>',
  '- ```',
  '> ~~~',
  '    ',
  '\n',
  '\n\n',
  'words',
  '# x',
  '<?php',
);

describe('a text in a file of others', () => {
  it('ends where it ends, whatever it opens', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        expect(headings(`${selfContained(text, markdown)}\n\n## next`).at(-1)).toBe('next');
        const [code] = markdown.parse(`${fenced(text, 'sh')}\n\n## next`, {});
        expect(code).toMatchObject({ type: 'fence', content: `${text}\n` });
      }),
    );
  });

  it('is not touched where nothing of it stays open', () => {
    const text = 'Run:\n\n```sh\nls\n```\n\nand <b>look</b>.';
    expect(selfContained(text, markdown)).toBe(text);
    expect(selfContained('```\nopen', markdown)).toBe('```\nopen\n```');
  });
});

describe('a space as Markdown', () => {
  it('has a file for each conversation, an index, topics and people, and nothing of another person', async () => {
    const { alice, bob } = twoSpaces();
    await live(alice, [
      [
        dialogue('one', '../../etc/passwd\n: "CON" 😀 Größe', ['How?\n\n```', 'Like this.', '<!-- and', 'So.']),
        dialogue('two', '', ['Emma Watson repairs the roof.', 'Good.']),
      ],
    ]);
    await live(bob, [[dialogue('his', 'Secret', ['I am a pilot.', 'Good.'])]]);
    const files = await filesOf(await markdownOf(alice));
    const names = Object.keys(files);
    expect(names.filter((name) => !name.startsWith('conversations/'))).toEqual([
      'memories.md',
      'index.md',
      'topics.md',
      'people.md',
    ]);
    const talks = names.filter((name) => name.startsWith('conversations/'));
    expect(talks).toHaveLength(2);
    for (const name of talks) {
      expect(name).toMatch(/^conversations\/\d{4}-\d\d-\d\d-[\p{L}\p{N}-]+\.md$/u);
      expect(files['index.md']).toContain(`(<${name}>)`);
      expect(files[name]).toMatch(/^---\ntitle: ".*"\nid: "c_/);
    }
    const first = files[talks.find((name) => name.includes('größe')) ?? ''] ?? '';
    expect(headings(first).filter((heading) => /^(user|assistant), 2025/.test(heading ?? ''))).toHaveLength(4);
    expect(Object.values(files).join('')).not.toContain('pilot');
  });
});
