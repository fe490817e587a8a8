/**
 * A window over the page, a sheet from below on a phone. Focus goes into it, stays in it, and goes back to where it was.
 * Never nested: what a dialog leads to replaces it.
 */
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { strings } from '../../strings.ts';
import { Icon } from './icon.tsx';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What it is about, read out with the title. */
  lead?: ReactNode;
  /** Buttons at its foot; the one that does it comes last. */
  actions?: ReactNode;
  wide?: boolean;
  /** It asks something that must be answered: a click beside it does not close it. */
  alert?: boolean;
  children?: ReactNode;
}

const firstField = ".dialog-body :is(input:not([type='checkbox'], [type='radio'], [type='range']), textarea)";

export function Dialog({ open, onOpenChange, title, lead, actions, wide, alert, children }: Props) {
  const before = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content
          className={wide ? 'dialog wide' : 'dialog'}
          {...(alert ? { role: 'alertdialog' } : {})}
          {...(lead === undefined ? { 'aria-describedby': undefined } : {})}
          onOpenAutoFocus={(event) => {
            before.current = document.activeElement;
            // Where there is something to write, it is what one came for: not the button that closes.
            const field = event.currentTarget instanceof Element ? event.currentTarget.querySelector(firstField) : null;
            if (!(field instanceof HTMLElement)) return;
            event.preventDefault();
            field.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
          onInteractOutside={(event) => {
            if (alert) event.preventDefault();
          }}
        >
          <header className="dialog-head">
            <Radix.Title asChild>
              <h2>{title}</h2>
            </Radix.Title>
            <Radix.Close asChild>
              <button type="button" className="quiet icon-button" aria-label={strings.kit.close}>
                <Icon name="close" />
              </button>
            </Radix.Close>
          </header>
          {lead !== undefined && (
            <Radix.Description asChild>
              <div className="dialog-lead">{lead}</div>
            </Radix.Description>
          )}
          {children !== undefined && <div className="dialog-body">{children}</div>}
          {actions !== undefined && <footer className="dialog-actions">{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
