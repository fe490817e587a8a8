/** Something folded that stays as it was left, also while it is out of the page. Its state lives with the conversation that is open. */
import { createContext, type ReactNode, useContext } from 'react';

/** Which folds were opened or closed by hand, by their names. */
export type Folds = Map<string, boolean>;
export const FoldState = createContext<Folds>(new Map());

interface Props {
  /** Unique in the conversation. */
  name: string;
  /** Whether it is open before anybody touched it. */
  open?: boolean;
  className?: string;
  summary: ReactNode;
  children: ReactNode;
}

export function Fold({ name, open = false, className = '', summary, children }: Props) {
  const folds = useContext(FoldState);
  return (
    <details
      className={`folded ${className}`}
      open={folds.get(name) ?? open}
      onToggle={(event) => folds.set(name, event.currentTarget.open)}
    >
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

/** Opens all folds of an element, or closes them where all are open. */
export function toggleFolds(within: Element): void {
  const folds = [...within.querySelectorAll<HTMLDetailsElement>('details.folded')];
  const open = folds.some((fold) => !fold.open);
  for (const fold of folds) fold.open = open;
}
