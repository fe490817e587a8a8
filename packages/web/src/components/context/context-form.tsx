/** The message a context is for, its recipe, and every setting of the engine, folded. A draft until it is sent into the address. */
import type { Recipe } from '@vivim/contract/recipe';
import { budgetLimits } from '@vivim/contract/recipe-words';
import { type FormEvent, useState } from 'react';
import { type ContextAddress, settingsSet } from '../../api/context-address.ts';
import { present } from '../../api/search-filters.ts';
import { number } from '../../count.ts';
import { useTyping } from '../../hooks/use-presence.ts';
import { strings } from '../../strings.ts';
import { SettingsFields } from './settings-fields.tsx';

const words = strings.context;

interface Props {
  /** What stands in the address. */
  address: ContextAddress;
  recipes: readonly Recipe[];
  busy: boolean;
  onAsk: (address: ContextAddress) => void;
}

export function ContextForm({ address, recipes, busy, onAsk }: Props) {
  const [draft, setDraft] = useState<ContextAddress>(address);
  const [sent, setSent] = useState(address);
  // The address moved by another hand: a link, the way back, a line that was pinned.
  if (sent !== address) {
    setSent(address);
    setDraft(address);
  }
  const change = (more: { [K in keyof ContextAddress]: ContextAddress[K] | undefined }): void =>
    setDraft((now) => present<ContextAddress>({ ...now, ...more }));
  const query = draft.q ?? '';
  useTyping(query === address.q ? '' : query, address.conversation);
  const recipe = recipes.find(({ name }) => name === (draft.recipe ?? recipes[0]?.name));
  const set = settingsSet(draft);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // Another question is another matter: what was left out of this one or pinned into it stays with it.
    const { out: _, pin: __, ...settings } = draft;
    onAsk({ ...(query === address.q ? draft : settings), q: query.trim() });
  };
  return (
    <form className="card context-form" onSubmit={submit}>
      <label className="field wide">
        <span>{words.query}</span>
        <textarea
          rows={2}
          maxLength={100_000}
          value={query}
          placeholder={words.placeholder}
          onChange={(event) => change({ q: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
      </label>
      <div className="context-bar">
        <label className="field">
          <span>{words.recipe}</span>
          <select
            value={draft.recipe ?? recipes[0]?.name ?? ''}
            onChange={({ target }) => change({ recipe: target.value === recipes[0]?.name ? undefined : target.value })}
          >
            {recipes.map(({ name, builtIn }, i) => (
              <option key={name} value={name}>
                {i === 0 ? `${name} (${words.usual})` : builtIn ? `${name} (${words.builtIn})` : name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{words.budget}</span>
          <input
            type="number"
            min={budgetLimits.min}
            max={budgetLimits.max}
            step={1}
            value={draft.budget ?? ''}
            placeholder={number(recipe?.settings.budget ?? budgetLimits.default)}
            aria-describedby="budget-help"
            onChange={({ target }) =>
              change({ budget: Number.isNaN(target.valueAsNumber) ? undefined : target.valueAsNumber })
            }
          />
        </label>
        <button type="submit" className="primary" disabled={busy}>
          {busy ? words.compiling : words.compile}
        </button>
      </div>
      <p id="budget-help" className="visually-hidden">
        {words.budget}: {words.budgetHelp(number(budgetLimits.min), number(budgetLimits.max))}.
      </p>
      {recipe !== undefined && recipe.description !== '' && (
        <p className="note" dir="auto">
          <span lang={recipe.builtIn ? 'en' : undefined}>{recipe.description}.</span>
        </p>
      )}
      <details className="settings">
        <summary>{set === 0 ? words.more : words.moreSet(set)}</summary>
        <SettingsFields draft={draft} recipe={recipe} onChange={change} />
      </details>
    </form>
  );
}
