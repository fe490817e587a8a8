/**
 * What happens to the account, told as it happens. One tab of this browser reads the stream and tells the others: a browser
 * opens only six connections to a server. When the session was ended elsewhere, all of them hear it within the second.
 */

import { eventData } from '@vivim/client/event-data';
import type { AccountEvent, AccountStreamEvent } from '@vivim/contract/account';
import { strings } from '../strings.ts';
import { plainApi } from './plain-client.ts';
import { isSignedOut } from './query-client.ts';

type News =
  | { readonly kind: 'event'; readonly message: AccountStreamEvent }
  /** The stream flows again after a break: something may have been missed. */
  | { readonly kind: 'missed' }
  | { readonly kind: 'ended' };

export interface AccountListener {
  readonly onEvent: (event: AccountEvent) => void;
  readonly onMissed: () => void;
  /** The session is over. */
  readonly onEnded: () => void;
}

const longestWaitMs = 30_000;

/** As answers are: the server's own are believed. What has no words here, as of a newer one, is passed over. */
const parse = (data: string): AccountStreamEvent | null => {
  try {
    const message = JSON.parse(data) as AccountStreamEvent;
    return message.type === 'account' && message.event.event in strings.history.events ? message : null;
  } catch {
    return null;
  }
};

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** A stream ends when its session does, and also when the server is started anew: only asking tells which. */
const isOver = (signal: AbortSignal): Promise<boolean> => plainApi.getMe({ signal }).then(() => false, isSignedOut);

async function read(tell: (news: News) => void, signal: AbortSignal): Promise<void> {
  for (let broken = 0; !signal.aborted; broken += 1) {
    if (broken > 0) {
      if (await isOver(signal)) return tell({ kind: 'ended' });
      await pause(Math.min(longestWaitMs, 500 * 2 ** Math.min(broken, 6)), signal);
    }
    try {
      const stream = await plainApi.streamAccountEvents({ signal });
      if (broken > 0) tell({ kind: 'missed' });
      for await (const data of eventData(stream)) {
        broken = 0;
        const message = parse(data);
        if (message !== null) tell({ kind: 'event', message });
      }
    } catch {
      // Whatever it was: the loop asks whether the session is over, and tries again if not.
    }
  }
}

/** @returns stops listening */
export function listenToAccount(listener: AccountListener): () => void {
  const channel = new BroadcastChannel('vivim:account');
  const leaving = new AbortController();
  const { signal } = leaving;
  const hear = (news: News): void => {
    if (signal.aborted) return;
    if (news.kind === 'event') listener.onEvent(news.message.event);
    else if (news.kind === 'missed') listener.onMissed();
    else listener.onEnded();
  };
  // Only tabs of this very application speak on it.
  channel.onmessage = ({ data }: MessageEvent<News>) => hear(data);
  const tell = (news: News): void => {
    if (signal.aborted) return;
    channel.postMessage(news);
    hear(news);
  };
  // The tab that has the lock reads; when it closes, the next one gets it.
  navigator.locks.request('vivim:account-events', { signal }, () => read(tell, signal)).catch(() => undefined);
  return () => {
    leaving.abort();
    channel.close();
  };
}
