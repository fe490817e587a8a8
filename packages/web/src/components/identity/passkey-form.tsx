/** Adds a passkey under a name, and says whether it opens the space or only signs in. */

import type { Me } from '@vivim/contract/account';
import type { Passkey } from '@vivim/contract/passkeys';
import { type FormEvent, useState } from 'react';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useMe, useNameKey } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { DeviceNameField } from './device-name-field.tsx';

const words = strings.access;

function Form({ me, onAdded }: { me: Me; onAdded: (passkey: Passkey) => void }) {
  const nameKey = useNameKey(me);
  const [name, setName] = useState('');
  const add = useAccountAction(async () => {
    const { addPasskey } = await import('../../api/passkeys.ts');
    return addPasskey(name.trim() === '' ? words.passkeyDefault : name.trim(), await nameKey());
  }, onAdded);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form className="form" onSubmit={submit}>
      <DeviceNameField label={words.passkeyName} placeholder={words.passkeyPlaceholder} name={name} onName={setName} />
      {add.error !== null && <Problem error={add.error} />}
      <p role="status" className="note">
        {add.data === undefined ? '' : add.data.opensSpace ? words.opens : words.signsOnlyHelp}
      </p>
      <button type="submit" disabled={add.isPending}>
        {add.isPending ? words.addingPasskey : words.addPasskey}
      </button>
    </form>
  );
}

export function PasskeyForm({ onAdded = () => {} }: { onAdded?: (passkey: Passkey) => void }) {
  const me = useMe();
  if (globalThis.PublicKeyCredential === undefined) return <p className="note">{words.noPasskeys}</p>;
  return me === null ? null : <Form me={me} onAdded={onAdded} />;
}
