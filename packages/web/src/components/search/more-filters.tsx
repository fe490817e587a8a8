/** Filters that are wanted seldom, in one panel. */
import { acuTypes } from '@vivim/contract/acu-words';
import type { SearchChoices } from '@vivim/contract/search-choices';
import { type FormEvent, useState } from 'react';
import type { SearchFilters } from '../../api/search-filters.ts';
import { strings } from '../../strings.ts';
import { Popover } from '../kit/popover.tsx';
import { Switch } from '../kit/switch.tsx';
import type { Changed } from './changed.ts';
import { languageName } from './names.ts';

interface Props {
  filters: SearchFilters;
  choices: SearchChoices;
  onChange: (changed: Changed) => void;
}

const orNone = (value: string): string | undefined => (value === '' ? undefined : value);

/** Kinds of units one looks for; reasoning is in no unit that is found. */
const kinds = acuTypes.filter((type) => type !== 'reasoning');

export function MoreFilters({ filters, choices, onChange }: Props) {
  const words = strings.search;
  const { models, languages } = choices;
  return (
    <Popover
      label={words.moreFilters}
      align="end"
      trigger={
        <button type="button" className="pill-more">
          {words.moreFilters}
        </button>
      }
    >
      <div className="more-filters">
        <div className="more-pairs">
          <label className="field">
            <span>{words.type}</span>
            <select
              value={filters.type ?? ''}
              onChange={(event) => onChange({ type: kinds.find((type) => type === event.target.value) })}
            >
              <option value="">–</option>
              {kinds.map((type) => (
                <option key={type} value={type}>
                  {words.types[type]}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{words.language}</span>
            <select
              value={filters.language ?? ''}
              onChange={(event) => onChange({ language: orNone(event.target.value) })}
            >
              <option value="">–</option>
              <Languages label={words.prose} all={languages.prose} />
              <Languages label={words.code} all={languages.code} />
            </select>
          </label>
          <label className="field">
            <span>{words.model}</span>
            <select value={filters.model ?? ''} onChange={(event) => onChange({ model: orNone(event.target.value) })}>
              <option value="">–</option>
              {models.map((model) => (
                <option key={model} value={model}>
                  {model}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{words.asOf}</span>
            <input
              type="date"
              title={words.asOfHelp}
              value={filters.asOf ?? ''}
              onChange={(event) => onChange({ asOf: orNone(event.target.value) })}
            />
          </label>
        </div>
        <SymbolField symbol={filters.symbol ?? ''} onSymbol={(symbol) => onChange({ symbol: orNone(symbol) })} />
        <div>
          <Switch
            label={words.branches}
            help={words.branchesHelp}
            checked={filters.branches === 'all'}
            onChange={(on) => onChange({ branches: on ? 'all' : undefined })}
          />
          <Switch
            label={words.liveOnly}
            help={words.liveOnlyHelp}
            checked={filters.liveOnly === 'true'}
            onChange={(on) => onChange({ liveOnly: on ? 'true' : undefined })}
          />
        </div>
      </div>
    </Popover>
  );
}

const Languages = ({ label, all }: { label: string; all: readonly string[] }) =>
  all.length === 0 ? null : (
    <optgroup label={label}>
      {all.map((language) => (
        <option key={language} value={language}>
          {languageName(language)}
        </option>
      ))}
    </optgroup>
  );

function SymbolField({ symbol, onSymbol }: { symbol: string; onSymbol: (symbol: string) => void }) {
  const [typed, setTyped] = useState(symbol);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSymbol(typed.trim());
  };
  return (
    <form className="symbol-field" onSubmit={submit}>
      <label className="field">
        <span>{strings.search.symbolLabel}</span>
        <input
          spellCheck={false}
          autoCapitalize="none"
          maxLength={128}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          aria-describedby="symbol-help"
        />
      </label>
      <button type="submit">{strings.search.apply}</button>
      <small id="symbol-help" className="symbol-help">
        {strings.search.symbolHelp}
      </small>
    </form>
  );
}
