/** The head of a page: its one h1, the title of the tab, a line under it, and what can be done with the whole page. */
import type { ReactNode } from 'react';
import { strings } from '../../strings.ts';

interface Props {
  title: string;
  lead?: ReactNode;
  /** Buttons at its end: few, the main one last; more of them go into a menu. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** UTF-16 units beyond which a title is a paragraph: set smaller, so that the page still begins on its first screen. */
const longTitle = 100;

export function PageHeader({ title, lead, actions, children }: Props) {
  return (
    <header className="page-header">
      <title>{`${title} · ${strings.brand}`}</title>
      <div className="page-title">
        <h1 dir="auto" {...(title.length > longTitle ? { className: 'long' } : {})}>
          {title}
        </h1>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </div>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </header>
  );
}
