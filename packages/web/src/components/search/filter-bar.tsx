/** The filters of a search: each a button that says what there is, and what is chosen, with the way to take it off. */
import { useQuery } from '@tanstack/react-query';
import type { SearchChoices } from '@vivim/contract/search-choices';
import { present, type SearchFilters } from '../../api/search-filters.ts';
import { searchChoicesQuery } from '../../api/search-queries.ts';
import { strings } from '../../strings.ts';
import type { Changed } from './changed.ts';
import { DatePicker, rangeName } from './date-picker.tsx';
import { FilterChip, FilterPill } from './filter-pill.tsx';
import { MoreFilters } from './more-filters.tsx';
import { languageName } from './names.ts';
import { Picker } from './picker.tsx';

interface Props {
  filters: SearchFilters;
  /** Beyond filters: the message that more like it is looked for. */
  like: boolean;
  onChange: (changed: Changed) => void;
  onClear: (what: 'like' | 'all') => void;
}

const none: SearchChoices = {
  sources: [],
  models: [],
  languages: { prose: [], code: [] },
  tags: [],
  projects: [],
  topics: [],
  entities: [],
  firstAt: null,
  lastAt: null,
};

export function FilterBar({ filters, like, onChange, onClear }: Props) {
  const choices = useQuery(searchChoicesQuery(filters)).data ?? none;
  const set = (changed: Changed) => onChange(present<SearchFilters>({ ...filters, ...changed }));
  const words = strings.search;
  const { topics, entities, projects } = choices;
  const nameOf = <T extends { id: string }>(
    all: readonly T[],
    id: string | undefined,
    name: (one: T) => string | null,
  ) => {
    const found = all.find((one) => one.id === id);
    return id === undefined ? null : found === undefined ? '…' : (name(found) ?? words.unnamed);
  };
  const count = Object.keys(filters).length + (like ? 1 : 0);
  return (
    <fieldset className="filter-bar">
      <legend className="visually-hidden">{words.filters}</legend>
      {like && <FilterChip name={words.like} onRemove={() => onClear('like')} />}
      {filters.conversation !== undefined && (
        <FilterChip name={words.thisConversation} onRemove={() => set({ conversation: undefined })} />
      )}
      <FilterPill
        name={words.source}
        value={filters.source === undefined ? null : strings.sources[filters.source]}
        onRemove={() => set({ source: undefined })}
      >
        {(close) => (
          <Picker
            name={words.source}
            options={choices.sources.map(({ source, conversations }) => ({
              value: source,
              label: strings.sources[source],
              count: conversations,
            }))}
            chosen={filters.source}
            onPick={(source) => close(() => set({ source }))}
          />
        )}
      </FilterPill>
      <FilterPill name={words.when} value={rangeName(filters)} onRemove={() => set({ from: undefined, to: undefined })}>
        {(close) => (
          <DatePicker
            filters={filters}
            first={choices.firstAt}
            last={choices.lastAt}
            onPick={(range) => close(() => set(range))}
          />
        )}
      </FilterPill>
      <FilterPill
        name={words.role}
        value={filters.role === undefined ? null : strings.roles[filters.role]}
        onRemove={() => set({ role: undefined })}
      >
        {(close) => (
          <Picker
            name={words.role}
            options={(['user', 'assistant'] as const).map((role) => ({ value: role, label: strings.roles[role] }))}
            chosen={filters.role}
            onPick={(role) => close(() => set({ role }))}
          />
        )}
      </FilterPill>
      <FilterPill
        name={words.topic}
        value={nameOf(topics, filters.topic, ({ label }) => label)}
        onRemove={() => set({ topic: undefined })}
      >
        {(close) => (
          <Picker
            name={words.topic}
            options={topics.map(({ id, label, conversations }) => ({ value: id, label, count: conversations }))}
            more={(found) =>
              found.topics.map(({ id, label, conversations }) => ({ value: id, label, count: conversations }))
            }
            chosen={filters.topic}
            onPick={(topic) => close(() => set({ topic }))}
          />
        )}
      </FilterPill>
      <FilterPill
        name={words.entity}
        value={nameOf(entities, filters.entity, ({ name }) => name)}
        onRemove={() => set({ entity: undefined })}
      >
        {(close) => (
          <Picker
            name={words.entity}
            options={entities.map(({ id, name, conversations }) => ({ value: id, label: name, count: conversations }))}
            more={(found) =>
              found.entities.map(({ id, name, conversations }) => ({ value: id, label: name, count: conversations }))
            }
            chosen={filters.entity}
            onPick={(entity) => close(() => set({ entity }))}
          />
        )}
      </FilterPill>
      {(choices.tags.length > 0 || filters.tag !== undefined) && (
        <FilterPill name={words.tag} value={filters.tag ?? null} onRemove={() => set({ tag: undefined })}>
          {(close) => (
            <Picker
              name={words.tag}
              options={choices.tags.map(({ tag, conversations }) => ({ value: tag, label: tag, count: conversations }))}
              chosen={filters.tag}
              onPick={(tag) => close(() => set({ tag }))}
            />
          )}
        </FilterPill>
      )}
      {(projects.length > 0 || filters.project !== undefined) && (
        <FilterPill
          name={words.project}
          value={nameOf(projects, filters.project, ({ name }) => name)}
          onRemove={() => set({ project: undefined })}
        >
          {(close) => (
            <Picker
              name={words.project}
              options={projects.map(({ id, name }) => ({ value: id, label: name ?? words.unnamed }))}
              more={(found) => found.projects.map(({ id, name }) => ({ value: id, label: name ?? words.unnamed }))}
              chosen={filters.project}
              onPick={(project) => close(() => set({ project }))}
            />
          )}
        </FilterPill>
      )}
      {filters.model !== undefined && (
        <FilterChip name={words.chip(words.model, filters.model)} onRemove={() => set({ model: undefined })} />
      )}
      {filters.type !== undefined && (
        <FilterChip
          name={words.chip(words.type, words.types[filters.type])}
          onRemove={() => set({ type: undefined })}
        />
      )}
      {filters.language !== undefined && (
        <FilterChip
          name={words.chip(words.language, languageName(filters.language))}
          onRemove={() => set({ language: undefined })}
        />
      )}
      {filters.symbol !== undefined && (
        <FilterChip name={words.chip(words.symbol, filters.symbol)} onRemove={() => set({ symbol: undefined })} />
      )}
      {filters.asOf !== undefined && (
        <FilterChip name={words.chip(words.asOfChip, filters.asOf)} onRemove={() => set({ asOf: undefined })} />
      )}
      {filters.liveOnly !== undefined && (
        <FilterChip name={words.liveOnly} onRemove={() => set({ liveOnly: undefined })} />
      )}
      {filters.branches !== undefined && (
        <FilterChip name={words.branches} onRemove={() => set({ branches: undefined })} />
      )}
      <MoreFilters filters={filters} choices={choices} onChange={set} />
      {count > 1 && (
        <button type="button" className="quiet clear-all" onClick={() => onClear('all')}>
          {words.removeAll}
        </button>
      )}
    </fieldset>
  );
}
