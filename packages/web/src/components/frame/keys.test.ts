/** Keys do nothing while they are typed, nor behind a dialog, nor once single letters are turned off. */
import { describe, expect, it } from 'vitest';
import { keyAct } from './keys.ts';

const press = (key: string, modifiers: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});
const free = { typing: false, covered: false, letters: true, going: false };

describe('keys', () => {
  it.each([
    ['?', {}, free, { do: 'help' }],
    ['/', {}, free, { do: 'search' }],
    ['g', {}, free, { do: 'wait' }],
    ['c', {}, { ...free, going: true }, { do: 'go', letter: 'c' }],
    ['k', { ctrlKey: true }, free, { do: 'palette' }],
    ['K', { metaKey: true }, { ...free, typing: true }, { do: 'palette' }],
    ['k', { ctrlKey: true }, { ...free, letters: false }, { do: 'palette' }],
    ['z', { ctrlKey: true }, free, { do: 'undo' }],
    ['z', { ctrlKey: true }, { ...free, typing: true }, null],
    ['?', {}, { ...free, typing: true }, null],
    ['g', {}, { ...free, covered: true }, null],
    ['/', {}, { ...free, letters: false }, null],
    ['c', {}, { ...free, going: true, letters: false }, null],
    ['g', { altKey: true }, free, null],
    ['c', { ctrlKey: true }, { ...free, going: true }, null],
    ['c', {}, free, null],
  ] as const)('%s with %j in %j', (key, modifiers, where, act) => {
    expect(keyAct(press(key, modifiers), where)).toEqual(act);
  });
});
