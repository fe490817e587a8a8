/** Where a person gives the public name of an account. */
import { strings } from '../../strings.ts';

interface Props {
  help: string;
  account: string;
  onAccount: (account: string) => void;
}

export function AccountField({ help, account, onAccount }: Props) {
  return (
    <label className="field">
      <span>{strings.join.account}</span>
      <input
        type="text"
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="did:key:z6Mk…"
        value={account}
        onChange={(event) => onAccount(event.target.value)}
      />
      <small>{help}</small>
    </label>
  );
}
