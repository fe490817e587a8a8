/** What other devices do to the account, said as it happens; the pages ask anew, and an ended session leads to the door. */
import { useQueryClient } from '@tanstack/react-query';
import type { AccountEvent, Me } from '@vivim/contract/account';
import { useEffect } from 'react';
import { listenToAccount } from '../../api/account-news.ts';
import { sessionEnded } from '../../api/session.ts';
import { strings } from '../../strings.ts';
import { say } from '../kit/toast-queue.ts';

/** What this session did itself is no news to it. */
const isNews = ({ actor, ref }: AccountEvent, sessionId: string): boolean => actor !== sessionId && ref !== sessionId;

export function AccountNews({ me }: { me: Me }) {
  const client = useQueryClient();
  const sessionId = me.session.id;
  useEffect(() => {
    const refresh = () => {
      for (const queryKey of [['account'], ['me']]) void client.invalidateQueries({ queryKey });
    };
    const stop = listenToAccount({
      onEvent: (event) => {
        refresh();
        if (isNews(event, sessionId)) say(strings.elsewhere(strings.history.events[event.event](event.meta)));
      },
      onMissed: refresh,
      onEnded: () => void sessionEnded(),
    });
    return stop;
  }, [client, sessionId]);
  return null;
}
