/**
 * Every word a person reads in the web application, in one place, in English; another language is one more file of this
 * shape (language.ts). Holds text alone: no markup, no dates (see format.ts). Most words stand in strings/, by noun.
 */

import { importSourceNames } from '@vivim/contract/conversation-words';
import { errorTitles } from '@vivim/contract/errors';
import { form, number } from './count.ts';
import { translate } from './language.ts';
import { access } from './strings/access.ts';
import { account } from './strings/account.ts';
import { comingIn } from './strings/coming-in.ts';
import { connections } from './strings/connections.ts';
import { context } from './strings/context.ts';
import { conversationList } from './strings/conversations.ts';
import { corrections } from './strings/corrections.ts';
import { entries } from './strings/entries.ts';
import { erase } from './strings/erase.ts';
import { exclusions } from './strings/exclusions.ts';
import { folders } from './strings/folders.ts';
import { following } from './strings/following.ts';
import { frame } from './strings/frame.ts';
import { home } from './strings/home.ts';
import { importing } from './strings/importing.ts';
import { issues } from './strings/issues.ts';
import { kit } from './strings/kit.ts';
import { mcpClientWords } from './strings/mcp-clients.ts';
import { memories } from './strings/memories.ts';
import { models } from './strings/models.ts';
import { operator } from './strings/operator.ts';
import { reader } from './strings/reader.ts';
import { reference } from './strings/reference.ts';
import { sealed } from './strings/sealed.ts';
import { search } from './strings/search.ts';
import { secrets } from './strings/secrets.ts';
import { space } from './strings/space.ts';
import { subjects } from './strings/subjects.ts';
import { uploading } from './strings/uploading.ts';
import { watching } from './strings/watching.ts';

const messages = (n: number): string => `${number(n)} ${form(n, 'message', 'messages')}`;
const conversations = (n: number): string => `${number(n)} ${form(n, 'conversation', 'conversations')}`;

const english = {
  brand: 'VIVIM',
  skip: 'Skip to content',
  loading: 'Loading…',
  retry: 'Try again',
  cancel: 'Cancel',
  more: 'Load more',
  untitled: 'Untitled conversation',
  unnamedProject: (source: string, end: string) => `${source} project …${end}`,
  unknownDate: 'no date',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'The browser did not allow copying. Select the text and copy it by hand.',

  ...comingIn,
  ...connections,
  ...mcpClientWords,
  ...models,
  ...access,
  ...account,
  ...sealed,
  ...space,
  ...operator,
  ...reference,
  ...memories,
  ...corrections,
  ...exclusions,
  ...context,
  ...erase,
  ...secrets,

  kit,
  subjects,
  frame,
  errors: errorTitles,

  nav: {
    label: 'Main',
    menu: 'Menu',
    home: 'Home',
    import: 'Import',
    search: 'Search',
    conversations: 'Conversations',
    context: 'Context',
    memories: 'Memories',
    topics: 'Topics',
    entities: 'People & things',
    identity: 'You',
  },

  problem: {
    heading: 'Something went wrong',
    notFound: 'Not found',
    notFoundText: 'There is nothing at this address. It may have been erased, or the address may be incomplete.',
    offlineTitle: 'The server cannot be reached.',
    offlineDetail: 'Check that VIVIM is still running and that this device can reach it, then try again.',
    trace: (code: string, id: string) => `${code} · trace ${id}`,
    goHome: 'Go to the start page',
  },

  home,

  uploading,
  entries,
  following,
  folders,
  watching,

  issues,
  import: importing,

  sources: importSourceNames,
  roles: { user: 'You', assistant: 'Assistant', system: 'System', tool: 'Tool' },

  search,

  conversations: conversationList,

  lineage: {
    up: { replay: 'Repeats', resume: 'Continues', fork: 'Continues' },
    down: { replay: 'Repeated by', resume: 'Continued by', fork: 'Continued by' },
    shared: (n: number) => `(${n} ${n === 1 ? 'message' : 'messages'} shared)`,
  },
  reader,

  profiles: {
    topics: 'Topics',
    topicsLead: 'What you keep coming back to, found in your own words.',
    entities: 'People & things',
    entitiesLead: 'Who and what your conversations are about.',
    emptyTopics: 'No topics yet',
    emptyEntities: 'Nobody and nothing yet',
    emptyText: 'These pages write themselves a moment after an import, each statement with its sources.',
    reading: (n: number) => `Still reading: ${conversations(n)} to go.`,
    counts: (said: number, all: number) => `${messages(said)} in ${conversations(all)}`,
    span: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
    importance: (percent: string) => `Importance ${percent}`,
    aliases: 'Also called',
    claims: 'What is known',
    claimsNone: 'Nothing has been gathered here yet.',
    kinds: {
      fact: 'Facts',
      decision: 'Decisions',
      open_question: 'Open questions',
      preference: 'Preferences',
      highlight: 'Highlights',
    },
    evidence: (n: string) => `Source ${n}`,
    relatedTopics: 'Related topics',
    relatedEntities: 'Related people & things',
    timeline: 'Messages by month',
    timelineItem: (month: string, n: string) => `${month}: ${n}`,
    types: {
      person: 'Person',
      organisation: 'Organisation',
      place: 'Place',
      product: 'Product',
      tool: 'Tool',
      project: 'Project',
      work: 'Work',
      event: 'Event',
      unknown: 'Thing',
    },
  },

  identity: {
    title: 'You',
    did: 'Your public name (DID)',
    accountId: 'Account id, for whoever runs this server',
    since: 'Here since',
    session: 'This session ends',
    signOut: 'Sign out',
    signingOut: 'Signing out…',
    signedOutHere:
      'Signed out in this browser only: the server cannot be reached, and the session is still open there. Sign out again when it is back.',
    space: 'Your space',
    size: 'Size',
    sizeOf: (used: string, quota: string) => `${used} of ${quota}`,
    encryption: 'Encryption',
    server: 'This server',
    version: 'Version',
    walls: 'Your engine runs',
    modes: { dedicated: 'in a process of its own', pooled: 'in a shared process' },
    jails: {
      bubblewrap: 'jailed by the kernel',
      landlock: 'jailed by the kernel (Landlock)',
      'node-permission': 'limited by Node permissions, which is not isolation',
      none: 'without a jail',
    },
    keyNote:
      'The key of this browser lives in it alone. Signing out leaves it here; to delete it, sign out and choose Forget.',
  },
} as const;

/** The shape of every language: the texts are free, what is told to them and their places are not. */
type Spoken<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Said
    ? (...given: Given) => Spoken<Said>
    : { readonly [Key in keyof T]: Spoken<T[Key]> };

export type Strings = Spoken<typeof english>;

export const strings: Strings = translate(english);
