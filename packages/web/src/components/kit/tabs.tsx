/** Several views in one place, one shown: arrow keys go from one to the next. Views with an address of their own are links. */
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

interface Props<Id extends string> {
  label: string;
  tabs: readonly Tab<Id>[];
  /** Left out, the first one is shown at first. */
  value?: Id;
  onChange?: (id: Id) => void;
}

export function Tabs<Id extends string>({ label, tabs, value, onChange }: Props<Id>) {
  return (
    <Radix.Root
      className="tab-view"
      {...(value === undefined ? { defaultValue: tabs[0]?.id ?? '' } : { value })}
      {...(onChange === undefined ? {} : { onValueChange: (id: string) => onChange(id as Id) })}
    >
      <Radix.List className="tab-list" aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.id} className="tab" value={tab.id}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} className="tab-panel" value={tab.id}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
