/** What happened to an account, in words. Pure. */
import type { AccountEvent, AccountEventName } from '@vivim/contract/account';

export const eventText = {
  'account.registered': 'the account was made',
  'account.locked': 'the account was locked',
  'account.unlocked': 'the account was unlocked with the recovery key',
  'account.deletion_asked': 'erasing the account was asked for',
  'account.deletion_cancelled': 'the account is kept after all',
  'account.erased': 'the account was erased',
  'account.exported': 'everything in it was exported',
  'space.sealed': 'the space was sealed: the server keeps no key to it',
  'space.unsealed': 'the seal was taken off the space',
  'space.unlocked': 'the sealed space was unlocked',
  'space.locked': 'the sealed space was locked',
  'session.opened': 'a session was opened',
  'session.ended': 'a session was ended',
  'session.all_ended': 'many sessions were ended at once',
  'session.refresh_reused': 'a refresh token was used twice: somebody else had it, and its session was ended',
  'token.created': 'a token was made',
  'token.leaked': 'a token stood in an address and was ended',
  'device.requested': 'a device asked to be let in',
  'device.approved': 'a device was let in',
  'device.refused': 'a device was kept out',
  'device.revoked': 'a device was shut out',
  'device.renamed': 'a device was renamed',
  'key.added': 'keys were added',
  'key.revoked': 'keys were revoked',
  'key.nullified': 'entries of the key log were undone',
  'key.document_changed': 'the document of your did:web names other keys than before',
  'passkey.added': 'a passkey was added',
  'passkey.copied': 'a passkey was used by what may be a copy of it',
  'recovery.set': 'the recovery key or the guardians were changed',
  'recovery.announced': 'another recovery key, or none, was announced: after three days it can take the place of yours',
  'recovery.asked': 'somebody asked to get back in with a new key',
  'recovery.vouched': 'a guardian vouched for a new key',
  'recovery.vetoed': 'a recovery was stopped',
  'recovery.completed': 'a new key got in by a recovery',
  'app.connected': 'an application was let in',
  'admin.locked': 'the operator locked the account',
  'admin.unlocked': 'the operator unlocked the account',
  'admin.sessions_ended': 'the operator ended every session',
  'admin.evicted': 'the operator stopped the engine',
  'admin.migrated': 'the operator had the space brought to the version of the server',
  'admin.quota_set': 'the operator set how large the space may grow',
  'admin.backed_up': 'the operator made a backup',
  'admin.restored': 'the operator put the space back to a backup',
  'admin.erased': 'the operator erased the account',
  'operator.added': 'the host lets the account look at the server as its operator',
  'operator.removed': 'the host no longer lets the account look at the server as its operator',
  'operator.looked': 'the account looked at the server as its operator',
  'audit.verified': 'the operator had the books checked',
  'kek.rotation_begun': 'the operator began to change the key-encryption key',
  'kek.rotated': 'the operator changed the key-encryption key',
  'kek.verified': 'the operator had the keys of spaces tried',
  'migration.run': 'the operator had all spaces brought to the version of the server',
  'migration.resumed': 'the operator had that go on',
} as const satisfies Record<AccountEventName, string>;

/** Of each kind of event that can mean somebody is at work who should not be; the rest is for the log alone. */
const telling: ReadonlySet<AccountEventName> = new Set([
  'account.locked',
  'account.unlocked',
  'account.deletion_asked',
  'account.exported',
  'space.sealed',
  'space.unsealed',
  'session.refresh_reused',
  'token.created',
  'token.leaked',
  'device.requested',
  'device.approved',
  'device.revoked',
  'key.added',
  'key.revoked',
  'key.nullified',
  'key.document_changed',
  'passkey.added',
  'passkey.copied',
  'recovery.set',
  'recovery.announced',
  'recovery.asked',
  'recovery.vouched',
  'recovery.completed',
  'app.connected',
  'admin.locked',
  'admin.unlocked',
  'admin.sessions_ended',
]);

export const isTelling = ({ event }: AccountEvent): boolean => telling.has(event);

/** Where to look, and what to do about it at once. */
const next: Partial<Record<AccountEventName, string>> = {
  'device.requested': 'vivim devices requests',
  'recovery.asked': 'vivim recovery status',
  'recovery.announced': 'vivim keys log',
};

const shownAtMost = 3;

/** One line for all that happened since somebody last looked; null where nothing did. @param events the newest first */
export function newsText(events: readonly AccountEvent[]): string | null {
  const names = [...new Set(events.map(({ event }) => event))];
  if (names.length === 0) return null;
  const told = names
    .slice(0, shownAtMost)
    .map((name) => (next[name] === undefined ? eventText[name] : `${eventText[name]} (${next[name]})`));
  const more = names.length > shownAtMost ? ', and more' : '';
  return `Not by this device, since you last looked: ${told.join('; ')}${more}. See: vivim account log`;
}
