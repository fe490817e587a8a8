/** Unlocking a locked account with the key on paper. */
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FormEvent, ReactNode } from 'react';
import { unlock } from '../api/recover.ts';
import { RecoveryWordsField } from '../components/identity/recovery-words-field.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { useRecoveryWords } from '../hooks/use-recovery-words.ts';
import { strings } from '../strings.ts';

const words = strings.unlock;

export function UnlockPage(): ReactNode {
  const typed = useRecoveryWords();
  const open = useMutation({
    mutationFn: async () => {
      const key = await typed.read();
      if (key === null) return false;
      await unlock(key);
      typed.set('');
      return true;
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    open.mutate();
  };
  return (
    <div className="door">
      <PageHeader title={words.title} lead={words.lead} />
      {open.data === true ? (
        <section className="card form" role="status">
          <p>{words.done}</p>
          <Link to="/" className="button primary">
            {words.toSignIn}
          </Link>
        </section>
      ) : (
        <form className="card form" onSubmit={submit}>
          <RecoveryWordsField label={words.words} help={strings.recover.wordsHelp} words={typed} />
          {open.error !== null && <Problem error={open.error} />}
          <button type="submit" className="primary" disabled={open.isPending}>
            {open.isPending ? words.unlocking : words.unlock}
          </button>
        </form>
      )}
    </div>
  );
}
