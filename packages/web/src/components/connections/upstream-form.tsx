/** Adds a service, or sets one anew. The key leaves this page once, and the page forgets it. */
import { UpstreamKind, UpstreamName, UpstreamUrl } from '@vivim/contract/live';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { TextField } from '../kit/text-field.tsx';

const words = strings.connections;
const usual: Readonly<Record<UpstreamKind, string>> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com',
};

export function UpstreamForm() {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<UpstreamKind>('openai');
  const [url, setUrl] = useState(usual.openai);
  const [key, setKey] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const add = useAccountAction(
    () =>
      api.putUpstream({
        params: { name },
        body: { kind, baseUrl: url, key: key.trim() === '' ? null : key.trim() },
      }),
    () => {
      setName('');
      setKey('');
    },
  );
  const choose = (text: string): void => {
    const chosen = UpstreamKind.parse(text);
    if (url === usual[kind]) setUrl(usual[chosen]);
    setKind(chosen);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const fault = !UpstreamName.safeParse(name).success
      ? words.nameWrong
      : !UpstreamUrl.safeParse(url).success
        ? words.urlWrong
        : null;
    setWrong(fault);
    if (fault === null) add.mutate();
  };
  return (
    <form className="card form" onSubmit={submit}>
      <h2>{words.add}</h2>
      <label className="field short">
        <span>{words.kind}</span>
        <select value={kind} onChange={(event) => choose(event.target.value)}>
          {UpstreamKind.options.map((one) => (
            <option key={one} value={one}>
              {words.kinds[one]}
            </option>
          ))}
        </select>
      </label>
      <TextField label={words.name} help={words.nameHelp} required value={name} onChange={setName} />
      <TextField label={words.url} type="url" required value={url} onChange={setUrl} />
      <TextField label={words.key} help={words.keyHelp} type="password" value={key} onChange={setKey} />
      <p role="alert" className="wrong">
        {wrong}
      </p>
      {add.error !== null && <Problem error={add.error} />}
      <button type="submit" className="primary" disabled={add.isPending}>
        {add.isPending ? words.saving : words.save}
      </button>
    </form>
  );
}
