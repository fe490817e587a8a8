/** What other devices do to the account, said as it happens; the pages ask anew, and an ended session leads to the door. */
import { useQueryClient } from '@tanstack/react-query';
import type { AccountEvent, Me } from '@vivim/contract/account';
import { useEffect, useState } from 'react';
import { listenToAccount } from '../../api/account-news.ts';
import { sessionEnded } from '../../api/session.ts';
import { strings } from '../../strings.ts';

const shownMs = 8_000;
const shownAtMost = 3;

/** What this session did itself is no news to it. */
const isNews = ({ actor, ref }: AccountEvent, sessionId: string): boolean => actor !== sessionId && ref !== sessionId;

export function AccountNews({ me }: { me: Me }) {
  const client = useQueryClient();
  const sessionId = me.session.id;
  const [toasts, setToasts] = useState<readonly AccountEvent[]>([]);
  useEffect(() => {
    const refresh = () => {
      for (const queryKey of [['account'], ['me']]) void client.invalidateQueries({ queryKey });
    };
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const show = (event: AccountEvent) => {
      setToasts((shown) => [...shown.filter(({ seq }) => seq !== event.seq), event].slice(-shownAtMost));
      timers.add(setTimeout(() => setToasts((shown) => shown.filter(({ seq }) => seq !== event.seq)), shownMs));
    };
    const stop = listenToAccount({
      onEvent: (event) => {
        refresh();
        if (isNews(event, sessionId)) show(event);
      },
      onMissed: refresh,
      onEnded: () => void sessionEnded(),
    });
    return () => {
      stop();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [client, sessionId]);
  return (
    <div className="toasts" role="status" aria-label={strings.toasts.label}>
      {toasts.map((event) => (
        <p key={event.seq} className="toast">
          <b>{strings.toasts.elsewhere}</b> {strings.history.events[event.event](event.meta)}
        </p>
      ))}
    </div>
  );
}
