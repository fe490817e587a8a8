/** Ties what other gateways tell to what is open here. */
import type { Master } from '../../master/db.ts';
import { endedAmong } from '../../master/session-ending.ts';
import type { AccountStreams } from './account-streams.ts';
import { lookAgainMs, type OpenRequests } from './open-requests.ts';

/** @returns stops listening */
export function listenForNews(
  master: Master,
  { open, streams }: { readonly open: OpenRequests; readonly streams: AccountStreams },
): Promise<() => Promise<void>> {
  /** Ends what is open for sessions that are no more, and for no others. */
  const look = async (userId?: string) => {
    for (const sessionId of await endedAmong(master, open.sessions(userId)))
      open.hear({ kind: 'session-ended', sessionId });
  };
  return master.listen((news) => {
    open.hear(news);
    if (news.kind === 'person-ended') {
      // Whoever signed in since then is not meant, which only master can tell; where it does not answer, all of them are.
      const lookOrEnd = () => void look(news.userId).catch(() => open.endPerson(news.userId, news.except));
      lookOrEnd();
      setTimeout(lookOrEnd, lookAgainMs).unref();
    }
    // A failed look is made up for when the next request of the session is refused.
    if (news.kind === 'account-event') void streams.hear(news.userId, news.seq).catch(() => {});
    if (news.kind === 'missed') void look().catch(() => {});
  });
}
