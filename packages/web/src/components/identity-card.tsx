/** One identity held by this browser: sign in with it, or forget its key after being told what that means. */

import { useState } from 'react';
import type { BrowserIdentity } from '../api/identity-store.ts';
import { day, shortDid } from '../format.ts';
import { strings } from '../strings.ts';

interface Props {
  identity: BrowserIdentity;
  busy: boolean;
  onSignIn: () => void;
  onForget: () => void;
}

export function IdentityCard({ identity, busy, onSignIn, onForget }: Props) {
  const [asking, setAsking] = useState(false);
  const { name, did, createdAt } = identity;
  return (
    <li className="card identity">
      <div className="identity-words">
        <b>{name}</b>
        <span className="meta">
          <code title={did}>{shortDid(did)}</code>
          <span>{strings.signIn.made(day(createdAt))}</span>
        </span>
      </div>
      {asking ? (
        <div className="forget" role="alert">
          <p>{strings.signIn.forgetWarning}</p>
          <button type="button" className="danger" onClick={onForget}>
            {strings.signIn.forgetConfirm}
          </button>
          <button type="button" onClick={() => setAsking(false)}>
            {strings.signIn.cancel}
          </button>
        </div>
      ) : (
        <div className="identity-actions">
          <button
            type="button"
            className="quiet"
            aria-label={strings.signIn.forgetLabel(name)}
            onClick={() => setAsking(true)}
          >
            {strings.signIn.forget}
          </button>
          <button
            type="button"
            className="primary"
            disabled={busy}
            aria-label={strings.signIn.signInAs(name)}
            onClick={onSignIn}
          >
            {strings.signIn.signIn}
          </button>
        </div>
      )}
    </li>
  );
}
