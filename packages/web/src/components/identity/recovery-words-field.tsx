/** Where the 24 words are typed in. They stay in the page; nothing is completed, corrected or remembered by the browser. */
import { useId } from 'react';
import type { TypedWords } from '../../hooks/use-recovery-words.ts';

interface Props {
  label: string;
  help?: string;
  words: TypedWords;
}

export function RecoveryWordsField({ label, help, words }: Props) {
  const note = useId();
  return (
    <div className="field">
      <label className="field">
        <span>{label}</span>
        <textarea
          rows={4}
          required
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          value={words.text}
          aria-invalid={words.wrong !== null}
          aria-describedby={note}
          onChange={(event) => words.set(event.target.value)}
        />
      </label>
      <p id={note} role="alert" className="wrong">
        {words.wrong}
      </p>
      {help !== undefined && <small>{help}</small>}
    </div>
  );
}
