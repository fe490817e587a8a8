/** The key on paper: whether there is one, making it, replacing it, taking it away. */
import { useQuery } from '@tanstack/react-query';
import type { KeyInfo } from '@vivim/contract/account';
import { systemClock } from '@vivim/contract/clock';
import { useState } from 'react';
import { keyLogQuery } from '../../api/identity-queries.ts';
import { changeableFrom, setRecoveryKey } from '../../api/recovery-settings.ts';
import type { Signer } from '../../api/signer.ts';
import { day, dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { usePanelFocus } from '../../hooks/use-panel-focus.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';
import { RecoveryKeyFlow } from './recovery-key-flow.tsx';
import { SignOnPaper } from './sign-on-paper.tsx';

const words = strings.access;

interface ChangeProps {
  paper: KeyInfo;
  replacing: boolean;
  /** The key on paper signs the new one; without it a change that was announced long enough ago is made. */
  onMake: (signer?: Signer) => void;
  onDone: () => void;
}

/** Asks for the words there are. Without them the change is announced, or made once that has stood for three days. */
function ChangePaper({ paper, replacing, onMake, onDone }: ChangeProps) {
  const { panel } = usePanelFocus<HTMLFormElement>(true);
  const entries = useQuery(keyLogQuery).data?.entries;
  const from = entries === undefined ? null : changeableFrom(entries);
  const due = from !== null && Date.parse(from) <= systemClock();
  // It announces that none is left, not a new one: where it takes force after all, nobody is left with words they never saw.
  const announce = useAccountAction(() => setRecoveryKey(null), onDone);
  const sign = async (signer: Signer): Promise<void> => {
    if (signer.bare?.kid !== paper.kid) throw new Error(words.oldWordsOther);
    if (replacing) return onMake(signer);
    await setRecoveryKey(null, signer);
    onDone();
  };
  return (
    <SignOnPaper
      text={replacing ? words.oldWordsText : words.removePaperWarning}
      label={words.oldWords}
      action={replacing ? words.oldWordsNext : words.removePaper}
      act={sign}
      onCancel={onDone}
      panel={panel}
      otherwise={
        <>
          {due && replacing ? (
            <button type="button" className="quiet" onClick={() => onMake()}>
              {words.lostWords}
            </button>
          ) : (
            <Confirm
              label={words.lostWords}
              warning={due ? words.removePaperWarning : words.lostWordsWarning}
              confirm={due ? words.removePaper : words.lostWordsConfirm}
              busy={announce.isPending}
              quiet
              onConfirm={() => announce.mutate()}
            />
          )}
          {announce.error !== null && <Problem error={announce.error} />}
        </>
      }
    />
  );
}

type Doing = { readonly what: 'replace' | 'remove' } | { readonly what: 'make'; readonly signer?: Signer | undefined };

export function RecoveryKeySettings({ keys }: { keys: readonly KeyInfo[] }) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const { trigger } = usePanelFocus<HTMLElement>(doing !== null);
  const [done, setDone] = useState(false);
  const entries = useQuery(keyLogQuery).data?.entries;
  const from = entries === undefined ? null : changeableFrom(entries);
  const paper = keys.find(({ purpose }) => purpose === 'recovery');
  const stop = () => setDoing(null);
  return (
    <section>
      <h2>{words.paper}</h2>
      <p role="status" className="note">
        {done ? strings.recoveryKey.done : ''}
      </p>
      {paper !== undefined && from !== null && <p className="warn">{words.announced(dayAndTime(from))}</p>}
      {doing?.what === 'make' ? (
        <>
          {paper !== undefined && <p className="warn">{words.replaceWarning}</p>}
          <RecoveryKeyFlow
            signer={doing.signer}
            onCancel={stop}
            onDone={() => {
              setDone(true);
              stop();
            }}
          />
        </>
      ) : doing !== null && paper !== undefined ? (
        <ChangePaper
          paper={paper}
          replacing={doing.what === 'replace'}
          onMake={(signer) => setDoing({ what: 'make', signer })}
          onDone={stop}
        />
      ) : (
        <div className="form">
          <p className="note">{paper === undefined ? words.paperNone : words.paperSince(day(paper.addedAt))}</p>
          <div className="actions">
            <button
              ref={trigger}
              type="button"
              onClick={() => setDoing({ what: paper === undefined ? 'make' : 'replace' })}
            >
              {paper === undefined ? words.makePaper : words.replacePaper}
            </button>
            {paper !== undefined && (
              <button type="button" className="quiet" onClick={() => setDoing({ what: 'remove' })}>
                {words.removePaper}
              </button>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
