/** The rooms of the account, and their addresses. */
import { Link } from '@tanstack/react-router';
import { strings } from '../../strings.ts';

const tabs = [
  ['/identity', 'overview'],
  ['/identity/access', 'access'],
  ['/identity/devices', 'devices'],
  ['/identity/sessions', 'sessions'],
  ['/identity/tokens', 'tokens'],
  ['/identity/connections', 'connections'],
  ['/identity/history', 'history'],
  ['/identity/account', 'account'],
] as const satisfies readonly (readonly [string, keyof typeof strings.you])[];

export function IdentityTabs() {
  return (
    <nav aria-label={strings.you.label}>
      <ul className="tabs">
        {tabs.map(([to, name]) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: true }}>
              {strings.you[name]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
