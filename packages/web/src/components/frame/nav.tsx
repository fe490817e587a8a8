/** The main navigation: a column on wide screens, folded behind a button on a phone. */
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { strings } from '../../strings.ts';
import { Icon, type IconName } from '../kit/icon.tsx';

const rooms = [
  ['/', 'home'],
  ['/import', 'import'],
  ['/search', 'search'],
  ['/conversations', 'conversations'],
  ['/context', 'context'],
  ['/memories', 'memories'],
  ['/topics', 'topics'],
  ['/entities', 'entities'],
  ['/identity', 'identity'],
] as const satisfies readonly (readonly [string, IconName & keyof typeof strings.nav])[];

export function Nav() {
  const [open, setOpen] = useState(false);
  return (
    <nav className="nav" aria-label={strings.nav.label}>
      <button
        type="button"
        className="nav-toggle"
        aria-expanded={open}
        aria-controls="rooms"
        onClick={() => setOpen(!open)}
      >
        <Icon name="menu" />
        {strings.nav.menu}
      </button>
      <ul id="rooms" className={open ? 'rooms open' : 'rooms'}>
        {rooms.map(([to, name]) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }} onClick={() => setOpen(false)}>
              <Icon name={name} />
              {strings.nav[name]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
