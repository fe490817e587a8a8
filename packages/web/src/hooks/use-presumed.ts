/**
 * Who is signed in, or that somebody is presumed to be while the server is asked: where somebody was when a page was last open. What
 * is shown then is the page with nothing in it, and what it asks for is answered to whoever the server finds.
 */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import { useEffect } from 'react';
import { meQuery } from '../api/queries.ts';
import { before, noteForNext } from '../api/signed-in-before.ts';

export interface Presence {
  readonly asked: UseQueryResult<Me | null>;
  /** False until somebody is known or presumed to be there. */
  readonly signedIn: boolean;
}

export function usePresumed(): Presence {
  const asked = useQuery(meQuery);
  const { data } = asked;
  useEffect(() => {
    if (data !== undefined) noteForNext({ signedIn: data !== null, safe: data?.access.safe ?? true });
  }, [data]);
  return { asked, signedIn: data === undefined ? asked.isPending && before().signedIn : data !== null };
}
