/** Words of an account's life: sessions, tokens, what happened, and its end. Text alone, as in strings.ts. */
import type { AccountEventName } from '@vivim/contract/account';
import { form, list, number } from '../count.ts';

type Meta = Readonly<Record<string, string | number | boolean>>;

const platform = ({ platform: name }: Meta): string =>
  ({ web: 'a browser', cli: 'the command line', mcp: 'an AI tool', rest: 'a program' })[String(name)] ?? 'a device';
const session = ({ kind }: Meta): string =>
  ({ cookie: 'from a browser', dpop: 'from a program', oauth: 'through an application', pat: 'with a token' })[
    String(kind)
  ] ?? '';

/** One sentence for each thing that happens to an account. */
const events = {
  'account.registered': (meta) => `The account was made, in ${platform(meta)}.`,
  'account.locked': () => 'The account was locked.',
  'account.unlocked': () => 'The account was unlocked with the recovery key.',
  'account.deletion_asked': () => 'Erasing the account was asked for.',
  'account.deletion_cancelled': () => 'The account is kept after all.',
  'account.erased': () => 'The account was erased.',
  'account.exported': () => 'Everything was exported.',
  'space.sealed': () => 'The space was sealed: the server keeps no key to it.',
  'space.unsealed': () => 'The seal was taken off the space.',
  'space.unlocked': () => 'The sealed space was unlocked.',
  'space.locked': ({ reason }) =>
    ({
      idle: 'The sealed space was locked: nobody had used it for a while.',
      'signed-out': 'The sealed space was locked: nobody was signed in any more.',
    })[String(reason)] ?? 'The sealed space was locked.',
  'session.opened': (meta) => `Signed in ${session(meta)}.`,
  'session.ended': () => 'A session was ended.',
  'session.all_ended': () => 'All sessions were ended.',
  'session.refresh_reused': () => 'A stolen token was tried; its session was ended.',
  'token.created': ({ scopes }) => `A token was made (${String(scopes ?? '')}).`,
  'token.leaked': () => 'A token stood in an address, where others could see it; it was ended.',
  'device.requested': (meta) => `A device asked to be let in: ${platform(meta)}.`,
  'device.approved': () => 'A device was let in.',
  'device.refused': () => 'A device was refused.',
  'device.revoked': () => 'A device was shut out.',
  'device.renamed': () => 'A device was renamed.',
  'key.added': () => 'A key was added.',
  'key.revoked': () => 'Keys were revoked.',
  'key.nullified': () => 'A change of keys was undone.',
  'key.document_changed': () => 'The document of your did:web names other keys than before.',
  'passkey.added': () => 'A passkey was added.',
  'passkey.copied': () => 'A passkey was used that looks like a copy: its counter went back.',
  'recovery.set': () => 'The ways back in were changed.',
  'recovery.announced': () =>
    'Another recovery key, or none, was announced: after three days it can take the place of yours.',
  'recovery.asked': ({ method }) =>
    method === 'guardians'
      ? 'A recovery was asked for, by guardians.'
      : 'A recovery was asked for, with the recovery key.',
  'recovery.vouched': () => 'A guardian vouched for a recovery.',
  'recovery.vetoed': () => 'A recovery was stopped.',
  'recovery.completed': () => 'The account was recovered with a new key.',
  'app.connected': ({ client }) => `An application was let in${client === undefined ? '' : `: ${String(client)}`}.`,
  'admin.locked': () => 'The operator locked the account.',
  'admin.unlocked': () => 'The operator unlocked the account.',
  'admin.sessions_ended': () => 'The operator ended every session.',
  'admin.evicted': () => 'The operator stopped your engine.',
  'admin.migrated': () => 'The operator had your database brought to the version of the server.',
  'admin.quota_set': () => 'The operator set how large your space may grow.',
  'admin.backed_up': () => 'The operator made a backup.',
  'admin.restored': () => 'The operator put your space back to a backup.',
  'admin.erased': () => 'The operator erased the account.',
  'operator.added': () => 'You may look at this server as its operator now.',
  'operator.removed': () => 'You may no longer look at this server as its operator.',
  'operator.looked': () => 'You looked at the server as its operator.',
  'audit.verified': () => 'The operator checked the log.',
  'kek.rotation_begun': () => 'The operator began to change the key-encryption key.',
  'kek.rotated': () => 'The operator changed the key-encryption key.',
  'kek.verified': () => 'The operator tried the keys of spaces.',
  'migration.run': () => 'The operator had all databases brought to the version of the server.',
  'migration.resumed': () => 'The operator had that go on.',
} as const satisfies Record<AccountEventName, (meta: Meta) => string>;

export const account = {
  sessions: {
    title: 'Sessions',
    lead: 'Everything that is signed in as you right now. Ending one takes effect at once.',
    kinds: { cookie: 'Browsers', dpop: 'Programs', oauth: 'Applications', pat: 'Tokens' },
    unnamed: {
      cookie: 'A browser',
      dpop: 'A program',
      oauth: 'An application',
      pat: 'Unnamed token',
    },
    byPasskey: 'A browser, by passkey',
    current: 'this session',
    since: (time: string) => `since ${time}`,
    lastSeen: (time: string) => `last used ${time}`,
    expires: (time: string) => `ends ${time}`,
    end: 'End',
    endLabel: (name: string) => `End ${name}`,
    endOthers: 'End all others',
    endOthersWarning: (n: number) =>
      `This signs you out of ${number(n)} other ${form(n, 'place', 'places')}, applications and tokens included. Devices stay yours and can sign in again.`,
    endOthersConfirm: 'End them all',
    ended: 'Ended.',
    alone: 'Nothing else is signed in.',
  },

  tokens: {
    title: 'Tokens',
    lead: 'For scripts that cannot hold a key. A token is narrow, ends by itself, and is shown once.',
    make: 'Make a token',
    making: 'Making it…',
    name: 'What it is for',
    namePlaceholder: 'e.g. Nightly import',
    nameDefault: 'Token',
    scopes: 'What it may do',
    days: 'Days until it ends',
    daysHelp: (max: string) => `1 to ${max}`,
    network: 'Only from this network (optional)',
    networkHelp: 'An address prefix such as 192.0.2.0/24. Anywhere else the token opens nothing.',
    networkWrong: 'Write an address prefix such as 192.0.2.0/24 or 2001:db8::/48.',
    scopesNone: 'Choose at least one.',
    shownOnce: 'Copy it now. It is shown this once and is kept nowhere.',
    newToken: 'Your new token',
    copy: 'Copy the token',
    done: 'I have it',
    use: 'Send it as',
    list: 'Tokens you have',
    none: 'No tokens.',
  },

  history: {
    title: 'History',
    lead: 'What happened to your account, the newest first. Each line is chained to the one before, so none can be taken out unseen.',
    events,
    by: (who: string) => `by ${who}`,
    thisSession: 'this session',
    operator: 'the operator',
    guest: 'somebody not signed in',
    none: 'Nothing yet.',
    log: 'Changes of keys',
    logLead: 'The signed chain behind your keys. What a weaker key did, a stronger one can undo for three days.',
    entries: {
      add: (n: number) => `${number(n)} ${form(n, 'key', 'keys')} added`,
      revoke: (n: number) => `${number(n)} ${form(n, 'key', 'keys')} revoked`,
      setRecovery: 'ways back in set',
      recover: 'account recovered',
      nullify: (seq: string) => `undone from number ${seq} on`,
    },
    undone: 'undone',
    undo: 'Undo',
    undoLabel: (seq: string) => `Undo number ${seq}`,
    undoWarning: 'This undoes the change and every later one.',
    undoConfirm: 'Undo it',
    undoWords: 'The 24 words of your recovery key, which is stronger than the key that signed this',
    signedBy: (who: string) => `signed by ${who}`,
    keyOf: {
      rotation: 'your first key',
      'device-auth': 'a device',
      passkey: 'a passkey',
      recovery: 'the recovery key',
      unknown: 'a key that is gone',
    },
  },

  account: {
    title: 'Account',
    lead: 'Lock your account, or erase it.',
    exportFirst: 'Take along first what you want to keep.',
    export: 'Export',
    exportText:
      'Your whole space as it is at this moment: every conversation and all that was made of it, in plain. Whoever has the file can read it.',
    exportFormat: 'As what?',
    exportFormats: {
      json: { name: 'Archive', text: 'For another VIVIM server, with every id and citation; JSON in a zip.' },
      sqlite: { name: 'Database', text: 'One SQLite file, for any program.' },
      markdown: { name: 'Markdown', text: 'To read: one file for each conversation.' },
    },
    exportAction: 'Export everything',
    lock: 'Lock',
    lockText:
      'Ends every session, also this one, and lets nobody in. Do it when a device was stolen and you cannot tell which. Your recovery key unlocks it.',
    lockNeedsPaper: 'You need a recovery key first: it is what unlocks the account.',
    lockAction: 'Lock the account',
    lockWarning: 'You are signed out everywhere at once. Have your 24 words at hand.',
    lockConfirm: 'Lock it now',
    delete: 'Erase',
    deleteText:
      'Ends every other session and closes your conversations. After some days, which the server’s operator sets, everything is erased and no backup of this server opens it. Until then you can change your mind.',
    deleteAction: 'Erase the account',
    deleteWarning: 'Export first what you want to keep.',
    deleteConfirm: 'Erase my account',
    receiptText:
      'Keep this address. When the account is gone it says that it was erased, and when; it tells nobody whose it was.',
    copyReceipt: 'Copy the receipt',
    showReceipt: 'Show the receipt',
    parts: {
      account: 'the account',
      keys: 'its keys',
      devices: 'its devices',
      sessions: 'its sessions',
      log: 'its history',
      'space-key': 'the key of your space',
      space: 'your space',
      backups: 'the copies this server keeps',
      'erasure-ledger': 'a line that something was erased, without a name',
      'operator-log': 'what the operator did, without content',
    },
    goes: (parts: readonly string[]) => `Erased: ${list(parts)}.`,
    stays: (parts: readonly string[]) => `Stays: ${parts.join('; ')}.`,
    deleting: (date: string) => `It will be erased on ${date}.`,
    frozen: (time: string) => `Not before ${time}: the account was recovered a short while ago.`,
  },

  erased: {
    title: 'Was it erased?',
    lead: 'A receipt names an erasure and nobody’s account.',
    notYet: 'Nothing under this receipt has been erased on this server, or not yet.',
    done: (time: string) => `Erased on ${time}.`,
    place: 'Its number in the server’s ledger',
    hash: 'The hash that joins it to the line before',
  },

  elsewhere: (what: string) => `On another device: ${what}`,
} as const;
