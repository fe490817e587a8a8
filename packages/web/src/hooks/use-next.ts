/** The address a person came for, taken along while they come in another way, and gone to once they are in. */
import { useRouter, useRouterState } from '@tanstack/react-router';
import { useCallback } from 'react';
import { isGuestPage } from '../guest-pages.ts';
import { ownAddress } from '../own-address.ts';

/** To be put into the search part of a link to another way in. */
export function useNext(): { next?: string } {
  const { href, pathname, next } = useRouterState({
    select: ({ location }) => ({
      href: location.href,
      pathname: location.pathname,
      next: 'next' in location.search ? ownAddress(location.search.next) : undefined,
    }),
  });
  if (isGuestPage(pathname)) return next === undefined ? {} : { next };
  return href === '/' ? {} : { next: href };
}

/** Goes where the person had wanted to, or to the start. */
export function useGoOn(): () => void {
  const { next } = useNext();
  const router = useRouter();
  return useCallback(() => router.history.push(next ?? '/'), [next, router]);
}
