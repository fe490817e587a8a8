/** The words of the start page. */
import { form, number } from '../count.ts';

const conversations = (n: number): string => `${number(n)} ${form(n, 'conversation', 'conversations')}`;
const messages = (n: number): string => `${number(n)} ${form(n, 'message', 'messages')}`;

export const home = {
  title: 'Home',
  emptyText:
    'Nothing here yet. Bring in the file your AI provider gives you: VIVIM finds what you decided, asked and learned in it, and gives any AI the part it needs, with sources.',
  emptyAction: 'Ways to bring things in',
  howTitle: 'Where do I get my export?',
  howText:
    'Most providers send a link by mail when you ask them to. Programs on your computer keep their conversations in a folder, which can be watched.',
  searchLabel: 'Search everything you said and were told',
  conversations: (n: number) => form(n, 'conversation', 'conversations'),
  messages: (n: number) => form(n, 'message', 'messages'),
  units: (n: number) => form(n, 'unit', 'units'),
  topics: (n: number) => form(n, 'topic', 'topics'),
  entities: (n: number) => form(n, 'person or thing', 'people & things'),
  working: 'Work under way',
  pendingImports: (n: number) => `${number(n)} ${form(n, 'import', 'imports')} running`,
  pendingRollup: (n: number) => `${conversations(n)} being read for topics and people`,
  pendingEmbedding: (n: number) => `${conversations(n)} being made searchable by meaning`,
  recent: 'Latest conversations',
  rising: 'Rising topics',
  most: 'Topics that matter most',
  people: 'People',
  projects: 'Projects',
  toConfirm: 'For you to confirm',
  contradicting: (n: number) => `${number(n)} ${form(n, 'pair', 'pairs')} of memories contradict each other`,
  activity: (n: number) => `${messages(n)} in the last year`,
  activityByMonth: 'Messages by month',
  onDay: (day: string, n: number) => (n === 0 ? `${day}: nothing` : `${day}: ${messages(n)}`),

  sample: {
    title: 'Just looking around?',
    text: 'A made-up person’s conversations show what VIVIM makes of an export: topics, people, memories, answers with sources.',
    try: 'Try with sample data',
    here: 'You are looking at sample conversations of a made-up person.',
    remove: 'Remove the sample',
    removed: 'The sample is gone.',
  },

  steps: {
    title: 'First steps',
    import: 'Bring in conversations',
    ask: 'Ask, and see where each line comes from',
    connect: 'Let an AI ask for itself',
    safe: 'Make a second way in',
    done: '(done)',
    of: (done: number, all: number) => `${number(done)} of ${number(all)}`,
    hide: 'Hide these steps',
  },
};
