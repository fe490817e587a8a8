/** The frame around every page, and its gate: who is not signed in sees the sign-in page, whatever the address. */

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import type { Me } from '@vivim/contract/account';
import { type ReactNode, useEffect, useRef } from 'react';
import { settledQuery } from '../../api/identity-queries.ts';
import { lockedQuery } from '../../api/seal-queries.ts';
import { isGuestPage } from '../../guest-pages.ts';
import { useLastSeen } from '../../hooks/use-last-seen.ts';
import { type Presence, usePresumed } from '../../hooks/use-presumed.ts';
import { SignInPage } from '../../pages/sign-in.tsx';
import { strings } from '../../strings.ts';
import { LockedSpace, worksLocked } from '../identity/locked-space.tsx';
import { ProblemPage } from '../kit/problem-page.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { AccountNews } from './account-news.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { useCommands } from './commands.tsx';
import { Notices, NoticesAhead } from './notices.tsx';
import { ReachNotice } from './reach-notice.tsx';
import { Side } from './side.tsx';

/** What runs beside the pages of whoever is signed in. */
function SignedIn({ me }: { me: Me }) {
  const client = useQueryClient();
  useLastSeen(me);
  const nameKey = useQuery(settledQuery(me)).data?.nameKey;
  const before = useRef(nameKey);
  // Names that were asked for before there was a key to read them.
  useEffect(() => {
    if (nameKey !== undefined && before.current !== nameKey) void client.invalidateQueries({ queryKey: ['account'] });
    before.current = nameKey;
  }, [client, nameKey]);
  return (
    <>
      <ReachNotice />
      <Notices me={me} />
      <AccountNews me={me} />
    </>
  );
}

function Gate({ asked: me, signedIn }: Presence) {
  const page = useRouterState({ select: ({ location }) => location.pathname });
  const locked = useQuery(lockedQuery).data && !worksLocked(page);
  if (me.error !== null && !me.data) return <ProblemPage error={me.error} retry={() => void me.refetch()} />;
  if (me.data === null) return isGuestPage(page) ? <Outlet /> : <SignInPage />;
  if (!signedIn) return <Skeleton />;
  return (
    <>
      {me.data ? <SignedIn me={me.data} /> : <NoticesAhead />}
      {locked ? <LockedSpace /> : <Outlet />}
    </>
  );
}

function Brand() {
  return (
    <p className="brand">
      <img src="/favicon.svg" alt="" width="26" height="26" />
      {strings.brand}
    </p>
  );
}

/** Everything that leads from page to page, around one. */
function Rooms({ children }: { children: ReactNode }) {
  const { onPalette, onKeys, commands } = useCommands();
  return (
    <>
      <header className="side">
        <Brand />
        <Side onPalette={onPalette} onKeys={onKeys} />
      </header>
      {children}
      <BottomBar onPalette={onPalette} onKeys={onKeys} />
      {commands}
    </>
  );
}

export function Layout(): ReactNode {
  const presence = usePresumed();
  const { signedIn } = presence;
  const page = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const main = useRef<HTMLElement>(null);
  const before = useRef(page);
  // A new page is read from its start, also by who hears it; the first one keeps the browser's own focus, and a field
  // that was gone to keeps it too.
  useEffect(() => {
    const inside = main.current?.contains(document.activeElement) === true;
    if (before.current !== undefined && before.current !== page && !inside)
      main.current?.focus({ preventScroll: true });
    before.current = page;
  }, [page]);
  const content = (
    <main id="main" ref={main} tabIndex={-1}>
      <Gate {...presence} />
    </main>
  );
  return (
    <div className={signedIn ? 'frame' : 'frame guest'}>
      <a className="skip" href="#main">
        {strings.skip}
      </a>
      {signedIn ? (
        <Rooms>{content}</Rooms>
      ) : (
        <>
          <header className="side">
            <Brand />
          </header>
          {content}
        </>
      )}
    </div>
  );
}
