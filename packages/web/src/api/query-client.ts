/** The cache of what the server said. It belongs to one session and is emptied when another begins or ends. */

import { MutationCache, notifyManager, onlineManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { AppError, type ErrorCode } from '@vivim/contract/errors';

// Before the next click, and not after it: a button that is busy takes no second one, and a double click does a thing once.
notifyManager.setScheduler(queueMicrotask);

const signedOutCodes: readonly ErrorCode[] = ['auth_required', 'token_invalid', 'session_expired', 'session_revoked'];

/** The session is gone; only signing in helps. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof AppError && signedOutCodes.includes(error.code);

/** The answer may be another one in a moment: the network failed, or an engine was starting. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof AppError) || error.code === 'engine_unavailable' || error.code === 'engine_timeout';

/** Set while the sign-in page is to say that a session ended without its owner's doing in this browser. */
export const sessionEndedKey = ['session-ended'] as const;

/** Who is there is on its way already, and no page has been told yet. */
const isBeingAsked = (): boolean =>
  queryClient.getQueryData(['me']) === undefined && queryClient.isFetching({ queryKey: ['me'], exact: true }) > 0;

/** The server did not answer at all: whether it is out of reach is asked where everybody looks. */
async function noticeSilence(error: unknown, key: unknown): Promise<void> {
  if (!(error instanceof TypeError) || key === 'me' || !onlineManager.isOnline() || isBeingAsked()) return;
  await queryClient.invalidateQueries({ queryKey: ['me'], exact: true });
}

/** A refusal may come late, for a session that was before this one: only asking anew tells whether this one is over. */
async function noticeEnd(error: unknown): Promise<void> {
  if (!isSignedOut(error) || queryClient.getQueryData(['me']) === null || isBeingAsked()) return;
  await queryClient.invalidateQueries({ queryKey: ['me'], exact: true });
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      void noticeEnd(error);
      void noticeSilence(error, queryKey[0]);
    },
  }),
  mutationCache: new MutationCache({ onError: (error) => void noticeEnd(error) }),
  defaultOptions: {
    queries: { staleTime: 30_000, retry: (count, error) => count < 2 && mayPass(error) },
    // What is pressed while nobody answers fails and says so, instead of happening some time later.
    mutations: { networkMode: 'always' },
  },
});
