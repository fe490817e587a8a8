/** One identity held by this browser: sign in with it, go on waiting with it, or forget its key after being told what that means. */

import { Link } from '@tanstack/react-router';
import type { BrowserIdentity } from '../../api/identity-store.ts';
import { day, shortDid } from '../../format.ts';
import { useNext } from '../../hooks/use-next.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';

interface Props {
  identity: BrowserIdentity;
  busy: boolean;
  onSignIn: () => void;
  onForget: () => void;
}

export function IdentityCard({ identity, busy, onSignIn, onForget }: Props) {
  const { name, did, account, createdAt, waiting } = identity;
  const words = strings.signIn;
  const next = useNext();
  const who = account ?? did;
  return (
    <li className="card identity">
      <div className="identity-words">
        <b dir="auto">{name}</b>
        <span className="meta">
          <code title={who}>{shortDid(who)}</code>
          <span>{words.made(day(createdAt))}</span>
        </span>
        {waiting !== undefined && (
          <span className="chip queued">{waiting.kind === 'device' ? words.waitingDevice : words.waitingRecovery}</span>
        )}
      </div>
      <div className="identity-actions">
        <Confirm
          label={words.forget}
          name={words.forgetLabel(name)}
          warning={words.forgetWarning}
          confirm={words.forgetConfirm}
          cancel={words.cancel}
          quiet
          onConfirm={onForget}
        />
        {waiting === undefined ? (
          <button
            type="button"
            className="primary"
            disabled={busy}
            aria-label={words.signInAs(name)}
            onClick={onSignIn}
          >
            {words.signIn}
          </button>
        ) : (
          <Link
            to={waiting.kind === 'device' ? '/join' : '/recover'}
            search={next}
            className="button primary"
            aria-label={words.goOnLabel(name)}
          >
            {words.goOn}
          </Link>
        )}
      </div>
    </li>
  );
}
