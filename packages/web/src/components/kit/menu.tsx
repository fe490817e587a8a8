/** A button that opens a list of acts, by mouse, finger or arrow keys; what is typed jumps to the act that begins so. */
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  children: ReactNode;
}

export function Menu({ trigger, align = 'end', side = 'bottom', children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu" align={align} side={side} sideOffset={6} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  onSelect: () => void;
  icon?: IconName;
  danger?: boolean;
  disabled?: boolean;
  /** The key that does the same. */
  hint?: string;
  children: ReactNode;
}

export function MenuItem({ onSelect, icon, danger, disabled, hint, children }: ItemProps) {
  return (
    <Radix.Item className={danger ? 'menu-item bad' : 'menu-item'} disabled={disabled === true} onSelect={onSelect}>
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
      {hint !== undefined && <kbd>{hint}</kbd>}
    </Radix.Item>
  );
}

/** @param children one link */
export function MenuLink({ children }: { children: ReactElement }) {
  return (
    <Radix.Item asChild className="menu-item">
      {children}
    </Radix.Item>
  );
}

interface CheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** Stays open: who turns one on often turns another off. */
export function MenuCheck({ checked, onChange, children }: CheckProps) {
  return (
    <Radix.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="menu-tick">{checked && <Icon name="check" />}</span>
      <span>{children}</span>
    </Radix.CheckboxItem>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}

/** One of several, under its heading. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <Radix.Group>
      <Radix.Label className="menu-label">{label}</Radix.Label>
      <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as Value)} aria-label={label}>
        {options.map(([option, words]) => (
          <Radix.RadioItem key={option} className="menu-item" value={option}>
            <span className="menu-tick">{option === value && <Icon name="check" />}</span>
            <span>{words}</span>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </Radix.Group>
  );
}

export function MenuLine() {
  return <Radix.Separator className="menu-line" />;
}
