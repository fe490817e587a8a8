/**
 * One person's key log, checked again from its first entry: form, hashes, signatures, rules, and that what master keeps of it
 * follows from it. Pure but for the check of a passkey. Approvals of a recovery stand under the hash of their entry; the
 * challenge they were made for is gone by then, so their signatures are not looked at again.
 */
import type { AuditProblem } from '@vivim/contract/admin';
import { AppError } from '@vivim/contract/errors';
import { KeyLogPayload, type LoggedKey, type SignedEntry } from '@vivim/contract/key-log';
import { type KeyState, replay, type StandingEntry, stateAfter, type Vouches } from '@vivim/contract/key-log-rules';
import { canonicalJson } from '@vivim/contract/signed-object';
import type { KeyBook, StoredEntry } from '../../master/key-books.ts';
import { printedJson } from '../../master/stored-json.ts';
import { encodeBase64url } from '../base64url.ts';
import { entryHash, isSigned, newKeys, readSignature, type VerifyAssertion } from './key-entries.ts';

export interface KeyLogFinding {
  readonly seq: number;
  readonly problem: AuditProblem;
}

const vouches: Vouches = (approval, state) => {
  if (state.keys.get(approval.kid)?.purpose === 'recovery') return 'recovery-key';
  return state.guardians?.dids.includes(approval.did) === true ? 'guardian' : null;
};

/** Null where it is not in the form it was written in. */
function read({ payload: text, signer, signature }: StoredEntry): SignedEntry | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (printedJson(parsed) !== text) return null;
    return { payload: KeyLogPayload.parse(parsed), signer, signature: readSignature(signature) };
  } catch {
    return null;
  }
}

function signerOf(before: readonly StandingEntry[], { payload, signer }: SignedEntry): LoggedKey | undefined {
  if (payload.op === 'recover' || payload.seq === 1) return newKeys(payload).find(({ kid }) => kid === signer);
  return replay(before, payload.op === 'nullify' ? payload.target : undefined).keys.get(signer);
}

async function problemOf(
  stored: StoredEntry,
  before: readonly StandingEntry[],
  audited: Date | undefined,
  verifyAssertion: VerifyAssertion,
): Promise<AuditProblem | null> {
  if (stored.seq !== before.length + 1) return 'missing';
  const entry = read(stored);
  if (entry === null || entry.payload.seq !== stored.seq) return 'changed';
  if (entry.payload.prev !== (before.at(-1)?.hash ?? null)) return 'prev';
  if (Buffer.compare(entryHash(entry), stored.hash) !== 0) return 'changed';
  if (!stored.whole || (audited !== undefined && audited.getTime() !== stored.at.getTime())) return 'time';
  const signer = signerOf(before, entry);
  if (signer === undefined || !(await isSigned(entry, signer, verifyAssertion))) return 'signature';
  try {
    stateAfter(before, entry, vouches, stored.at.getTime());
    return null;
  } catch (error) {
    if (error instanceof AppError) return 'rule';
    throw error;
  }
}

/** Every key the log ever named and no other, each as it was named; and those that are live are those it left. */
function areLeftBehind({ keys }: KeyBook, entries: readonly StandingEntry[], state: KeyState): boolean {
  // A key may come in a second time, with another standing.
  const named = Map.groupBy(
    entries.flatMap(({ payload }) => newKeys(payload)),
    ({ kid }) => kid,
  );
  const live = keys.filter((key) => key.live);
  const fits = keys.every((row) =>
    named
      .get(row.kid)
      ?.some(
        ({ alg, publicKey, purpose, priority }) =>
          alg === row.alg &&
          publicKey === encodeBase64url(row.publicKey) &&
          purpose === row.purpose &&
          priority === row.priority,
      ),
  );
  return (
    fits &&
    keys.length === named.size &&
    live.length === state.keys.size &&
    live.every(({ kid }) => state.keys.has(kid))
  );
}

/** The first thing in a person's log that is not as it was made; null where all of it is. */
export async function checkKeyLog(book: KeyBook, verifyAssertion: VerifyAssertion): Promise<KeyLogFinding | null> {
  const standing: StandingEntry[] = [];
  for (const stored of book.entries) {
    const problem = await problemOf(stored, standing, book.audited.get(stored.seq), verifyAssertion);
    if (problem !== null) return { seq: standing.length + 1, problem };
    const { payload, signer } = read(stored) as SignedEntry;
    standing.push({ payload, signer, hash: encodeBase64url(stored.hash), at: stored.at });
  }
  const end = { seq: standing.length, hash: standing.at(-1)?.hash ?? null };
  // An entry is audited after it stands, so the audit chain never knows of one the log does not have.
  if (Math.max(0, ...book.audited.keys()) > end.seq) return { seq: end.seq + 1, problem: 'missing' };
  const { seq, hash } = book.head;
  if (seq !== end.seq || (hash === null ? null : encodeBase64url(hash)) !== end.hash)
    return { ...end, problem: 'head' };
  // People from before there was a log have keys and no entry; theirs begins when they first change something.
  if (end.seq === 0) return null;
  const state = replay(standing);
  const isGuarded = canonicalJson(state.guardians) === canonicalJson(book.guardians);
  return isGuarded && areLeftBehind(book, standing, state) ? null : { seq: end.seq, problem: 'keys' };
}
