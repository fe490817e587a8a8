/** Words of the pages about one's space: how large it is, who holds its key, taking it along, erasing parts of it. Text alone, as in strings.ts. */
import type { Removed } from '@vivim/contract/erasure';
import { form, number } from '../count.ts';

const conversations = (n: number): string => `${number(n)} ${form(n, 'conversation', 'conversations')}`;
const messages = (n: number): string => `${number(n)} ${form(n, 'message', 'messages')}`;

export const space = {
  space: {
    title: 'Space',
    lead: 'One encrypted file that holds all that is yours here. How large it is, who can open it, what stands around it, and what it is working on.',
    size: 'How much room it takes',
    used: (used: string, quota: string) => `${used} of ${quota}`,
    barLabel: 'Room taken',
    full: 'Almost full: imports stop when it is. The operator of the server can give you more.',
    parts: {
      database: 'Conversations, and what was made of them',
      files: 'Files that came along',
      rest: 'Log, uploads on their way in, copies',
    },
    free: 'Free',
    holds: 'What is in it',
    counts: {
      conversations: 'Conversations',
      messages: 'Messages',
      acus: 'Units',
      topics: 'Topics',
      entities: 'People and things',
      imports: 'Imports',
      bundles: 'Contexts kept ready',
      files: 'Files',
    },
    work: 'Background work',
    idle: 'Nothing to do. Everything that came in has been read.',
    pending: {
      imports: (n: number) => `${number(n)} ${form(n, 'import', 'imports')} under way`,
      rollup: (n: number) => `${conversations(n)} to be read for topics and people`,
      embedding: (n: number) => `${number(n)} ${form(n, 'text', 'texts')} to be learned by meaning`,
      reembedding: (n: number) => `${number(n)} ${form(n, 'text', 'texts')} to be learned anew by another model`,
      reparse: (n: number) => `${number(n)} ${form(n, 'record', 'records')} to be read again by newer rules`,
      memories: (n: number) => `${conversations(n)} to be read for memories`,
    },
    around: 'What stands around it',
    key: 'Key',
    keys: {
      open: 'Held by the server: it opens your space for you whenever you are signed in, and so can whoever has both the server and its keys.',
      unlocked: 'Sealed, and handed in now: the server has it in memory until it is locked, and keeps none of its own.',
      locked: 'Sealed, and with you alone: the server cannot open your space.',
    },
    wall: 'Wall',
    walls: {
      bubblewrap:
        'The kernel holds the process that opens your space in a room of its own: no network, no other directory, no other process.',
      landlock:
        'The kernel lets the process that opens your space reach its own directory and nothing else (Landlock), and no network.',
      'node-permission':
        'Only Node’s own permissions limit the process that opens your space. That is a fence, not a wall: the operator should run this server on Linux.',
      none: 'Nothing limits the process that opens your space. The operator should run this server on Linux.',
    },
    process: 'Process',
    processes: {
      dedicated: 'One of its own: it opens your space and no other.',
      pooled: 'One that is shared with other spaces of this server, each under its own key.',
    },
    encryption: 'Encryption',
    schema: 'Schema',
    schemaOf: (n: number, version: string) => `${number(n)}, read by VIVIM ${version}`,
    embedder: 'Meaning',
    noEmbedder: 'No model makes vectors: search goes by words.',
    signature: 'Signs archives as',
    locked: 'Your space is locked. Its size and its work show when it is unlocked.',
  },

  taking: {
    title: 'Take along',
    lead: 'All of it leaves whenever you like, comes back, and goes to another server. What is yours is not held here.',
    saving: (done: string) => `${done} saved so far…`,
    preparing: 'Making the copy…',
    cancel: 'Stop',
    saved: (name: string, size: string) => `Saved ${name}, ${size}.`,
    progress: 'Export under way',
    byBrowser: 'Your space is large: the browser saves it by itself and shows how far it is.',
    back: 'Bring it back in',
    backText:
      'Give the archive to Import like any other file: here, or to any account on any server. It is checked against its own signature first. What is here already is not doubled; what you erased stays erased.',
    backAction: 'To Import',
    backDatabase: 'A database (SQLite) comes back only to the account it was made from, up to 128 MB.',
    move: 'Move to another server',
    steps: [
      'Export the archive here. It says by which key it is signed.',
      'On the other server, make an identity of your own, and a recovery key for it.',
      'Give the archive to Import there. The report names the same signature; if it does not, it is not your archive.',
      'Look around: conversations, citations, topics and contexts are those you had. Meaning is learned anew in the background.',
      'Then erase the account here, or keep both.',
    ],
    signedBy: 'Archives of this space are signed by',
    backups: 'Backups the server keeps',
    backupsText:
      'Copies the operator’s server makes by itself, under your key: without it they are noise. The operator can put your space back to one of them; ask them.',
    every: (span: string) => `It makes one every ${span}.`,
    never: 'It makes them only when the operator asks for one.',
    next: (time: string) => `The next is due ${time}.`,
    keeps: (last: number, weekly: number) =>
      `It keeps the last ${number(last)}, and beyond them one a week for ${number(weekly)} ${form(weekly, 'week', 'weeks')}.`,
    noBackups: 'There is none of your space yet.',
    placeAway: 'The place they lie in does not answer right now.',
    when: 'Made',
    size: 'Size',
  },

  erasing: {
    title: 'Erase',
    lead: 'Taking something out for good: its words, everything made from it, and every way to find it. There is no undo, so you see first what would go.',
    range: 'Everything of a source, or of a time',
    rangeText: 'One conversation, message, topic, person or import is erased where it is shown.',
    source: 'Source',
    anySource: 'Any source',
    from: 'From',
    until: 'Until',
    timeHelp: 'Conversations are chosen by when something was last said in them. Those without a date are left out.',
    look: 'Show what would go',
    nothing: 'Nothing fits: no conversation of that source was last spoken in within that time.',
    would: 'This would go',
    goes: (gone: Removed) =>
      (
        [
          [gone.conversations, conversations(gone.conversations), 'with every branch'],
          [gone.messages, messages(gone.messages), 'with words, tools and files shown in them'],
          [gone.acus, `${number(gone.acus)} ${form(gone.acus, 'unit', 'units')}`, 'and their vectors'],
          [
            gone.topics + gone.entities,
            number(gone.topics + gone.entities),
            'topics, people and things only they spoke of',
          ],
          [
            gone.memories,
            `${number(gone.memories)} ${form(gone.memories, 'memory', 'memories')}`,
            'that stood on them alone',
          ],
          [
            gone.attachments,
            `${number(gone.attachments)} ${form(gone.attachments, 'file', 'files')}`,
            'that nothing else shows',
          ],
          [
            gone.records,
            `${number(gone.records)} ${form(gone.records, 'record', 'records')}`,
            'of the exports they came in',
          ],
        ] as const
      ).filter(([n]) => n > 0),
    after:
      'It is out of every list, search and context at once; what is much is wiped in the background. Importing the same export does not bring it back. Backups made before hold it, under your key, until they are removed.',
    erase: (n: number) => `Erase ${conversations(n)}`,
    sure: 'Erase for good',
    warning: (n: number) => `${conversations(n)} and everything made from them go for good. There is no way back.`,
    done: (n: number) => `Erased ${conversations(n)}. The receipt is below.`,
    wrongOrder: 'The first day must be before the last.',
    receipts: 'Receipts',
    receiptsText: 'What you erased, without a word of what it was.',
    noReceipts: 'You have not erased anything yet.',
    kinds: {
      conversation: (n: number) => conversations(n),
      message: (n: number) => messages(n),
      acu: (n: number) => `${number(n)} ${form(n, 'unit', 'units')}`,
      entity: (n: number) => `${number(n)} ${form(n, 'person or thing', 'people or things')}`,
      topic: (n: number) => `${number(n)} ${form(n, 'topic', 'topics')}`,
      import: (n: number) => `${number(n)} ${form(n, 'import', 'imports')}`,
      memory: (n: number) => `${number(n)} ${form(n, 'memory', 'memories')}`,
      secret: (n: number) => `${number(n)} ${form(n, 'secret', 'secrets')}`,
    },
    backupsUntil: (time: string) => `backups hold it until ${time}`,
    allow: 'Let it in again',
    allowLabel: (what: string, time: string) => `Let ${what} erased on ${time} in again`,
    allowed: (time: string) => `may come in again since ${time}`,
    account: 'Everything',
    accountText: 'Erasing the account itself, with its keys and its history, is on the page Account.',
  },
} as const;
