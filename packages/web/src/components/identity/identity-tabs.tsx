/** The rooms of the account, and their addresses. */
import { Link } from '@tanstack/react-router';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';

const groups = [
  [
    ['/identity', 'overview'],
    ['/identity/access', 'access'],
    ['/identity/devices', 'devices'],
    ['/identity/sessions', 'sessions'],
    ['/identity/tokens', 'tokens'],
    ['/identity/connections', 'connections'],
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
  return (
    <nav className="you-tabs" aria-label={strings.you.label}>
      {groups.map((tabs) => (
        <ul key={tabs[0][1]} className="tabs">
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
