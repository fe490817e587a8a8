/** A small panel beside the button that opens it: filters, settings of what stands there. It closes by Escape or beside it. */
import { Popover as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';

interface Props {
  /** The button that opens it. */
  trigger: ReactElement;
  /** What the panel is called where it is read out. */
  label: string;
  align?: 'start' | 'center' | 'end';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

export function Popover({ trigger, label, align = 'start', open, onOpenChange, children }: Props) {
  return (
    <Radix.Root {...(open === undefined ? {} : { open })} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="popover" aria-label={label} align={align} sideOffset={6} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
