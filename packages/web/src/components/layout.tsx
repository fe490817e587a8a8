/** The frame around every page, and its gate: who is not signed in sees the sign-in page, whatever the address. */

import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { meQuery } from '../api/queries.ts';
import { SignInPage } from '../pages/sign-in.tsx';
import { strings } from '../strings.ts';
import { Loading } from './loading.tsx';
import { Nav } from './nav.tsx';
import { ProblemPage } from './problem-page.tsx';

function Gate() {
  const me = useQuery(meQuery);
  if (me.isPending) return <Loading />;
  if (me.error !== null && !me.data) return <ProblemPage error={me.error} retry={() => void me.refetch()} />;
  return me.data === null ? <SignInPage /> : <Outlet />;
}

export function Layout(): ReactNode {
  const { data: me } = useQuery(meQuery);
  const page = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const main = useRef<HTMLElement>(null);
  const before = useRef(page);
  // A new page is read from its start, also by who hears it; the first one keeps the browser's own focus.
  useEffect(() => {
    if (before.current !== undefined && before.current !== page) main.current?.focus({ preventScroll: true });
    before.current = page;
  }, [page]);
  return (
    <div className={me ? 'frame' : 'frame guest'}>
      <a className="skip" href="#main">
        {strings.skip}
      </a>
      <div className="side">
        <p className="brand">
          <img src="/favicon.svg" alt="" width="26" height="26" />
          {strings.brand}
        </p>
        {me && <Nav />}
      </div>
      <main id="main" ref={main} tabIndex={-1}>
        <Gate />
      </main>
    </div>
  );
}
