/** Words of what a person puts right in topics and entities, and of what their pages tell beside claims. Text alone. */
import type { CorrectionAction } from '@vivim/contract/correction';
import { form, number } from '../count.ts';

const said: Readonly<Record<CorrectionAction, (name: string, value: string) => string>> = {
  rename: (name, value) => `${name} is called ${value}`,
  merge: (name, value) => `${name} counts as ${value}`,
  split: (name, value) => `${value} is something else than ${name}`,
  move: (name, value) => `${name} means ${value} in some conversations`,
  type: (name, value) => `${name} is of the type ${value}`,
  apart: (name, value) => `${name} is not the same as ${value}`,
  pin: (name, value) => (value === 'true' ? `${name} is pinned` : `${name} is not pinned`),
  hide: (name, value) => (value === 'true' ? `${name} is hidden` : `${name} is shown`),
};

export const corrections = {
  corrections: {
    title: 'What you put right',
    none: 'You have put nothing right yet.',
    said: (action: CorrectionAction, name: string, value: string) => said[action](name, value),
    undo: 'Undo',
    undoOf: (what: string) => `Undo: ${what}`,
    pinned: 'pinned',
    hidden: 'hidden: in no list and no context',
    splitLead: 'Ways it is written that count as it. Choose those that are something else.',
    splitAction: 'Split off',
    part: 'Part of',
    narrower: 'Narrower topics',
    relations: 'How they stand to each other',
    toYou: (relation: string) => `Your ${relation}`,
    to: (relation: string, name: string) => `${relation} ${name}`,
    rhythm: 'When it comes up',
    days: (days: number, streak: number) =>
      `On ${number(days)} ${form(days, 'day', 'days')}${streak > 1 ? `, at most ${number(streak)} in a row` : ''}`,
    hour: (hour: string) => `Mostly around ${hour}`,
    proficiency: 'How well you know it',
    proficiencyNote: 'Counted from what you wrote here. What you never wrote is not in it.',
    levels: {
      new: 'You have only touched on it.',
      learning: 'You are getting into it.',
      working: 'You use it in what you do.',
      versed: 'You know it well.',
    },
    signals: {
      asks: (n: number) => `You asked ${number(n)} ${form(n, 'question', 'questions')} about it`,
      explains: (n: number) => `You explained something about it ${number(n)} ${form(n, 'time', 'times')}`,
      builds: (n: number) =>
        `You wrote ${number(n)} ${form(n, 'list, table or piece of code', 'lists, tables or pieces of code')} on it`,
      decides: (n: number) => `You decided something about it ${number(n)} ${form(n, 'time', 'times')}`,
      returns: (n: number) => `You came back to it on ${number(n)} days`,
    },
  },
};
