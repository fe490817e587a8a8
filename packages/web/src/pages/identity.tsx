/** The frame of the pages about the person themselves. Connections are a room of their own, with no other beside them. */
import { Outlet, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { IdentityTabs } from '../components/identity/identity-tabs.tsx';

export function IdentityFrame(): ReactNode {
  const apart = useRouterState({ select: ({ location }) => location.pathname === '/identity/connections' });
  if (apart) return <Outlet />;
  return (
    <div className="you">
      <IdentityTabs />
      <div className="you-page">
        <Outlet />
      </div>
    </div>
  );
}
