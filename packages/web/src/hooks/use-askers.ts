/** What the sessions that asked for contexts are called. One that is over is said to be: nobody knows its name any more. */
import { useQuery } from '@tanstack/react-query';
import { sessionsQuery } from '../api/identity-queries.ts';
import { strings } from '../strings.ts';

const words = strings.records;

export interface Asking {
  readonly id: string;
  readonly name: string;
}

export function useAskers(): { all: readonly Asking[]; nameOf: (id: string) => string } {
  const { data } = useQuery(sessionsQuery);
  const all = (data ?? []).map(({ id, kind, name, clientName, clientId, current }): Asking => {
    if (current) return { id, name: words.thisOne };
    if (kind === 'oauth') return { id, name: clientName ?? clientId ?? strings.sessions.unnamed.oauth };
    if (kind === 'pat') return { id, name: name ?? words.token };
    return { id, name: kind === 'cookie' ? words.browser : words.cli };
  });
  return { all, nameOf: (id) => all.find((one) => one.id === id)?.name ?? (data === undefined ? '' : words.ended) };
}
