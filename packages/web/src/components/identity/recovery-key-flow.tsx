/**
 * Making the key on paper: shown once, typed back in three places, and only then put in force. The words are in this page's
 * memory and nowhere else; leaving it leaves them behind.
 */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { setRecoveryKey } from '../../api/recovery-settings.ts';
import { type NewRecovery, newRecovery, placed } from '../../api/recovery-words.ts';
import type { Signer } from '../../api/signer.ts';
import { number } from '../../count.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useMe } from '../../hooks/use-me.ts';
import { placesToAsk } from '../../places-to-ask.ts';
import { strings } from '../../strings.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { RecoverySheet } from './recovery-sheet.tsx';

const words = strings.recoveryKey;

function Show({ made, onHave, onCancel }: { made: NewRecovery; onHave: () => void; onCancel: () => void }) {
  const account = useMe()?.dids[0] ?? '';
  return (
    <div className="form">
      <p>{words.writeDown}</p>
      <ol className="paper-words" aria-label={words.wordsLabel}>
        {placed(made.words).map(({ place, word }) => (
          <li key={place}>{word}</li>
        ))}
      </ol>
      <p className="note">{words.whoever}</p>
      <div className="actions">
        <button type="button" className="primary" onClick={onHave}>
          {words.have}
        </button>
        <button type="button" onClick={() => print()}>
          {words.print}
        </button>
        <CopyButton text={made.words.join(' ')} />
        <button type="button" className="quiet" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
      <RecoverySheet account={account} words={made.words} />
    </div>
  );
}

interface TypeBackProps {
  made: NewRecovery;
  signer: Signer | undefined;
  onBack: () => void;
  onDone: () => void;
}

function TypeBack({ made, signer, onBack, onDone }: TypeBackProps) {
  const [places] = useState(() => placesToAsk(made.words.length, 3));
  const [wrong, setWrong] = useState(false);
  const set = useAccountAction(async () => {
    if (!(await setRecoveryKey(made.key, signer))) throw new Error(words.notInForce);
  }, onDone);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const right = places.every(
      (place) =>
        String(typed.get(`word-${place}`))
          .trim()
          .toLowerCase() === made.words[place - 1],
    );
    setWrong(!right);
    if (right) set.mutate();
  };
  return (
    <form className="form" onSubmit={submit} autoComplete="off">
      <h3>{words.confirmTitle}</h3>
      <p>{words.confirmText}</p>
      <div className="three">
        {places.map((place) => (
          <label key={place} className="field">
            <span>{words.word(number(place))}</span>
            <input
              type="text"
              name={`word-${place}`}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </label>
        ))}
      </div>
      <p role="alert" className="wrong">
        {wrong ? words.wrong : ''}
      </p>
      {set.error !== null && <Problem error={set.error} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={set.isPending}>
          {set.isPending ? words.confirming : words.confirm}
        </button>
        <button type="button" onClick={onBack}>
          {words.back}
        </button>
      </div>
    </form>
  );
}

interface Props {
  /** The key on paper that is replaced. */
  signer?: Signer | undefined;
  /** The key is in force. */
  onDone: () => void;
  /** Nothing has changed. */
  onCancel: () => void;
}

export function RecoveryKeyFlow({ signer, onDone, onCancel }: Props) {
  const [made, setMade] = useState<NewRecovery | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [typing, setTyping] = useState(false);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    let here = true;
    newRecovery().then((recovery) => here && setMade(recovery), setFailed);
    return () => {
      here = false;
    };
  }, []);
  const step = made === null ? 'making' : typing ? 'typing' : 'shown';
  // Each step is read from its start.
  useEffect(() => {
    if (step !== 'making') section.current?.focus();
  }, [step]);
  return (
    <section className="card form" aria-label={words.title} tabIndex={-1} ref={section}>
      <h2>{words.title}</h2>
      {failed !== null && <Problem error={failed} />}
      {made === null ? (
        <Skeleton />
      ) : typing ? (
        <TypeBack made={made} signer={signer} onBack={() => setTyping(false)} onDone={onDone} />
      ) : (
        <Show made={made} onHave={() => setTyping(true)} onCancel={onCancel} />
      )}
    </section>
  );
}
