/** What somebody else may do, a sentence for each scope, to be ticked. */
import type { GrantableScope } from '@vivim/contract/identity';
import { strings } from '../../strings.ts';

interface Props {
  legend: string;
  help?: string;
  /** Under each, in plain words what it comes to. */
  means?: Readonly<Record<GrantableScope, string>>;
  all: readonly GrantableScope[];
  chosen: readonly GrantableScope[];
  onChosen: (scopes: GrantableScope[]) => void;
}

export function ScopeChoices({ legend, help, means, all, chosen, onChosen }: Props) {
  const toggle = (scope: GrantableScope): void =>
    onChosen(all.filter((one) => (one === scope ? !chosen.includes(one) : chosen.includes(one))));
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {help !== undefined && <small>{help}</small>}
      {all.map((scope) => (
        <label key={scope}>
          <input type="checkbox" checked={chosen.includes(scope)} onChange={() => toggle(scope)} />
          <span>
            {strings.scopes[scope]}
            {means !== undefined && <small className="scope-means">{means[scope]}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
