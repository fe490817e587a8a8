/** What keys and buttons of the frame open over a page: the palette and the list of keys. Both are fetched when first asked for. */
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useKeys } from '../../hooks/use-keys.ts';

const Palette = lazy(() => import('./palette.tsx').then((file) => ({ default: file.Palette })));
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((file) => ({ default: file.KeysDialog })));

type Open = 'palette' | 'keys';

/** @returns how to open each, and what is open */
export function useCommands(): { onPalette: () => void; onKeys: () => void; commands: ReactNode } {
  const [open, setOpen] = useState<Open | null>(null);
  // Once opened they stay, so that they can close gently.
  const [asked, setAsked] = useState<ReadonlySet<Open>>(new Set());
  const show = useCallback((what: Open) => {
    setAsked((before) => new Set([...before, what]));
    setOpen(what);
  }, []);
  const onPalette = useCallback(() => show('palette'), [show]);
  const onKeys = useCallback(() => show('keys'), [show]);
  useKeys({ onPalette, onHelp: onKeys });
  const change = (what: Open) => (now: boolean) => (now ? show(what) : setOpen(null));
  const commands = (
    <Suspense fallback={null}>
      {asked.has('palette') && <Palette open={open === 'palette'} onOpenChange={change('palette')} onKeys={onKeys} />}
      {asked.has('keys') && <KeysDialog open={open === 'keys'} onOpenChange={change('keys')} />}
    </Suspense>
  );
  return { onPalette, onKeys, commands };
}
