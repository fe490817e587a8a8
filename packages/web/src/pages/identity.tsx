/** The frame of the pages about the person themselves. */
import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { IdentityTabs } from '../components/identity/identity-tabs.tsx';

export function IdentityFrame(): ReactNode {
  return (
    <>
      <IdentityTabs />
      <Outlet />
    </>
  );
}
