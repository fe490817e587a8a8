/** What the parts of the kit need around the whole application, once: the direction of reading, tooltips' delay, toasts. */
import { Direction, Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { Toasts } from './toasts.tsx';

export function KitRoot({ children }: { children: ReactNode }) {
  return (
    <Direction.Provider dir={document.dir === 'rtl' ? 'rtl' : 'ltr'}>
      <Tooltip.Provider delayDuration={400}>
        {children}
        <Toasts />
      </Tooltip.Provider>
    </Direction.Provider>
  );
}
