/** Words of what a person puts right in topics and entities, and of what their pages tell beside claims. Text alone. */
import type { CorrectionAction } from '@vivim/contract/correction';
import { form, number } from '../count.ts';

const said: Readonly<Record<CorrectionAction, (name: string, value: string) => string>> = {
  rename: (name, value) => `${name} is called ${value}`,
  merge: (name, value) => `${name} counts as ${value}`,
  split: (name, value) => `${value} is something else than ${name}`,
  move: (name, value) => `${name} means ${value} in some conversations`,
  type: (name, value) => `${name} is of the type ${value}`,
  pin: (name, value) => (value === 'true' ? `${name} is pinned` : `${name} is not pinned`),
  hide: (name, value) => (value === 'true' ? `${name} is hidden` : `${name} is shown`),
};

export const corrections = {
  corrections: {
    title: 'What you put right',
    none: 'You have put nothing right yet.',
    correct: 'Put it right',
    said: (action: CorrectionAction, name: string, value: string) => said[action](name, value),
    undo: 'Undo',
    undoOf: (what: string) => `Undo: ${what}`,
    rename: 'Rename',
    name: 'Name',
    save: 'Save',
    pin: 'Pin',
    unpin: 'Unpin',
    pinned: 'pinned',
    hide: 'Hide',
    ignore: 'Ignore',
    show: 'Show again',
    hidden: 'hidden: in no list and no context',
    merge: 'Same as',
    mergeInto: 'What it is the same as',
    mergeChoose: 'Choose…',
    mergeAction: 'Count as one',
    split: 'Something else',
    splitLead: 'Ways it is written that count as it. Choose those that are something else.',
    splitAction: 'Split off',
    type: 'What it is',
    part: 'Part of',
    narrower: 'Narrower topics',
    relations: 'How they stand to each other',
    toYou: (relation: string) => `Your ${relation}`,
    to: (relation: string, name: string) => `${relation} ${name}`,
    rhythm: 'When it comes up',
    trend: { rising: 'On the way up', steady: 'Steady', falling: 'On the way down', quiet: 'Quiet lately' },
    days: (days: number, streak: number) =>
      `On ${number(days)} ${form(days, 'day', 'days')}, at most ${number(streak)} in a row`,
    hour: (hour: string) => `Mostly around ${hour}`,
    proficiency: 'How deep you are in it',
    levels: { new: 'New to it', learning: 'Learning it', working: 'Working with it', versed: 'Versed in it' },
    signals: {
      asks: (n: number) => `asked ${number(n)} ${form(n, 'time', 'times')}`,
      explains: (n: number) => `explained ${number(n)} ${form(n, 'time', 'times')}`,
      builds: (n: number) => `made ${number(n)} ${form(n, 'thing', 'things')}`,
      decides: (n: number) => `decided ${number(n)} ${form(n, 'time', 'times')}`,
      returns: (n: number) => `came back on ${number(n)} days`,
    },
  },
};
