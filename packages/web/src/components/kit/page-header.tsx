/** The head of a page: its one h1, the title of the tab, and a line under it. */
import type { ReactNode } from 'react';
import { strings } from '../../strings.ts';

export function PageHeader({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className="page-header">
      <title>{`${title} · ${strings.brand}`}</title>
      <h1 dir="auto">{title}</h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </header>
  );
}
