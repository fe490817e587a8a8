/** What those are called who asked: applications by the name they came with, others by their session, said to be over when it is. */
import { useQuery } from '@tanstack/react-query';
import type { AskedSummary } from '@vivim/contract/asked';
import { askersQuery } from '../api/context-queries.ts';
import { sessionsQuery } from '../api/identity-queries.ts';
import type { RecordFilters } from '../api/record-filters.ts';
import { strings } from '../strings.ts';

const words = strings.records;

export interface Asking {
  /** Among all of them. */
  readonly id: string;
  readonly name: string;
  readonly only: Pick<RecordFilters, 'app' | 'session'>;
}

type Asker = Pick<AskedSummary, 'application' | 'sessionId'>;

export function useAskerName(): (asker: Asker) => string {
  const sessions = useQuery(sessionsQuery).data;
  return ({ application, sessionId }) => {
    if (application !== null) return application;
    if (sessions === undefined) return '';
    const session = sessions.find(({ id }) => id === sessionId);
    if (session === undefined) return words.ended;
    if (session.current) return words.thisOne;
    if (session.kind === 'oauth') return session.clientName ?? session.clientId ?? strings.sessions.unnamed.oauth;
    if (session.kind === 'pat') return session.name ?? words.token;
    return session.kind === 'cookie' ? words.browser : words.cli;
  };
}

/** Those of them who are no browser or command of one's own: AIs, applications, tokens. What asked over MCP is an AI, by whose key ever. */
export function useConnected(): <Who extends Asker & Pick<AskedSummary, 'way'>>(askers: readonly Who[]) => Who[] {
  const sessions = useQuery(sessionsQuery).data;
  const isToken = (id: string): boolean => sessions?.find((session) => session.id === id)?.kind === 'pat';
  return (askers) =>
    askers.filter(({ application, way, sessionId }) => way === 'mcp' || application !== null || isToken(sessionId));
}

/** All who asked, the latest first. Who has no name before the sessions are known is no choice until then. */
export function useAskers(): readonly Asking[] {
  const nameOf = useAskerName();
  return (useQuery(askersQuery).data ?? []).flatMap((asker): Asking[] => {
    const { application, sessionId } = asker;
    const name = nameOf(asker);
    const only = application === null ? { session: sessionId } : { app: application };
    return name === '' ? [] : [{ id: application === null ? sessionId : `app ${application}`, name, only }];
  });
}
