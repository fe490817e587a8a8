/** The form that makes a key. What follows from making one is the page's to do. */
import { type FormEvent, useState } from 'react';
import { browserName } from '../../browser-name.ts';
import { strings } from '../../strings.ts';
import { DeviceNameField } from './device-name-field.tsx';

interface Props {
  first: boolean;
  busy: boolean;
  onMake: (name: string) => void;
}

export function NewIdentityForm({ first, busy, onMake }: Props) {
  const [name, setName] = useState(() => browserName(navigator.userAgent));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onMake(name.trim() === '' ? strings.signIn.thisBrowser : name.trim());
  };
  return (
    <form className="card form" onSubmit={submit}>
      <h2>{first ? strings.signIn.newFirstTitle : strings.signIn.newTitle}</h2>
      <DeviceNameField label={strings.signIn.name} name={name} onName={setName} />
      <button type="submit" className={first ? 'primary' : ''} disabled={busy}>
        {busy ? strings.signIn.making : strings.signIn.make}
      </button>
    </form>
  );
}
