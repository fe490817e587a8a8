/** The form that makes a key. What follows from making one is the page's to do. */
import { type FormEvent, useState } from 'react';
import { strings } from '../strings.ts';

interface Props {
  first: boolean;
  busy: boolean;
  onMake: (name: string) => void;
}

export function NewIdentityForm({ first, busy, onMake }: Props) {
  const [name, setName] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onMake(name.trim() === '' ? strings.signIn.defaultName : name.trim());
  };
  return (
    <form className="card new-identity" onSubmit={submit}>
      <h2>{first ? strings.signIn.newFirstTitle : strings.signIn.newTitle}</h2>
      <label className="field">
        <span>{strings.signIn.name}</span>
        <input
          type="text"
          maxLength={60}
          autoComplete="off"
          value={name}
          placeholder={strings.signIn.namePlaceholder}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className={first ? 'primary' : ''} disabled={busy}>
        {busy ? strings.signIn.making : strings.signIn.make}
      </button>
    </form>
  );
}
