/** The filters of the list: those in force as chips that can be taken away, the others in a panel, and the order. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ArchivedChoice, ConversationFacets, ConversationSort } from '@vivim/contract/conversation-list';
import { archivedChoices, conversationSorts } from '@vivim/contract/conversation-list-words';
import type { ReactNode } from 'react';
import { type ConversationFilters, narrowing } from '../../api/conversation-filters.ts';
import { entityQuery, projectsQuery, topicQuery, topicsQuery } from '../../api/queries.ts';
import { present } from '../../api/search-filters.ts';
import { projectName } from '../../project-name.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { LabelledSelect } from '../kit/labelled-select.tsx';
import { Popover } from '../kit/popover.tsx';
import { Switch } from '../kit/switch.tsx';

const words = strings.conversations;
/** Topics one can choose among here; any other is chosen on its own page. */
const topicsOffered = 50;

interface Props {
  filters: ConversationFilters;
  facets: ConversationFacets | undefined;
  onChange: (filters: ConversationFilters) => void;
}

function Select(props: {
  label: string;
  any: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onChange: (value: string | undefined) => void;
}) {
  const { label, any, value, options, onChange } = props;
  // What is in force stands among the choices whether or not it is known here.
  const known =
    value === undefined || options.some(([one]) => one === value) ? options : [[value, value] as const, ...options];
  return (
    <LabelledSelect className="filter" label={label} value={value} options={known} none={any} onChange={onChange} />
  );
}

function Panel({ filters, facets, onChange }: Props) {
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const topics = useInfiniteQuery(topicsQuery(topicsOffered)).data?.pages[0]?.items ?? [];
  const set = (change: { [K in keyof ConversationFilters]?: ConversationFilters[K] | undefined }): void =>
    onChange(present<ConversationFilters>({ ...filters, ...change } as ConversationFilters));
  return (
    <div className="filter-panel">
      <Select
        label={words.source}
        any={words.anySource}
        value={filters.source}
        options={(facets?.sources ?? []).map(({ value, conversations }) => [
          value,
          words.ofN(strings.sources[value], conversations),
        ])}
        onChange={(source) => set({ source: source as ConversationFilters['source'] })}
      />
      <Select
        label={words.model}
        any={words.anyModel}
        value={filters.model}
        options={(facets?.models ?? []).map(({ value, conversations }) => [value, words.ofN(value, conversations)])}
        onChange={(model) => set({ model })}
      />
      <Select
        label={words.tag}
        any={words.anyTag}
        value={filters.tag}
        options={(facets?.tags ?? []).map(({ value, conversations }) => [value, words.ofN(value, conversations)])}
        onChange={(tag) => set({ tag })}
      />
      {projects.length > 0 && (
        <Select
          label={words.project}
          any={words.anyProject}
          value={filters.project}
          options={projects.map((one) => [one.id, projectName(one)])}
          onChange={(project) => set({ project })}
        />
      )}
      <Select
        label={words.topic}
        any={words.anyTopic}
        value={filters.topic}
        options={topics.map(({ id, label }) => [id, label])}
        onChange={(topic) => set({ topic })}
      />
      <div className="filter-dates">
        <label className="filter">
          <span>{words.from}</span>
          <input
            type="date"
            value={filters.from ?? ''}
            onChange={(event) => set({ from: event.target.value || undefined })}
          />
        </label>
        <label className="filter">
          <span>{words.to}</span>
          <input
            type="date"
            value={filters.to ?? ''}
            onChange={(event) => set({ to: event.target.value || undefined })}
          />
        </label>
      </div>
      <label className="filter">
        <span>{words.archived}</span>
        <select
          value={filters.archived ?? 'hide'}
          onChange={(event) => {
            const choice = event.target.value as ArchivedChoice;
            set({ archived: choice === 'hide' ? undefined : choice });
          }}
        >
          {archivedChoices.map((choice) => (
            <option key={choice} value={choice}>
              {words.archivedChoices[choice]}
            </option>
          ))}
        </select>
      </label>
      <Switch
        label={facets === undefined ? words.bookmarked : words.ofN(words.bookmarked, facets.bookmarked)}
        checked={filters.bookmarked !== undefined}
        onChange={(on) => set({ bookmarked: on ? 'true' : undefined })}
      />
      <Switch
        label={facets === undefined ? words.noted : words.ofN(words.noted, facets.noted)}
        checked={filters.noted !== undefined}
        onChange={(on) => set({ noted: on ? 'true' : undefined })}
      />
    </div>
  );
}

/** The name of what an id in the address stands for: asked for beside the list. */
function useNames(filters: ConversationFilters) {
  const { topic = '', entity = '', project } = filters;
  const topicName = useQuery({ ...topicQuery(topic), enabled: topic !== '' }).data?.label;
  const entityName = useQuery({ ...entityQuery(entity), enabled: entity !== '' }).data?.name;
  const found = useQuery(projectsQuery).data?.items.find(({ id }) => id === project);
  return {
    topic: topicName,
    entity: entityName,
    project: found === undefined ? undefined : projectName(found),
  };
}

export function ConversationFiltersBar({ filters, facets, onChange }: Props): ReactNode {
  const names = useNames(filters);
  const label = (name: keyof ConversationFilters): string => {
    if (name === 'bookmarked' || name === 'noted') return words[name];
    if (name === 'archived') return words.archivedChoices[filters.archived ?? 'hide'];
    if (name === 'source' && filters.source !== undefined) return strings.sources[filters.source];
    if (name === 'topic' || name === 'entity' || name === 'project') return `${words[name]}: ${names[name] ?? '…'}`;
    return name === 'sort' ? '' : `${words[name]}: ${filters[name]}`;
  };
  const active = narrowing(filters);
  const { sort: order } = filters;
  return (
    <div className="filters-bar">
      <Popover
        label={words.filters}
        trigger={
          <button type="button">
            {words.filters}
            {active.length > 0 && ` (${active.length})`}
          </button>
        }
      >
        <Panel filters={filters} facets={facets} onChange={onChange} />
      </Popover>
      <ul className="chips" aria-label={words.active}>
        {active.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="chip removable"
              aria-label={words.remove(label(name))}
              onClick={() =>
                onChange(present<ConversationFilters>({ ...filters, [name]: undefined } as ConversationFilters))
              }
            >
              <span dir="auto">{label(name)}</span>
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <span className="filters-end">
        {facets !== undefined && <span className="meta">{words.total(facets.matching)}</span>}
        <label className="filter inline">
          <span className="visually-hidden">{words.sort}</span>
          <select
            value={order ?? 'latest'}
            onChange={(event) => {
              const chosen = event.target.value as ConversationSort;
              onChange(
                present<ConversationFilters>({
                  ...filters,
                  sort: chosen === 'latest' ? undefined : chosen,
                } as ConversationFilters),
              );
            }}
          >
            {conversationSorts.map((sort) => (
              <option key={sort} value={sort}>
                {words.sorts[sort]}
              </option>
            ))}
          </select>
        </label>
      </span>
    </div>
  );
}
