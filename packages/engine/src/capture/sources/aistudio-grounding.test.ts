/** What an answer of AI Studio rests on stands where it was said to: at places of a text that is not ASCII too. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';
import { groundsOf } from './aistudio-grounding.ts';

const through = (address: string) => `https://www.google.com/url?sa=E&q=${encodeURIComponent(address)}`;

it('footnotes stand at the passages they bear out, by the address they lead to', () => {
  const text = 'Größe: 5 m. Höhe 🟥: 3 m.';
  const at = Buffer.byteLength('Größe: 5 m.');
  expect(
    groundsOf(
      {
        corroborationSegments: [
          { index: at, uri: through('https://a.example/?x=1&y=2'), footnoteNumber: 1 },
          { index: Buffer.byteLength(text), uri: through('https://a.example/?x=1&y=2'), footnoteNumber: 1 },
          { index: 10_000, uri: 'https://b.example', footnoteNumber: 2 },
        ],
        groundingSources: [
          { referenceNumber: 1, uri: through('https://a.example/?x=1&y=2'), title: 'A' },
          { referenceNumber: 2, uri: 'https://b.example', title: 'B' },
          { referenceNumber: 3, uri: 'https://c.example', title: 'C' },
        ],
      },
      text,
    ),
  ).toEqual([
    { start: 11, end: 11, url: 'https://a.example/?x=1&y=2', title: 'A', snippet: null },
    { start: text.length, end: text.length, url: 'https://a.example/?x=1&y=2', title: 'A', snippet: null },
    { start: null, end: null, url: 'https://b.example', title: 'B', snippet: null },
    { start: null, end: null, url: 'https://c.example', title: 'C', snippet: null },
  ]);
});

it('every place lies within its text, between two letters of it', () => {
  const segment = fc.record({ index: fc.integer({ min: -5, max: 60 }), footnoteNumber: fc.nat(3), uri: fc.webUrl() });
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.array(segment, { maxLength: 5 }),
      (text, segments) => {
        for (const { start } of groundsOf({ corroborationSegments: segments }, text)) {
          if (start === null) continue;
          expect(start).toBeLessThanOrEqual(text.length);
          expect(text.slice(0, start).isWellFormed()).toBe(true);
        }
      },
    ),
  );
});

it('what was searched stands before the answer', async () => {
  const prompt = {
    runSettings: { model: 'm' },
    chunkedPrompt: {
      chunks: [
        { role: 'user', text: 'Hi' },
        {
          role: 'model',
          text: 'Yes',
          grounding: {
            webSearchQueries: ['how high'],
            corroborationSegments: [{ index: 3, uri: 'https://a.example' }],
          },
        },
      ],
    },
  };
  const [found] = await conversationsOf(JSON.stringify(prompt), 'aistudio');
  expect(shortly(found)[1]).toEqual(['assistant', 'model', 'tool_call: {"queries":["how high"]}', 'text: Yes']);
  expect(found?.messages[1]?.parts[1]?.citations).toMatchObject([{ start: 3, url: 'https://a.example' }]);
});
