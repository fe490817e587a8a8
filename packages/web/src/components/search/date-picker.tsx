/** A range of days: a few that are asked for often, the years there are, or any two days. */

import { systemClock } from '@vivim/contract/clock';
import { type FormEvent, useState } from 'react';
import { dayAfter, type SearchFilters } from '../../api/search-filters.ts';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';

type Range = { from: string | undefined; to: string | undefined };

interface Props {
  filters: SearchFilters;
  first: string | null;
  last: string | null;
  onPick: (range: Range) => void;
}

/** Years offered at most, the last first. */
const mostYears = 6;

const today = (): string => new Date(systemClock()).toLocaleDateString('sv-SE');
const shownDay = (date: string): string => day(`${date}T12:00:00`);

/** In words, or null where no day is chosen. */
export function rangeName({ from, to }: SearchFilters): string | null {
  const until = to === undefined ? undefined : dayAfter(to, -1);
  if (from !== undefined && until !== undefined) {
    const [year = ''] = from.split('-');
    if (from === `${year}-01-01` && until === `${year}-12-31`) return year;
    return from === until ? shownDay(from) : strings.search.between(shownDay(from), shownDay(until));
  }
  if (from !== undefined) return strings.search.since(shownDay(from));
  return until === undefined ? null : strings.search.upTo(shownDay(until));
}

export function DatePicker({ filters, first, last, onPick }: Props) {
  const [from, setFrom] = useState(filters.from ?? '');
  const [until, setUntil] = useState(filters.to === undefined ? '' : dayAfter(filters.to, -1));
  const now = today();
  const year = Number(now.slice(0, 4));
  const { presets } = strings.search;
  const quick: readonly (readonly [string, Range])[] = [
    [presets.week, { from: dayAfter(now, -6), to: undefined }],
    [presets.month, { from: dayAfter(now, -29), to: undefined }],
    [presets.quarter, { from: dayAfter(now, -89), to: undefined }],
    [presets.year, { from: `${year}-01-01`, to: undefined }],
  ];
  const years = yearsBetween(first, last).filter((one) => one !== year);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onPick({ from: from === '' ? undefined : from, to: until === '' ? undefined : dayAfter(until) });
  };
  return (
    <form className="date-picker" onSubmit={submit}>
      <div className="chips">
        {quick.map(([name, range]) => (
          <button type="button" className="small" key={name} onClick={() => onPick(range)}>
            {name}
          </button>
        ))}
        {years.map((one) => (
          <button
            type="button"
            className="small"
            key={one}
            onClick={() => onPick({ from: `${one}-01-01`, to: `${one + 1}-01-01` })}
          >
            {String(one)}
          </button>
        ))}
      </div>
      <div className="date-fields">
        <label className="field">
          <span>{strings.search.from}</span>
          <input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label className="field">
          <span>{strings.search.until}</span>
          <input type="date" value={until} min={from} onChange={(event) => setUntil(event.target.value)} />
        </label>
      </div>
      <button type="submit" className="primary">
        {strings.search.apply}
      </button>
    </form>
  );
}

function yearsBetween(first: string | null, last: string | null): number[] {
  if (first === null || last === null) return [];
  const [begin, end] = [first, last].map((one) => Number(one.slice(0, 4))) as [number, number];
  return Array.from({ length: Math.min(mostYears, Math.max(0, end - begin + 1)) }, (_, i) => end - i);
}
