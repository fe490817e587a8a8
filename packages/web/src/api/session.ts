/** Beginning and ending a session in every tab of this browser. Nothing of one person's stays when another comes. */
import { api } from './client.ts';
import { queryClient } from './query-client.ts';
import { uploadQueue } from './upload-queue.ts';

/** Tabs share the cookie, so they must share the news that it changed. */
const tabs = new BroadcastChannel('vivim:session');
tabs.onmessage = () => location.reload();

/** Call after the cookie changed: forgets every answer made for the one before, here and in the other tabs. */
export async function sessionChanged(): Promise<void> {
  tabs.postMessage('changed');
  uploadQueue.clear();
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
  await queryClient.invalidateQueries({ queryKey: ['me'] });
}

export async function signOut(): Promise<void> {
  await api.endSession({});
  queryClient.setQueryData(['me'], null);
  await sessionChanged();
}
