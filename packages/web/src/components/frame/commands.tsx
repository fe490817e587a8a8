/** What keys and buttons of the frame open over a page: the palette and the list of keys. Both are fetched when first asked for. */
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useKeys } from '../../hooks/use-keys.ts';
import { useTypedAhead } from '../../hooks/use-typed-ahead.ts';

const palette = () => import('./palette.tsx');
const Palette = lazy(() => palette().then((file) => ({ default: file.Palette })));
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((file) => ({ default: file.KeysDialog })));

type Open = 'palette' | 'keys';

/** @returns how to open each, and what is open */
export function useCommands(): { onPalette: () => void; onKeys: () => void; commands: ReactNode } {
  const [open, setOpen] = useState<Open | null>(null);
  // Once opened they stay, so that they can close gently.
  const [asked, setAsked] = useState<ReadonlySet<Open>>(new Set());
  const ahead = useTypedAhead();
  const show = useCallback((what: Open) => {
    setAsked((before) => new Set([...before, what]));
    setOpen(what);
  }, []);
  const isThere = open === 'palette';
  const onPalette = useCallback(() => {
    if (!isThere) {
      ahead.begin(() => setOpen(null));
      palette().catch(ahead.end);
    }
    show('palette');
  }, [show, ahead.begin, ahead.end, isThere]);
  const onKeys = useCallback(() => show('keys'), [show]);
  useKeys({ onPalette, onHelp: onKeys });
  const change = (what: Open) => (now: boolean) => (now ? show(what) : setOpen(null));
  const commands = (
    <Suspense fallback={null}>
      {asked.has('palette') && (
        <Palette open={isThere} onOpenChange={change('palette')} onKeys={onKeys} ahead={ahead} />
      )}
      {asked.has('keys') && <KeysDialog open={open === 'keys'} onOpenChange={change('keys')} />}
    </Suspense>
  );
  return { onPalette, onKeys, commands };
}
