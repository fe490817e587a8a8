/** The way from anything that cites a message to that message in its conversation. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface Props {
  conversationId: string;
  messageId: string;
  label?: string;
  className?: string;
  children: ReactNode;
}

export function MessageLink({ conversationId, messageId, label, className, children }: Props) {
  return (
    <Link
      to="/conversations/$id"
      params={{ id: conversationId }}
      search={{ message: messageId }}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(className === undefined ? {} : { className })}
    >
      {children}
    </Link>
  );
}
