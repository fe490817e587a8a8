/** Makes a token: what it is for, what it may do, how long, and from where. */
import type { Me } from '@vivim/contract/account';
import { type GrantableScope, grantableScopes } from '@vivim/contract/identity';
import { uuidv7 } from '@vivim/contract/random';
import { sealName } from '@vivim/contract/sealing';
import { maxTokenDays, type NewToken, TokenRequest } from '@vivim/contract/sessions';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { number } from '../../count.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useNameKey } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';
import { DeviceNameField } from '../identity/device-name-field.tsx';
import { Problem } from '../kit/problem.tsx';
import { ScopeChoices } from './scope-choices.tsx';

const words = strings.tokens;
/** Nothing is shared between people yet: a token for that would open nothing. */
const offered = grantableScopes.filter((scope) => !scope.startsWith('share:'));
const isNetwork = (text: string): boolean => TokenRequest.shape.network.safeParse(text).success;

export function TokenForm({ me, onMade }: { me: Me; onMade: (made: NewToken) => void }) {
  const nameKey = useNameKey(me);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly GrantableScope[]>(['memory:read']);
  const [days, setDays] = useState('30');
  const [network, setNetwork] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const make = useAccountAction(async () => {
    const id = uuidv7();
    const title = name.trim() === '' ? words.nameDefault : name.trim();
    const key = await nameKey();
    const named = key === null ? {} : { nameCt: await sealName(key, title, id) };
    const from = network.trim() === '' ? {} : { network: network.trim() };
    return api.createToken({ body: { id, scopes: [...scopes], days: Number(days), ...named, ...from } });
  }, onMade);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const fault =
      scopes.length === 0
        ? words.scopesNone
        : network.trim() !== '' && !isNetwork(network.trim())
          ? words.networkWrong
          : null;
    setWrong(fault);
    if (fault === null) make.mutate();
  };
  return (
    <form className="card form" onSubmit={submit}>
      <h2>{words.make}</h2>
      <DeviceNameField label={words.name} placeholder={words.namePlaceholder} name={name} onName={setName} />
      <ScopeChoices legend={words.scopes} all={offered} chosen={scopes} onChosen={setScopes} />
      <label className="field short">
        <span>{words.days}</span>
        <input
          type="number"
          min={1}
          max={maxTokenDays}
          required
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
        <small>{words.daysHelp(number(maxTokenDays))}</small>
      </label>
      <label className="field">
        <span>{words.network}</span>
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={network}
          onChange={(event) => setNetwork(event.target.value)}
        />
        <small>{words.networkHelp}</small>
      </label>
      <p role="alert" className="wrong">
        {wrong}
      </p>
      {make.error !== null && <Problem error={make.error} />}
      <button type="submit" className="primary" disabled={make.isPending}>
        {make.isPending ? words.making : words.make}
      </button>
    </form>
  );
}
