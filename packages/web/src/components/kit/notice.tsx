/** One thing a person should know on every page, with what can be done about it. */
import type { ReactNode } from 'react';

interface Props {
  tone: 'alarm' | 'warn' | 'plain';
  title: string;
  text?: string;
  children?: ReactNode;
}

export function Notice({ tone, title, text, children }: Props) {
  return (
    <div className={`notice ${tone}`} role={tone === 'alarm' ? 'alert' : 'status'}>
      <div>
        <p className="notice-title">{title}</p> {text !== undefined && <p>{text}</p>}
      </div>
      {children !== undefined && <div className="actions">{children}</div>}
    </div>
  );
}
