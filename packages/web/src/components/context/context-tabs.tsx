/** The rooms of the context lab: links, each with an address of its own. */
import { Link } from '@tanstack/react-router';
import { strings } from '../../strings.ts';
import '../../styles/context.css';

const words = strings.context.tabs;
const rooms = [
  ['/context', 'ask'],
  ['/context/recipes', 'recipes'],
  ['/context/records', 'records'],
  ['/context/kept', 'kept'],
] as const;

export function ContextTabs() {
  return (
    <nav className="context-tabs" aria-label={words.label}>
      {rooms.map(([to, name]) => (
        <Link key={to} to={to} search={{}} activeOptions={{ exact: to === '/context', includeSearch: false }}>
          {words[name]}
        </Link>
      ))}
    </nav>
  );
}
