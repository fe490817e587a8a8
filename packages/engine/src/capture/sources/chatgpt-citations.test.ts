import { describe, expect, it } from 'vitest';
import { citeText } from './chatgpt-citations.ts';

const mark = (name: string, ...payload: string[]) => `\uE200${[name, ...payload].join('\uE202')}\uE201`;
const cite = mark('cite', 'turn0search0');
const page = { url: 'https://example.org', title: 'Example' };

describe('marks in the text of an answer', () => {
  it('become citations where they stood, and leave the sentence clean', () => {
    const text = `Tea is old ${cite}. So is bread.`;
    const metadata = {
      content_references: [{ matched_text: cite, start_idx: 11, end_idx: 11 + cite.length, items: [page] }],
    };
    const cited = citeText(text, metadata);
    expect(cited.text).toBe('Tea is old. So is bread.');
    expect(cited.citations).toEqual([{ start: 10, end: 10, snippet: null, ...page }]);
  });

  it('are found by what they say where the offsets count something else', () => {
    const text = `🫖🫖 tea${cite}`;
    const metadata = { content_references: [{ matched_text: cite, start_idx: 6, items: [page] }] };
    expect(citeText(text, metadata)).toMatchObject({
      text: '🫖🫖 tea',
      citations: [{ start: 8, end: 8, url: page.url }],
    });
  });

  it('go even where nothing says what they mean', () => {
    expect(citeText(`one ${cite} two`, {})).toEqual({ text: 'one two', citations: [] });
  });

  it('keep the words they carry', () => {
    expect(citeText(`In ${mark('entity', '["city","Paris"]')} it rained.`, {}).text).toBe('In Paris it rained.');
  });

  it('are named once where both lists name them', () => {
    const text = `old${cite}`;
    const metadata = {
      content_references: [{ matched_text: cite, items: [page] }],
      citations: [{ start_ix: 3, end_ix: 3 + cite.length, metadata: page }],
    };
    expect(citeText(text, metadata).citations).toHaveLength(1);
  });

  it('keep a link to words of the text on those words', () => {
    const metadata = { content_references: [{ matched_text: 'bread', items: [page] }] };
    expect(citeText('So is bread.', metadata)).toEqual({
      text: 'So is bread.',
      citations: [{ start: 6, end: 11, snippet: null, ...page }],
    });
  });

  it('have no place where what they name is not in the text', () => {
    const metadata = { content_references: [{ matched_text: ' ', items: [page] }] };
    expect(citeText('Hello there', metadata).citations).toEqual([{ start: null, end: null, snippet: null, ...page }]);
  });
});
