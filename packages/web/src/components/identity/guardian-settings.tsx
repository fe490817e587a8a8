/** Guardians: people of this server who can together vouch for a new key. */
import { useQuery } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import type { Guardians } from '@vivim/contract/key-log';
import { type FormEvent, type RefObject, useState } from 'react';
import { recoveryQuery } from '../../api/identity-queries.ts';
import { setGuardians } from '../../api/recovery-settings.ts';
import { number } from '../../count.ts';
import { readGuardians } from '../../guardians-form.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { usePanelFocus } from '../../hooks/use-panel-focus.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';

const words = strings.access;

interface FormProps {
  now: Guardians | null;
  own: readonly string[];
  panel: RefObject<HTMLFormElement | null>;
  onDone: () => void;
}

function GuardianForm({ now, own, panel, onDone }: FormProps) {
  const [dids, setDids] = useState(() => now?.dids.join('\n') ?? '');
  const [threshold, setThreshold] = useState(() => String(now?.threshold ?? 2));
  const [wrong, setWrong] = useState<string | null>(null);
  const set = useAccountAction(setGuardians, onDone);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readGuardians(dids, threshold, own);
    setWrong(typeof read === 'string' ? read : null);
    if (typeof read !== 'string') set.mutate(read);
  };
  return (
    <form className="card form" onSubmit={submit} ref={panel}>
      <label className="field">
        <span>{words.guardianDids}</span>
        <textarea
          rows={3}
          required
          spellCheck={false}
          autoCapitalize="none"
          placeholder="did:key:z6Mk…"
          value={dids}
          onChange={(event) => setDids(event.target.value)}
        />
      </label>
      <label className="field short">
        <span>{words.guardianThreshold}</span>
        <input
          type="number"
          min={1}
          max={16}
          required
          value={threshold}
          onChange={(event) => setThreshold(event.target.value)}
        />
      </label>
      <p role="alert" className="wrong">
        {wrong}
      </p>
      {set.error !== null && <Problem error={set.error} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={set.isPending}>
          {words.setGuardians}
        </button>
        <button type="button" onClick={onDone}>
          {strings.cancel}
        </button>
      </div>
    </form>
  );
}

function Now({ guardians }: { guardians: Guardians }) {
  return (
    <>
      <p>{words.guardiansNow(number(guardians.threshold), number(guardians.dids.length))}</p>
      <ul className="plain">
        {guardians.dids.map((did) => (
          <li key={did}>
            <code>{did}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

export function GuardianSettings({ me }: { me: Me }) {
  const [changing, setChanging] = useState(false);
  const { trigger, panel } = usePanelFocus<HTMLFormElement>(changing);
  const recovery = useQuery(recoveryQuery);
  const remove = useAccountAction(() => setGuardians(null));
  const now = recovery.data?.guardians ?? null;
  return (
    <section>
      <h2>{words.guardians}</h2>
      <div className="form">
        {recovery.error !== null && <Problem error={recovery.error} retry={() => void recovery.refetch()} />}
        {now === null ? <p className="note">{words.guardiansNone}</p> : <Now guardians={now} />}
        <p className="note">{strings.sealed.guardians}</p>
        {changing ? (
          <GuardianForm now={now} own={me.dids} panel={panel} onDone={() => setChanging(false)} />
        ) : (
          <div className="actions">
            <button ref={trigger} type="button" onClick={() => setChanging(true)}>
              {now === null ? words.setGuardians : words.changeGuardians}
            </button>
            {now !== null && (
              <Confirm
                label={words.removeGuardians}
                warning={words.removeGuardiansWarning}
                confirm={words.removeGuardians}
                busy={remove.isPending}
                quiet
                onConfirm={() => remove.mutate()}
              />
            )}
          </div>
        )}
        {remove.error !== null && <Problem error={remove.error} />}
      </div>
    </section>
  );
}
