/**
 * Every word a person reads in the web application, in one place, in English; another language is one more file of this
 * shape (language.ts). Holds text alone: no markup, no dates (see format.ts). Most words stand in strings/, by noun.
 */

import { errorTitles } from '@vivim/contract/errors';
import { importSourceNames } from '@vivim/contract/imports';
import { form, number } from './count.ts';
import { translate } from './language.ts';
import { access } from './strings/access.ts';
import { account } from './strings/account.ts';
import { comingIn } from './strings/coming-in.ts';
import { connections } from './strings/connections.ts';
import { corrections } from './strings/corrections.ts';
import { entries } from './strings/entries.ts';
import { erase } from './strings/erase.ts';
import { exclusions } from './strings/exclusions.ts';
import { folders } from './strings/folders.ts';
import { following } from './strings/following.ts';
import { frame } from './strings/frame.ts';
import { home } from './strings/home.ts';
import { importing } from './strings/importing.ts';
import { kit } from './strings/kit.ts';
import { mcpClientWords } from './strings/mcp-clients.ts';
import { memories } from './strings/memories.ts';
import { models } from './strings/models.ts';
import { operator } from './strings/operator.ts';
import { reference } from './strings/reference.ts';
import { sealed } from './strings/sealed.ts';
import { search } from './strings/search.ts';
import { secrets } from './strings/secrets.ts';
import { space } from './strings/space.ts';
import { uploading } from './strings/uploading.ts';
import { watching } from './strings/watching.ts';

const messages = (n: number): string => `${number(n)} ${form(n, 'message', 'messages')}`;
const conversations = (n: number): string => `${number(n)} ${form(n, 'conversation', 'conversations')}`;
const units = (n: number): string => `${number(n)} ${form(n, 'unit', 'units')}`;

const english = {
  brand: 'VIVIM',
  skip: 'Skip to content',
  loading: 'Loading…',
  retry: 'Try again',
  cancel: 'Cancel',
  more: 'Load more',
  untitled: 'Untitled conversation',
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
  ...erase,
  ...secrets,

  kit,
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
    heading: 'Something is in the way',
    notFound: 'Not found',
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

  import: importing,

  sources: importSourceNames,
  roles: { user: 'You', assistant: 'Assistant', system: 'System', tool: 'Tool' },

  search,

  conversations: {
    title: 'Conversations',
    filter: 'Source',
    count: messages,
    gone: 'no longer in the source',
    emptyTitle: 'No conversations yet',
    emptyText: 'Everything you import can be read here, with all its branches.',
  },

  lineage: {
    up: { replay: 'Repeats', resume: 'Continues', fork: 'Continues' },
    down: { replay: 'Repeated by', resume: 'Continued by', fork: 'Continued by' },
    shared: (n: number) => `(${n} ${n === 1 ? 'message' : 'messages'} shared)`,
  },
  reader: {
    messages,
    context: 'Use in a context',
    variants: 'Versions of this message',
    variant: (i: string, n: string) => `Version ${i} of ${n}`,
    previous: 'Previous version',
    next: 'Next version',
    branchLoading: 'Loading the other branches…',
    hidden: 'Hidden message',
    hiddenBecause: (reason: string) => `Hidden message (${reason})`,
    link: 'Link to this message',
    sources: 'Sources',
    image: 'Image',
    imageElsewhere: (what: string) => `Image, not loaded: ${what}`,
    parts: {
      reasoning: 'Reasoning',
      tool_call: 'Tool call',
      tool_result: 'Tool result',
      code: 'Code',
      image: 'Image',
      audio: 'Audio',
      file: 'File',
      artifact: 'Artifact',
      source: 'Source',
      context: 'Context',
      error: 'Error',
      raw: 'Kept as it came',
      text: 'Text',
    },
    attachment: {
      present: 'its words are here',
      missing: 'the export does not hold this file',
      skipped: 'left out when it was imported',
      save: (name: string) => `Save ${name}`,
      unnamed: 'File without a name',
    },
    documents: {
      title: 'Documents',
      version: 'Version',
      versionOf: (n: number, op: 'create' | 'update' | 'rewrite') =>
        `${n}, ${{ create: 'written', update: 'changed', rewrite: 'written anew' }[op]}`,
      latest: 'as it stands now',
      incomplete: (why: string) => `This is not what was seen. ${why}`,
      message: 'The message that made it',
    },
    noText: 'This message holds no text.',
    partial: 'broken off',
    notFoundHere: 'The message you followed is not in this conversation any more.',
    finding: 'Looking for the message…',
  },

  context: {
    title: 'Context',
    lead: 'Ask as you would ask an AI. VIVIM compiles what it should know, within a budget of tokens, each line with its source.',
    query: 'The message the context is for',
    placeholder: 'e.g. What did we decide about the database, and why?',
    budget: 'Budget in tokens',
    budgetHelp: (min: string, max: string) => `${min} to ${max}`,
    format: 'Format',
    formats: { markdown: 'Markdown', xml: 'XML', json: 'JSON', messages: 'Chat messages' },
    depth: 'Depth',
    depths: { minimal: 'Minimal', standard: 'Standard', deep: 'Deep' },
    continues: 'Continues a conversation',
    stopContinuing: 'Do not',
    compile: 'Compile',
    compiling: 'Compiling…',
    resultTitle: 'Bundle',
    used: (tokens: string, budget: string) => `${tokens} of ${budget} tokens`,
    tokenizer: (name: string) => `counted by ${name}`,
    took: (ms: string) => `in ${ms} ms`,
    tokenBar: 'Tokens by layer',
    forming: 'The bundle as it forms',
    layerTokens: (tokens: string) => `${tokens} tokens`,
    foreseen: (hits: number, questions: number, unpredicted: number) =>
      `${number(hits)} of ${number(questions)} ${form(questions, 'question', 'questions')} asked so far ${form(hits, 'was', 'were')} expected and made ready; nothing was expected for ${number(unpredicted)}.`,
    layer: 'Layer',
    layerUsed: 'Used',
    layerAllotted: 'Given',
    layerWhy: 'Why',
    text: 'Text',
    copyBundle: 'Copy the bundle',
    citations: 'Sources',
    citationsNone: 'No line of this bundle comes from your history.',
    omitted: 'Left out',
    omittedNone: 'Nothing was left out.',
    reasons: {
      budget: 'no room',
      duplicate: 'said already',
      excluded: 'you excluded it',
      low_score: 'not close enough',
      empty: 'nothing there',
    },
    startTitle: 'Give any AI your memory',
    startText:
      'Write what you are about to ask. You get a text to paste before your question, and you see where every line of it comes from.',
    hash: 'Fingerprint',
  },

  profiles: {
    topics: 'Topics',
    topicsLead: 'What you keep coming back to, found in your own words.',
    entities: 'People & things',
    entitiesLead: 'Who and what your conversations are about.',
    emptyTopics: 'No topics yet',
    emptyEntities: 'Nobody and nothing yet',
    emptyText: 'These pages write themselves a moment after an import, each statement with its sources.',
    reading: (n: number) => `Still reading: ${units(n)} to go.`,
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
    since: 'Here since',
    session: 'This session ends',
    signOut: 'Sign out',
    signingOut: 'Signing out…',
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
