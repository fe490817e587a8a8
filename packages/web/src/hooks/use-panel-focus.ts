/** Focus goes into what a button opened, to its first field where it has one, and back to the button when it closes. */
import { type RefObject, useEffect, useRef } from 'react';

export function usePanelFocus<Panel extends HTMLElement>(
  open: boolean,
): { trigger: RefObject<HTMLButtonElement | null>; panel: RefObject<Panel | null> } {
  const trigger = useRef<HTMLButtonElement>(null);
  const panel = useRef<Panel>(null);
  const before = useRef(open);
  useEffect(() => {
    if (before.current === open) return;
    before.current = open;
    if (!open) trigger.current?.focus();
    else (panel.current?.querySelector<HTMLElement>('input, textarea') ?? panel.current)?.focus();
  }, [open]);
  return { trigger, panel };
}
