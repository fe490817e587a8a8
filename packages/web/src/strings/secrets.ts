/** Words of secrets and of pasting. Text alone, as in strings.ts. */
import { form, number } from '../count.ts';

export const secrets = {
  secrets: {
    title: 'Secrets',
    lead: 'Keys, tokens and card numbers found in what came in. Their values are not shown here. Secrets in an unusual format may not be found.',
    rule: 'A secret that comes in',
    rules: {
      withhold: { name: 'stays where it was said', text: 'No context compiled for an AI holds it.' },
      mask: {
        name: 'is not stored',
        text: 'A mark stands in its place, in the kept record too. What came in before stays.',
      },
      keep: { name: 'is kept like any other words', text: 'Contexts may hold it.' },
    },
    none: 'None were found',
    noneText: 'When an import holds a key, a token or a card number, it is listed here.',
    places: (n: number) => `${number(n)} ${form(n, 'place', 'places')}`,
    records: (n: number) =>
      `In ${number(n)} ${form(n, 'record', 'records')} beside conversations: memories, projects, ratings.`,
    nowhere: 'Stands nowhere any more; your decision waits for it to come in again.',
    withheld: 'left out of contexts',
    used: 'used in contexts',
    keep: 'Use in contexts',
    withhold: 'Leave out of contexts',
    keepLabel: (what: string) => `Use in contexts: this ${what}`,
    withholdLabel: (what: string) => `Leave out of contexts: this ${what}`,
    erase: 'Erase',
    eraseLabel: (what: string) => `Erase this ${what}`,
    eraseWarning:
      'What it says goes everywhere it stands, for good; the messages stay with a mark in its place. Replace the key at its provider all the same.',
    eraseNow: 'Erase it',
    found: (found: number, masked: number) =>
      `${number(found)} ${form(found, 'secret', 'secrets')} found${masked > 0 ? `, ${number(masked)} of them not stored` : ''}.`,
    see: 'See secrets',
  },
  paste: {
    open: 'Paste a conversation or a note',
    label: 'Text of a conversation, or a note',
    help: 'A transcript or JSON is recognised by its shape, as a file is. Anything else can be saved as a note.',
    name: 'Pasted text',
    send: 'Import the text',
    note: 'Save as a note',
    noteSaved: 'The note is saved. Read it',
  },
} as const;
