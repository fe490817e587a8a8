import type { AcuType } from '@vivim/contract/acu';
import { describe, expect, it } from 'vitest';
import { isStanding } from './standing-words.ts';

describe('what holds beyond its conversation', () => {
  it.each<[boolean, AcuType, string]>([
    [true, 'instruction', 'Always answer in metric units.'],
    [true, 'instruction', 'From now on, call me Captain.'],
    [true, 'instruction', "Don't ever use emojis."],
    [true, 'instruction', 'Remember that I am vegetarian.'],
    [true, 'instruction', 'Antworte immer auf Deutsch.'],
    [true, 'instruction', '请始终用中文回答。'],
    [true, 'preference', 'I prefer window seats.'],
    [true, 'personal_fact', "I'm allergic to nuts."],
    [false, 'instruction', 'Make it shorter.'],
    [false, 'instruction', 'Rewrite the third paragraph.'],
    [false, 'instruction', 'List the hallways of the museum.'],
    [false, 'preference', 'Do I like this one?'],
    [false, 'statement', 'It always rains in Leeds.'],
  ])('%s: %s %s', (standing, type, text) => {
    expect(isStanding(type, text)).toBe(standing);
  });
});
