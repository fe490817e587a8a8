/** Words of what stays out of contexts. Text alone, as in strings.ts. */
import type { ExclusionKind } from '@vivim/contract/exclusion';

const kinds = {
  conversation: 'Conversation',
  message: 'Message',
  unit: 'Passage',
  topic: 'Topic',
  entity: 'Person or thing',
  project: 'Project',
  source: 'Source',
} as const satisfies Record<ExclusionKind, string>;

export const exclusions = {
  exclusions: {
    title: 'What you keep out of contexts',
    none: 'Nothing. A conversation, a topic or a person is kept out on its own page.',
    note: 'No AI is given it, through contexts or tools. You read and find it as ever, and nothing is erased.',
    keepOut: 'Keep out of contexts',
    takeBack: 'Let into contexts again',
    takeBackOf: (what: string) => `Let into contexts again: ${what}`,
    isOut: 'Kept out of contexts',
    said: (kind: ExclusionKind, name: string) => `${kinds[kind]}: ${name}`,
  },
} as const;
