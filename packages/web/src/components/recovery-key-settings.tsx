/** The key on paper: whether there is one, making it, replacing it, taking it away. */
import type { KeyInfo } from '@vivim/contract/account';
import { useState } from 'react';
import { setRecoveryKey } from '../api/recovery-settings.ts';
import { day } from '../format.ts';
import { useAccountAction } from '../hooks/use-account-action.ts';
import { usePanelFocus } from '../hooks/use-panel-focus.ts';
import { strings } from '../strings.ts';
import { Confirm } from './confirm.tsx';
import { Problem } from './problem.tsx';
import { RecoveryKeyFlow } from './recovery-key-flow.tsx';

const words = strings.access;

export function RecoveryKeySettings({ keys }: { keys: readonly KeyInfo[] }) {
  const [making, setMaking] = useState(false);
  const { trigger } = usePanelFocus<HTMLElement>(making);
  const [done, setDone] = useState(false);
  const remove = useAccountAction(() => setRecoveryKey(null));
  const paper = keys.find(({ purpose }) => purpose === 'recovery');
  const stop = () => setMaking(false);
  return (
    <section>
      <h2>{words.paper}</h2>
      <p role="status" className="note">
        {done ? strings.recoveryKey.done : ''}
      </p>
      {making ? (
        <>
          {paper !== undefined && <p className="warn">{words.replaceWarning}</p>}
          <RecoveryKeyFlow
            onCancel={stop}
            onDone={() => {
              setDone(true);
              stop();
            }}
          />
        </>
      ) : (
        <div className="form">
          <p className="note">{paper === undefined ? words.paperNone : words.paperSince(day(paper.addedAt))}</p>
          <div className="actions">
            <button ref={trigger} type="button" onClick={() => setMaking(true)}>
              {paper === undefined ? words.makePaper : words.replacePaper}
            </button>
            {paper !== undefined && (
              <Confirm
                label={words.removePaper}
                warning={words.removePaperWarning}
                confirm={words.removePaper}
                busy={remove.isPending}
                quiet
                onConfirm={() => remove.mutate()}
              />
            )}
          </div>
          {remove.error !== null && <Problem error={remove.error} />}
        </div>
      )}
    </section>
  );
}
