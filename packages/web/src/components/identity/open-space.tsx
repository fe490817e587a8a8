/** The ways to hand the key of a sealed space in: this browser, a passkey, the words on paper. The person chooses. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { sealQuery } from '../../api/seal-queries.ts';
import { byBrowser, byPasskey, byWords, type SpaceOpener } from '../../api/unlock-space.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useRecoveryWords } from '../../hooks/use-recovery-words.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { RecoveryWordsField } from './recovery-words-field.tsx';

const words = strings.sealed;

interface Props {
  /** On the button of this browser. */
  label: string;
  act: (open: SpaceOpener) => Promise<void>;
}

export function OpenSpace({ label, act }: Props): ReactNode {
  const openers = useQuery(sealQuery).data?.openers ?? [];
  const [onPaper, setOnPaper] = useState(false);
  const typed = useRecoveryWords();
  const open = useAccountAction(act);
  const withWords = useAccountAction(async () => {
    const key = await typed.read();
    if (key !== null) await act(byWords(key));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    withWords.mutate();
  };
  const has = (by: (typeof openers)[number]['by']) => openers.some((one) => one.by === by);
  return (
    <div className="form">
      {open.error !== null && <Problem error={open.error} />}
      <div className="actions">
        <button type="button" className="primary" disabled={open.isPending} onClick={() => open.mutate(byBrowser)}>
          {label}
        </button>
        {has('passkey') && (
          <button type="button" disabled={open.isPending} onClick={() => open.mutate(byPasskey)}>
            {words.byPasskey}
          </button>
        )}
        {has('recovery-key') && !onPaper && (
          <button type="button" onClick={() => setOnPaper(true)}>
            {words.byWords}
          </button>
        )}
      </div>
      {onPaper && (
        <form className="form" onSubmit={submit}>
          <RecoveryWordsField label={words.wordsLabel} help={words.wordsHelp} words={typed} />
          {withWords.error !== null && <Problem error={withWords.error} />}
          <button type="submit" className="primary" disabled={withWords.isPending}>
            {words.openWithWords}
          </button>
        </form>
      )}
    </div>
  );
}
