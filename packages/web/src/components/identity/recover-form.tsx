/** Asks to get back in: the account, and what there is to show for it. The words are turned into a key here and sent nowhere. */
import { useMutation } from '@tanstack/react-query';
import type { RecoveryMethod } from '@vivim/contract/recovery';
import { type FormEvent, useState } from 'react';
import { askForRecovery } from '../../api/recover.ts';
import { browserName } from '../../browser-name.ts';
import { useRecoveryWords } from '../../hooks/use-recovery-words.ts';
import { explained } from '../../hooks/use-sign-in.ts';
import { strings } from '../../strings.ts';
import { AccountField } from '../frame/account-field.tsx';
import { Problem } from '../kit/problem.tsx';
import { DeviceNameField } from './device-name-field.tsx';
import { RecoveryWordsField } from './recovery-words-field.tsx';

const words = strings.recover;
const methods = [
  ['recovery-key', words.byPaper],
  ['guardians', words.byGuardians],
] as const;

function Methods({ method, onMethod }: { method: RecoveryMethod; onMethod: (method: RecoveryMethod) => void }) {
  return (
    <fieldset className="choices">
      <legend>{words.method}</legend>
      {methods.map(([value, label]) => (
        <label key={value}>
          <input type="radio" name="method" value={value} checked={method === value} onChange={() => onMethod(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

export function RecoverForm({ account: given, onAsked }: { account: string; onAsked: () => void }) {
  const [method, setMethod] = useState<RecoveryMethod>('recovery-key');
  const [account, setAccount] = useState(given);
  const [name, setName] = useState(() => browserName(navigator.userAgent));
  const typed = useRecoveryWords();
  const ask = useMutation({
    mutationFn: async () => {
      const paper = method === 'guardians' ? null : await typed.read();
      if (method === 'recovery-key' && paper === null) return;
      await askForRecovery(account.trim(), name.trim() === '' ? strings.signIn.thisBrowser : name.trim(), paper);
    },
    onSuccess: onAsked,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <form className="card form" onSubmit={submit}>
      <Methods method={method} onMethod={setMethod} />
      <AccountField help={words.accountHelp} account={account} onAccount={setAccount} />
      {method === 'recovery-key' && <RecoveryWordsField label={words.words} help={words.wordsHelp} words={typed} />}
      {method === 'guardians' && <p className="note">{strings.sealed.guardians}</p>}
      <DeviceNameField label={strings.signIn.name} name={name} onName={setName} />
      {ask.error !== null && <Problem error={explained(ask.error)} />}
      <button type="submit" className="primary" disabled={ask.isPending}>
        {ask.isPending ? words.asking : words.ask}
      </button>
    </form>
  );
}
