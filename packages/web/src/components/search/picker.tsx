/** A list of what there is to choose, with a field that narrows it where it is long. */
import { useQuery } from '@tanstack/react-query';
import type { SearchChoices } from '@vivim/contract/search-choices';
import { useDeferredValue, useState } from 'react';
import { searchChoicesQuery } from '../../api/search-queries.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly count?: number;
}

interface Props<T extends string> {
  name: string;
  options: readonly Option<T>[];
  /** Where the options are not all there are: those among what the server finds. */
  more?: (found: SearchChoices) => readonly Option<T>[];
  chosen: T | undefined;
  onPick: (value: T) => void;
}

/** From so many options on they are not seen at once. */
const seenAtOnce = 8;

export function Picker<T extends string>({ name, options, more, chosen, onPick }: Props<T>) {
  const [typed, setTyped] = useState('');
  const find = useDeferredValue(typed.trim().toLowerCase());
  const asked = useQuery({ ...searchChoicesQuery({}, find), enabled: more !== undefined && find !== '' });
  const shown =
    find === ''
      ? options
      : more !== undefined && asked.data !== undefined
        ? more(asked.data)
        : options.filter(({ label }) => label.toLowerCase().includes(find));
  return (
    <div className="picker">
      {(options.length > seenAtOnce || typed !== '') && (
        <input
          type="search"
          aria-label={strings.search.findAmong(name)}
          placeholder={strings.search.findAmong(name)}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {shown.length === 0 && (
        <p className="note">{typed === '' ? strings.search.noChoice : strings.search.noChoiceNamed}</p>
      )}
      <ul className="picker-options">
        {shown.map(({ value, label, count }) => (
          <li key={value}>
            <button type="button" aria-pressed={value === chosen} onClick={() => onPick(value)}>
              <bdi>{label}</bdi>
              {value === chosen ? (
                <Icon name="check" />
              ) : (
                count !== undefined && <small className="picker-count">{strings.search.conversations(count)}</small>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
