/** Shows the queue of kit/toast-queue.ts. They wait while pointed at or reached by key (F8), and leave by a swipe. */
import { Toast as Radix } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { strings } from '../../strings.ts';
import { Icon } from './icon.tsx';
import { currentToasts, dismissToast, onToasts, takeBack } from './toast-queue.ts';

/** How long a text stays, and one that offers a way back. */
const shownMs = 6_000;
const undoMs = 12_000;

export function Toasts() {
  const toasts = useSyncExternalStore(onToasts, currentToasts);
  return (
    <Radix.Provider label={strings.kit.toasts} duration={shownMs}>
      {toasts.map((toast) => (
        <Radix.Root
          key={toast.id}
          className={toast.tone === 'bad' ? 'toast bad' : 'toast'}
          type={toast.tone === 'bad' ? 'foreground' : 'background'}
          duration={toast.undo === null ? shownMs : undoMs}
          onOpenChange={(open) => {
            if (!open) dismissToast(toast.id);
          }}
        >
          <Radix.Description className="toast-text" dir="auto">
            {toast.text}
          </Radix.Description>
          {toast.undo !== null && (
            <Radix.Action asChild altText={strings.kit.undo}>
              <button
                type="button"
                onClick={(event) => {
                  // Left alone, Radix closes it first, and the queue would not know it any more.
                  event.preventDefault();
                  void takeBack(toast);
                }}
              >
                {strings.kit.undo}
              </button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <button type="button" className="quiet icon-button" aria-label={strings.kit.close}>
              <Icon name="close" />
            </button>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className="toasts" label={strings.kit.toastsByKey('{hotkey}')} />
    </Radix.Provider>
  );
}
