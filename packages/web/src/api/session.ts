/** Beginning and ending a session in every tab of this browser. Nothing of one person's stays when another comes. */
import type { Query } from '@tanstack/react-query';
import { forgetToasts, say } from '../components/kit/toast-queue.ts';
import { strings } from '../strings.ts';
import { api } from './client.ts';
import { forgetLastSeen } from './last-seen.ts';
import { forgetNameKeys } from './name-key-store.ts';
import { queryClient, sessionEndedKey } from './query-client.ts';
import { forgetSearches } from './recent-searches.ts';
import { uploadQueue } from './upload-queue.ts';

/** Tabs share the cookie, so they must share the news that it changed. */
const tabs = new BroadcastChannel('vivim:session');
tabs.onmessage = () => location.reload();

/** Of no session: who is signed in, whose keys lie in this browser, why the sign-in page shows. A page that reads them now goes on. */
const keptKeys: ReadonlySet<unknown> = new Set(['me', 'identities', 'session-ended']);
const isOfSession = ({ queryKey }: Query): boolean => !keptKeys.has(queryKey[0]);

async function forgetAnswers(): Promise<void> {
  uploadQueue.clear();
  forgetToasts();
  forgetSearches();
  queryClient.removeQueries({ type: 'inactive', predicate: isOfSession });
  // Taken from under a page that stands on them, they would go on being shown, and be renewed by nothing.
  for (const answer of queryClient.getQueryCache().findAll({ type: 'active', predicate: isOfSession })) answer.reset();
  // A browser that stores nothing has nothing to forget.
  await Promise.allSettled([forgetNameKeys(), forgetLastSeen()]);
}

/**
 * Call after the cookie changed: forgets every answer made for the one before, here and in the other tabs.
 *
 * @param prepare what has to be there before the pages of the new session ask for anything
 */
export async function sessionChanged(prepare: () => Promise<void> = async () => {}): Promise<void> {
  await forgetAnswers();
  queryClient.setQueryData(sessionEndedKey, false);
  await prepare();
  tabs.postMessage('changed');
  // What is noted beside a key changed with it: whom it signs in, and that it waits for nothing any more. Whoever looks next reads it anew.
  await queryClient.invalidateQueries({ queryKey: ['identities'], refetchType: 'none' });
  await queryClient.invalidateQueries({ queryKey: ['me'] });
  if (queryClient.getQueryData(['me']) === null) return;
  // A page that had heard of the new session before stands through the change.
  const isEmpty = (answer: Query): boolean => isOfSession(answer) && answer.state.status === 'pending';
  void queryClient.refetchQueries({ type: 'active', fetchStatus: 'idle', predicate: isEmpty });
}

/** Call when the server says that the session is over. Other tabs are told by account-news.ts. */
export async function sessionEnded(): Promise<void> {
  queryClient.setQueryData(['me'], null);
  await forgetAnswers();
  queryClient.setQueryData(sessionEndedKey, true);
}

/** @returns whether the server heard of it. @throws AppError where it refused */
async function endSession(): Promise<boolean> {
  try {
    await api.endSession({});
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Forgets everything here also while the server is out of reach, and says then that the session goes on there. */
export async function signOut(): Promise<void> {
  const heard = await endSession();
  queryClient.setQueryData(['me'], null);
  if (heard) return sessionChanged();
  await forgetAnswers();
  tabs.postMessage('changed');
  say(strings.identity.signedOutHere);
}
