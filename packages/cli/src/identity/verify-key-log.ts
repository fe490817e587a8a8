/**
 * A key log checked again from its first entry, as anybody can who holds it: numbers, hashes, rules and signatures. Asks
 * nobody. What it cannot see it says: whether a guardian's word was theirs stands in the guardian's own log.
 */
import { createHash } from 'node:crypto';
import { AppError } from '@vivim/contract/errors';
import type { KeyLog, KeyLogEntry, LoggedKey } from '@vivim/contract/key-log';
import { chainedBytes, entryBytes } from '@vivim/contract/key-log-bytes';
import { replay, stateAfter, type Vouches } from '@vivim/contract/key-log-rules';
import { isPasskeySignature } from './passkey-signature.ts';
import { isSignedBy, thumbprintOf } from './public-key.ts';
import { standing } from './sign-entry.ts';

export interface Finding {
  /** Number of the entry. */
  readonly seq: number;
  readonly detail: string;
}

export interface Verdict {
  readonly entries: number;
  readonly head: string | null;
  /** DID the log began with. */
  readonly account: string | null;
  readonly problems: readonly Finding[];
  /** What this log alone cannot show. */
  readonly unchecked: readonly Finding[];
}

/** The paper and the guardians of that moment count; their signatures name a request the log does not hold. */
const asNamed: Vouches = ({ kid, did }, state) => {
  if (state.keys.get(kid)?.purpose === 'recovery') return 'recovery-key';
  return state.guardians?.dids.includes(did) === true ? 'guardian' : null;
};

const hashOf = (entry: KeyLogEntry): string => createHash('sha256').update(chainedBytes(entry)).digest('base64url');

/** Keys that come in by the entry itself. */
function newKeys({ payload }: KeyLogEntry): readonly LoggedKey[] {
  if (payload.op === 'add' || payload.op === 'recover') return payload.keys;
  if (payload.op === 'setRecovery' && payload.recovery !== null) return [payload.recovery.sign, payload.recovery.enc];
  return [];
}

/** Whether a check holds; a key that is no point of its curve fails every one. */
function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

function signatureProblem(entry: KeyLogEntry, before: readonly KeyLogEntry[]): string | null {
  const { payload, signer, signature } = entry;
  const own = payload.seq === 1 || payload.op === 'recover';
  const earlier = replay(standing(before), payload.op === 'nullify' ? payload.target : undefined).keys;
  const key = own ? newKeys(entry).find(({ kid }) => kid === signer) : earlier.get(signer);
  if (key === undefined) return 'signed by a key that was not in the log';
  const bytes = entryBytes(payload);
  const fits = holds(() =>
    typeof signature === 'string' ? isSignedBy(key, bytes, signature) : isPasskeySignature(key, bytes, signature),
  );
  return fits ? null : 'the signature does not fit';
}

function ruleProblem(entry: KeyLogEntry, before: readonly KeyLogEntry[]): string | null {
  try {
    stateAfter(standing(before), entry, asNamed, Date.parse(entry.at));
    return null;
  } catch (error) {
    if (error instanceof AppError)
      return error.code === 'key_log_conflict' ? 'not behind the entry before it' : error.message;
    throw error;
  }
}

function problemsOf(entry: KeyLogEntry, before: readonly KeyLogEntry[]): string[] {
  const misnamed = newKeys(entry).some((key) => !holds(() => thumbprintOf(key) === key.kid));
  return [
    ...(hashOf(entry) === entry.hash ? [] : ['the hash does not fit what is written']),
    ...(misnamed ? ['a key does not have the name it is given'] : []),
    ...[ruleProblem(entry, before), signatureProblem(entry, before)].filter((problem) => problem !== null),
  ];
}

/** The DID in the text that was signed to register. */
function accountOf(first: KeyLogEntry | undefined): string | null {
  const message = first?.payload.op === 'add' ? first.payload.message : undefined;
  return message?.split('\n')[1] ?? null;
}

export function verifyKeyLog(log: KeyLog): Verdict {
  const { entries, head } = log;
  const problems: Finding[] = [];
  const unchecked: Finding[] = [];
  for (const [index, entry] of entries.entries()) {
    const { seq } = entry.payload;
    const found = problemsOf(entry, entries.slice(0, index));
    problems.push(...found.map((detail) => ({ seq, detail })));
    if (entry.payload.op === 'recover')
      unchecked.push({
        seq,
        detail: 'that those who vouched did: their signatures name a request the log does not hold',
      });
  }
  const last = entries.at(-1);
  if (head.seq !== (last?.payload.seq ?? 0) || head.hash !== (last?.hash ?? null))
    problems.push({ seq: head.seq, detail: 'the head is not the last entry' });
  return { entries: entries.length, head: last?.hash ?? null, account: accountOf(entries[0]), problems, unchecked };
}
