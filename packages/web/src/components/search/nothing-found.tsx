/** Nothing was found: what would find more, each at one press. */
import { present, type SearchAddress } from '../../api/search-filters.ts';
import { strings } from '../../strings.ts';
import { Empty } from '../kit/empty.tsx';

interface Props {
  asked: SearchAddress;
  go: (asked: SearchAddress) => void;
  /** What is quoted and nothing holds. */
  unheld: readonly string[];
}

/** Signs that demand or refuse. */
const signs = /["“”„«»*()]|(?<!\S)[-+](?=\S)|\b(?:AND|OR|NOT)\b|\b(?:symbol|lang|language|type|source|role):\S+/gu;

const plainOf = (q: string): string => q.replace(signs, ' ').replace(/\s+/gu, ' ').trim();

const names: Readonly<Partial<Record<keyof SearchAddress, string>>> = {
  source: strings.search.source,
  role: strings.search.role,
  topic: strings.search.topic,
  entity: strings.search.entity,
  project: strings.search.project,
  model: strings.search.model,
  type: strings.search.type,
  language: strings.search.language,
  symbol: strings.search.symbol,
  asOf: strings.search.asOfChip,
  liveOnly: strings.search.liveOnly,
  conversation: strings.search.thisConversation,
};

export function NothingFound({ asked, go, unheld }: Props) {
  const { q = '', from, to, branches, mode } = asked;
  const plain = plainOf(q);
  const filtered = (Object.keys(names) as (keyof SearchAddress)[]).filter((name) => asked[name] !== undefined);
  const without = (...left: (keyof SearchAddress)[]) =>
    go(present<SearchAddress>({ ...asked, ...Object.fromEntries(left.map((name) => [name, undefined])) }));
  const dated = from !== undefined || to !== undefined;
  return (
    <Empty
      icon="search"
      title={filtered.length > 0 || dated ? strings.search.noneFiltered : strings.search.none}
      text={unheld.length > 0 ? strings.search.unheld(unheld) : strings.search.noneText}
    >
      <ul className="chips suggestions">
        {dated && (
          <li>
            <button type="button" onClick={() => without('from', 'to')}>
              {strings.search.tryWithout(strings.search.when)}
            </button>
          </li>
        )}
        {filtered.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => without(name)}>
              {strings.search.tryWithout(names[name] ?? name)}
            </button>
          </li>
        ))}
        {plain !== q && plain !== '' && (
          <li>
            <button type="button" onClick={() => go({ ...asked, q: plain })}>
              {strings.search.tryPlain}
            </button>
          </li>
        )}
        {mode !== undefined && (
          <li>
            <button type="button" onClick={() => without('mode')}>
              {strings.search.tryMeaning}
            </button>
          </li>
        )}
        {branches === undefined && q !== '' && (
          <li>
            <button type="button" onClick={() => go({ ...asked, branches: 'all' })}>
              {strings.search.tryBranches}
            </button>
          </li>
        )}
      </ul>
      <p>{strings.search.tryWords}</p>
    </Empty>
  );
}
