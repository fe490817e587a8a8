/** Beginning and ending a session in every tab of this browser. Nothing of one person's stays when another comes. */
import { forgetToasts } from '../components/kit/toast-queue.ts';
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

async function forgetAnswers(): Promise<void> {
  uploadQueue.clear();
  forgetToasts();
  queryClient.removeQueries({ predicate: ({ queryKey }) => !keptKeys.has(queryKey[0]) });
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
  await queryClient.invalidateQueries({ queryKey: ['me'] });
}

/** Call when the server says that the session is over. Other tabs are told by account-news.ts. */
export async function sessionEnded(): Promise<void> {
  queryClient.setQueryData(['me'], null);
  await forgetAnswers();
  queryClient.setQueryData(sessionEndedKey, true);
}

export async function signOut(): Promise<void> {
  await api.endSession({});
  forgetSearches();
  queryClient.setQueryData(['me'], null);
  await sessionChanged();
}
