/** What goes together with a topic or an entity. */
import { Link } from '@tanstack/react-router';
import { strings } from '../strings.ts';

interface Props {
  topics: readonly { id: string; label: string }[];
  entities: readonly { id: string; name: string }[];
}

export function Related({ topics, entities }: Props) {
  return (
    <>
      {topics.length > 0 && (
        <section>
          <h2>{strings.profiles.relatedTopics}</h2>
          <ul className="chips">
            {topics.map(({ id, label }) => (
              <li key={id}>
                <Link to="/topics/$id" params={{ id }} className="chip">
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {entities.length > 0 && (
        <section>
          <h2>{strings.profiles.relatedEntities}</h2>
          <ul className="chips">
            {entities.map(({ id, name }) => (
              <li key={id}>
                <Link to="/entities/$id" params={{ id }} className="chip">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
