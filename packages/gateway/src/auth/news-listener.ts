/** Ties what other gateways tell to what is open here. */
import type { Master } from '../master/db.ts';
import { endedAmong } from '../master/session-ending.ts';
import type { AccountStreams } from './account-streams.ts';
import type { OpenRequests } from './open-requests.ts';

/** @returns stops listening */
export function listenForNews(
  master: Master,
  { open, streams }: { readonly open: OpenRequests; readonly streams: AccountStreams },
): Promise<() => Promise<void>> {
  const lookAgain = async () => {
    for (const sessionId of await endedAmong(master, open.sessions())) open.hear({ kind: 'session-ended', sessionId });
  };
  return master.listen((news) => {
    open.hear(news);
    // A failed look is made up for when the next request of the session is refused.
    if (news.kind === 'account-event') void streams.hear(news.userId, news.seq).catch(() => {});
    if (news.kind === 'missed') void lookAgain().catch(() => {});
  });
}
