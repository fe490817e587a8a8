/** Adds a service that makes vectors or answers, or sets one anew. Nothing goes to it by that. Its key leaves this page once. */
import { UpstreamName, UpstreamUrl } from '@vivim/contract/live';
import { type ModelServiceKind, modelServiceKinds } from '@vivim/contract/model-services';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { LabelledSelect } from '../kit/labelled-select.tsx';
import { Problem } from '../kit/problem.tsx';
import { TextField } from '../kit/text-field.tsx';

const words = strings.models.form;
const usual: Readonly<Record<ModelServiceKind, string>> = {
  openai: 'https://api.openai.com/v1',
  ollama: 'http://127.0.0.1:11434',
};
/** As the server reads them. */
const shapes = { model: /^[\x21-\x7e]{1,200}$/, tokens: /^(?:[1-9]\d{0,11})?$/ };
const empty = { name: '', model: '', key: '', tokens: '' };

export function ModelServiceForm() {
  const [kind, setKind] = useState<ModelServiceKind>('openai');
  const [url, setUrl] = useState(usual.openai);
  const [typed, setTyped] = useState(empty);
  const [wrong, setWrong] = useState<string | null>(null);
  const set = (more: Partial<typeof empty>): void => setTyped((before) => ({ ...before, ...more }));
  const add = useAccountAction(
    () =>
      api.putModelService({
        params: { name: typed.name },
        body: {
          kind,
          baseUrl: url,
          model: typed.model,
          key: typed.key.trim() === '' ? null : typed.key.trim(),
          monthlyTokens: typed.tokens === '' ? null : Number(typed.tokens),
        },
      }),
    () => setTyped(empty),
  );
  const choose = (chosen: ModelServiceKind | undefined): void => {
    if (chosen === undefined) return;
    if (url === usual[kind]) setUrl(usual[chosen]);
    setKind(chosen);
  };
  const fault = (): string | null => {
    if (!UpstreamName.safeParse(typed.name).success) return strings.connections.nameWrong;
    if (!UpstreamUrl.safeParse(url).success) return strings.connections.urlWrong;
    if (!shapes.model.test(typed.model)) return words.modelWrong;
    return shapes.tokens.test(typed.tokens) ? null : words.tokensWrong;
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = fault();
    setWrong(found);
    if (found === null) add.mutate();
  };
  return (
    <form className="card form" onSubmit={submit}>
      <h3>{words.title}</h3>
      <p className="note">{words.lead}</p>
      <LabelledSelect
        className="field"
        label={strings.connections.kind}
        value={kind}
        options={modelServiceKinds.map((one) => [one, words.kinds[one]] as const)}
        onChange={choose}
      />
      <TextField
        label={strings.connections.name}
        help={strings.connections.nameHelp}
        required
        value={typed.name}
        onChange={(name) => set({ name })}
      />
      <TextField label={strings.connections.url} type="url" required value={url} onChange={setUrl} />
      <TextField
        label={words.model}
        help={words.modelHelp}
        required
        value={typed.model}
        onChange={(model) => set({ model })}
      />
      <TextField
        label={strings.connections.key}
        help={strings.connections.keyHelp}
        type="password"
        value={typed.key}
        onChange={(key) => set({ key })}
      />
      <TextField
        label={words.tokens}
        help={words.tokensHelp}
        value={typed.tokens}
        onChange={(tokens) => set({ tokens: tokens.replace(/[\s.,'’_]/g, '') })}
      />
      <p role="alert" className="wrong">
        {wrong}
      </p>
      {add.error !== null && <Problem error={add.error} />}
      <button type="submit" className="primary" disabled={add.isPending}>
        {add.isPending ? strings.connections.saving : strings.connections.save}
      </button>
    </form>
  );
}
