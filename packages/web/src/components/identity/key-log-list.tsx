/** The key log as a person reads it, and undoing what is not older than three days by a stronger key. */
import { useQuery } from '@tanstack/react-query';
import type { KeyInfo } from '@vivim/contract/account';
import { systemClock } from '@vivim/contract/clock';
import type { KeyLogEntry, KeyLogPayload, LoggedKey } from '@vivim/contract/key-log';
import { nullifyHours } from '@vivim/contract/recovery';
import { useState } from 'react';
import { keyLogQuery } from '../../api/identity-queries.ts';
import { appendEntry } from '../../api/key-log.ts';
import { recoveryIn } from '../../api/recovery-settings.ts';
import { number } from '../../count.ts';
import { dayAndTime } from '../../format.ts';
import { usePanelFocus } from '../../hooks/use-panel-focus.ts';
import { strings } from '../../strings.ts';
import { SignOnPaper } from './sign-on-paper.tsx';

const words = strings.history;

function what(payload: KeyLogPayload): string {
  if (payload.op === 'add') return words.entries.add(payload.keys.length);
  if (payload.op === 'revoke') return words.entries.revoke(payload.kids.length);
  return payload.op === 'nullify' ? words.entries.nullify(number(payload.target)) : words.entries[payload.op];
}

/** Every key the log ever named. */
function keysIn(entries: readonly KeyLogEntry[]): ReadonlyMap<KeyInfo['kid'], LoggedKey> {
  const named = entries.flatMap(({ payload }) => {
    if (payload.op === 'add' || payload.op === 'recover') return payload.keys;
    return payload.op === 'setRecovery' && payload.recovery !== null
      ? [payload.recovery.sign, payload.recovery.enc]
      : [];
  });
  return new Map(named.map((key) => [key.kid, key]));
}

function signedBy(signer: LoggedKey | undefined): string {
  const purpose = signer?.purpose;
  const known = purpose === 'rotation' || purpose === 'device-auth' || purpose === 'passkey' || purpose === 'recovery';
  return words.signedBy(words.keyOf[known ? purpose : 'unknown']);
}

function Undo({ seq }: { seq: number }) {
  const [asking, setAsking] = useState(false);
  const { trigger, panel } = usePanelFocus<HTMLFormElement>(asking);
  if (!asking)
    return (
      <button
        ref={trigger}
        type="button"
        className="quiet"
        aria-label={words.undoLabel(number(seq))}
        onClick={() => setAsking(true)}
      >
        {words.undo}
      </button>
    );
  return (
    <SignOnPaper
      text={words.undoWarning}
      label={words.undoWords}
      action={words.undoConfirm}
      act={(signer) => appendEntry({ op: 'nullify', target: seq }, signer)}
      onCancel={() => setAsking(false)}
      panel={panel}
    />
  );
}

export function KeyLogList() {
  const log = useQuery(keyLogQuery).data;
  if (log === undefined) return null;
  const keys = keysIn(log.entries);
  const since = systemClock() - nullifyHours * 3_600_000;
  const canUndo = ({ payload, at, nullifiedBy, signer }: KeyLogEntry): boolean =>
    payload.seq > 1 &&
    payload.op !== 'nullify' &&
    nullifiedBy === null &&
    Date.parse(at) > since &&
    keys.get(signer)?.purpose !== 'recovery' &&
    // The key on paper that was there before the change is what is stronger than whoever made it.
    recoveryIn(log.entries, payload.seq).recovery !== null;
  return (
    <section>
      <h2>{words.log}</h2>
      <p className="note">{words.logLead}</p>
      <ol className="rows">
        {log.entries.toReversed().map((entry) => (
          <li key={entry.payload.seq}>
            <span>
              {number(entry.payload.seq)} · {what(entry.payload)}
              {entry.nullifiedBy !== null && ` (${words.undone})`}
            </span>
            <span className="meta">
              <span>{signedBy(keys.get(entry.signer))}</span>
              <time dateTime={entry.at}>{dayAndTime(entry.at)}</time>
              {canUndo(entry) && <Undo seq={entry.payload.seq} />}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
