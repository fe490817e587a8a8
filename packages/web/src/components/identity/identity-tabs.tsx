/** The rooms of the account, and their addresses. */
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';

const groups = [
  [
    ['/identity', 'overview'],
    ['/identity/access', 'access'],
    ['/identity/devices', 'devices'],
    ['/identity/sessions', 'sessions'],
    ['/identity/tokens', 'tokens'],
  ],
  [
    ['/identity/space', 'space'],
    ['/identity/take-along', 'taking'],
    ['/identity/erase', 'erasing'],
    ['/identity/history', 'history'],
    ['/identity/account', 'account'],
  ],
] as const satisfies readonly (readonly (readonly [string, keyof typeof strings.you])[])[];

export function IdentityTabs() {
  const me = useMe();
  const tabs = useRef<HTMLElement>(null);
  const page = useRouterState({ select: ({ location }) => location.pathname });
  // Where they do not all fit, the one that is open is seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another one that is open
  useEffect(() => {
    const open = tabs.current?.querySelector('[aria-current="page"]');
    const row = tabs.current;
    if (open && row) row.scrollLeft += open.getBoundingClientRect().left - row.getBoundingClientRect().left - 40;
  }, [page]);
  return (
    <nav ref={tabs} className="you-rooms" aria-label={strings.you.label}>
      {groups.map((tabs) => (
        <ul key={tabs[0][1]} className="rooms">
          {tabs.map(([to, name]) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: true }}>
                {strings.you[name]}
              </Link>
            </li>
          ))}
          {tabs[0][1] === 'space' && me?.operator === true && (
            <li>
              <Link to="/operator">{strings.you.operator}</Link>
            </li>
          )}
        </ul>
      ))}
    </nav>
  );
}
