/**
 * Passkeys of a person: making one, and listing them. A passkey is a key of the log like any other; its credential is written
 * in the statement that lets the key in, so that there is never one without the other.
 */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { UserId } from '@vivim/contract/ids';
import type { SignedEntry } from '@vivim/contract/key-log';
import type { Passkey, PasskeyOptions, PasskeyRegistration } from '@vivim/contract/passkeys';
import { appendAudit } from '../../master/audit.ts';
import { findPerson } from '../../master/identities.ts';
import { type ListedPasskey, listCredentials } from '../../master/passkeys.ts';
import { ownerOf } from '../account/devices.ts';
import { encodeBase64url } from '../base64url.ts';
import type { AuthDeps } from '../deps.ts';
import type { Principal } from '../gateway.ts';
import { thumbprintOf } from '../keys/key-entries.ts';
import { appendToKeyLog } from '../keys/keyring.ts';
import { assertSealableTo } from '../keys/sealed-log.ts';
import { beginCeremony, ceremonyMs, spendCeremony } from './ceremonies.ts';
import { passkeyAlgorithms } from './passkey-key.ts';
import { type NewPasskey, type RegistrationRefusal, readRegistration } from './passkey-registration.ts';
import { webauthnLibrary } from './webauthn-library.ts';

/** What an authenticator knows a person by: the 16 bytes of their id. */
export const userHandle = (userId: UserId): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex'));

/** As the allow-list of a ceremony wants it; transports the browser does not know are passed over by it. */
export const descriptorOf = ({ credentialId, transports }: ListedPasskey) => ({
  id: encodeBase64url(credentialId),
  transports: [...transports],
});

/** Those made under the name the server has now. */
export async function usablePasskeys({ master, origins }: AuthDeps, userId: UserId): Promise<ListedPasskey[]> {
  return (await listCredentials(master, userId)).filter(({ rpId }) => rpId === origins.rpId);
}

/**
 * Named after the person's DID, the one name the server knows; a client may put in what they call themselves.
 *
 * @throws AppError `rate_limited`
 */
export async function passkeyRegistrationOptions(
  deps: AuthDeps,
  { userId, jkt }: Principal,
  address: string,
): Promise<PasskeyOptions> {
  const { challengeId, challenge } = await beginCeremony(deps, 'webauthn-register', { userId, jkt }, address);
  const person = await findPerson(deps.master, userId);
  const { generateRegistrationOptions } = await webauthnLibrary();
  const options = await generateRegistrationOptions({
    rpName: 'VIVIM',
    rpID: deps.origins.rpId,
    userID: userHandle(userId),
    userName: person?.dids[0] ?? '',
    challenge,
    timeout: ceremonyMs,
    attestationType: 'none',
    excludeCredentials: (await usablePasskeys(deps, userId)).map(descriptorOf),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: passkeyAlgorithms,
  });
  return { challengeId, options: { ...options } };
}

const refusals: Readonly<Partial<Record<RegistrationRefusal, string>>> = {
  algorithm: 'Passkeys sign with ES256 or Ed25519 here.',
  attestation: 'The authenticator vouches for itself by a certificate, which was not asked for.',
  frame: 'A passkey is not made inside a page of somebody else’s.',
  origin: 'A passkey is made on a page of this server, under its own name.',
  user: 'The passkey must ask for a fingerprint, a face or a PIN.',
};

/**
 * The entry adds the credential's own key, and beside it at most one that opens the space.
 *
 * @throws AppError `key_log_invalid`
 */
function keysOf(
  { key }: NewPasskey,
  { payload }: SignedEntry,
): { readonly kid: string; readonly encKid: string | null } {
  const kid = thumbprintOf(key.alg, key.publicKey);
  const added = payload.op === 'add' ? payload.keys : [];
  const own = added.find(({ purpose }) => purpose === 'passkey');
  const enc = added.find(({ purpose }) => purpose === 'passkey-enc');
  const same = own?.kid === kid && own.alg === key.alg && own.publicKey === encodeBase64url(key.publicKey);
  if (!same || added.length !== (enc === undefined ? 1 : 2))
    throw new AppError('key_log_invalid', 'The entry must add the key of this passkey, and no other that signs.');
  return { kid, encKid: enc?.kid ?? null };
}

const toPasskey = (row: ListedPasskey): Passkey => ({
  id: encodeBase64url(row.credentialId),
  kid: row.kid,
  opensSpace: row.encKid !== null,
  encKid: row.encKid,
  backedUp: row.backedUp,
  nameCt: row.nameCt,
  createdAt: isoTime(row.createdAt.getTime()),
  lastUsedAt: row.lastUsedAt === null ? null : isoTime(row.lastUsedAt.getTime()),
});

export async function describePasskeys(deps: AuthDeps, { userId }: Principal): Promise<Passkey[]> {
  return (await listCredentials(deps.master, userId)).map(toPasskey);
}

/** @throws AppError `challenge_unknown`, `signature_invalid` saying what does not fit, `space_sealed`, and the codes of {@link appendToKeyLog} */
export async function registerPasskey(
  deps: AuthDeps,
  principal: Principal,
  { challengeId, response, entry, nameCt }: PasskeyRegistration,
): Promise<Passkey> {
  const { userId, jkt, sessionId: actor } = principal;
  // Before the ceremony is spent, so that it can be handed in again.
  await assertSealableTo(deps, principal, entry.payload);
  const ceremony = await spendCeremony(deps, challengeId, 'webauthn-register');
  if (ceremony.userId !== userId || ceremony.jkt !== jkt) throw new AppError('challenge_unknown');
  const passkey = await readRegistration(response, { challengeHash: ceremony.challengeHash, origins: deps.origins });
  if (typeof passkey === 'string') throw new AppError('signature_invalid', refusals[passkey]);
  const { credentialId, signCount, backupEligible, backedUp, transports } = passkey;
  const { kid, encKid } = keysOf(passkey, entry);
  const marks = { signCount, backupEligible, backedUp, transports };
  await appendToKeyLog(deps, ownerOf(principal), entry, {
    credential: { credentialId, kid, encKid, rpId: deps.origins.rpId, nameCt: nameCt ?? null, ...marks },
  });
  await appendAudit(deps.master, { chain: userId, event: 'passkey.added', actor, ref: kid }, new Date(deps.clock()));
  const made = (await describePasskeys(deps, principal)).find((one) => one.kid === kid);
  // Only an entry that came right behind this one can have revoked it.
  if (made === undefined) throw new AppError('key_log_conflict');
  return made;
}
