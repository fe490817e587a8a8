/** Words of the sealed space. Text alone, as in strings.ts. */
import type { SpaceOpener } from '@vivim/contract/sealed-space';
import { form, number } from '../count.ts';

const opener = {
  device: (n: number) => `${number(n)} ${form(n, 'device', 'devices')}`,
  passkey: (n: number) => `${number(n)} ${form(n, 'passkey', 'passkeys')}`,
  'recovery-key': () => 'the recovery key on paper',
} as const satisfies Record<SpaceOpener, (n: number) => string>;

const listed = (by: readonly SpaceOpener[]): string =>
  (Object.keys(opener) as SpaceOpener[])
    .map((kind) => [kind, by.filter((one) => one === kind).length] as const)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => opener[kind](n))
    .join(' and ');

export const sealed = {
  sealed: {
    title: 'Sealed space',
    opener,
    openersLabel: 'What opens your space:',
    text: 'Today the server keeps a key of its own to your space. Seal it, and the server destroys that key: only what is named above opens the space then.',
    means: [
      'Your devices hand the key in by themselves when you use them. You will notice nothing.',
      'The server has the key in memory while the space is unlocked, and forgets it when you lock it, sign out everywhere, or leave it unused.',
      'While it is locked nobody reads it: not the operator, not whoever takes the disk. Applications and tokens wait, and so do imports.',
      'Copies of the server’s keys that were made before still open what was there then.',
    ],
    lost: 'If you lose everything that opens it, all that is in your space is lost for good, backups included. Guardians can bring your account back; they cannot open a sealed space.',
    seal: 'Seal my space',
    sealWarning: (by: readonly SpaceOpener[]) =>
      `From now on only ${listed(by)} will open your space. Lose all of them, and everything in it is gone; nobody can bring it back.`,
    sealConfirm: 'I understand: seal it',
    needsTwo:
      'Fewer than two keys of yours open the space. Make a recovery key, or add a second device or a passkey first.',
    toAccess: 'To Access',
    unlocked: (minutes: string) =>
      `Sealed, and unlocked now: the server has the key in memory until ${minutes} minutes pass without use.`,
    locked: 'Sealed, and locked: the server cannot open your space.',
    since: (date: string) => `Sealed since ${date}.`,
    lock: 'Lock it now',
    unlock: 'Unlock with this browser',
    byPasskey: 'With a passkey',
    byWords: 'With the 24 words',
    wordsLabel: 'The 24 words of your recovery key',
    wordsHelp: 'They open the key here, in this page, and are sent nowhere.',
    openWithWords: 'Open with these words',
    unsealTitle: 'Take the seal off',
    unsealText:
      'The server then keeps a key of its own again and opens your space without you, which also whoever has the server and its keys can do.',
    unseal: 'Unseal with this browser',
    frozen: 'Your account was recovered a short while ago; until the wait is over the seal stays as it is.',
    lockedTitle: 'Your space is locked',
    lockedLead: 'It is sealed: the server has no key to it.',
    lockedText:
      'Hand the key in to go on. Where this browser has none, use a passkey, the 24 words of your recovery key, or a device that opens it: open VIVIM there, and come back.',
    guardians:
      'They bring your account back, and cannot open a sealed space: for that keep a second device, a passkey or a recovery key.',
  },
} as const;
