/** A table that may be wider than its page: it scrolls by itself, by keys too. */
import type { ReactNode } from 'react';

/** @param label what the table is called, where no heading says it */
export function TableScroll({ label, children }: { label?: string; children: ReactNode }) {
  const scrolls = { className: 'table-scroll', tabIndex: 0, children };
  return label === undefined ? <div {...scrolls} /> : <section {...scrolls} aria-label={label} />;
}
