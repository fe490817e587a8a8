/** Words of erasing inside a space. Text alone, as in strings.ts. */
import type { Removed } from '@vivim/contract/erasure';
import { form, number } from '../count.ts';

const messages = (n: number): string => `${number(n)} ${form(n, 'message', 'messages')}`;
const conversations = (n: number): string => `${number(n)} ${form(n, 'conversation', 'conversations')}`;
const units = (n: number): string => `${number(n)} ${form(n, 'unit', 'units')}`;

export const erase = {
  erase: {
    label: 'Erase',
    now: 'Erase for good',
    names: {
      conversation: 'Erase this conversation',
      message: 'Erase this message',
      topic: 'Erase this topic',
      entity: 'Erase what is known of this',
      import: 'Erase this import',
    },
    warnings: {
      conversation: (gone: Removed) =>
        `${messages(gone.messages)} and ${units(gone.acus)} would go, and everything made from them. There is no undo; importing the same export does not bring them back.`,
      message: (gone: Removed) =>
        `The message and ${units(gone.acus)} would go, and everything made from it; what answered it moves up. There is no undo; importing the same export does not bring it back.`,
      topic: () =>
        'What was counted and compiled for this topic would go, and it is not made again. Messages stay. There is no undo.',
      entity: () =>
        'What was counted and compiled of this would go, and it is not made again. Messages stay. There is no undo.',
      import: (gone: Removed) =>
        `${conversations(gone.conversations)} that no other import brought, with ${messages(gone.messages)}, would go. There is no undo.`,
    },
    mentions: 'Put […] in the place of the name wherever messages say it',
    erasedOn: (date: string) => `You erased this import on ${date}. What it alone brought in is gone.`,
    going: 'It is out of sight. What is left is wiped from the file; you need not wait.',
    progress: 'Wiping from the file',
    of: (done: number, total: number) => `${number(done)} of ${conversations(total)} wiped`,
  },
} as const;
