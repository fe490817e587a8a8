/** What only the key on paper may do: the 24 words are typed in, sign once, and are forgotten. */
import type { FormEvent, ReactNode, RefObject } from 'react';
import { paperSigner, type Signer } from '../../api/signer.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useRecoveryWords } from '../../hooks/use-recovery-words.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { RecoveryWordsField } from './recovery-words-field.tsx';

interface Props {
  text: string;
  label: string;
  action: string;
  act: (signer: Signer) => Promise<unknown>;
  onCancel: () => void;
  panel: RefObject<HTMLFormElement | null>;
  /** A way without the words. */
  otherwise?: ReactNode;
}

export function SignOnPaper({ text, label, action, act, onCancel, panel, otherwise }: Props) {
  const typed = useRecoveryWords();
  const sign = useAccountAction(async () => {
    const key = await typed.read();
    if (key !== null) await act(paperSigner(key));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    sign.mutate();
  };
  return (
    <form className="form" onSubmit={submit} ref={panel}>
      <p className="note">{text}</p>
      <RecoveryWordsField label={label} help={strings.recover.wordsHelp} words={typed} />
      {sign.error !== null && <Problem error={sign.error} />}
      <div className="actions">
        <button type="submit" className="danger" disabled={sign.isPending}>
          {action}
        </button>
        <button type="button" onClick={onCancel}>
          {strings.cancel}
        </button>
      </div>
      {otherwise}
    </form>
  );
}
