/** Topics or entities under a heading, each leading to its own page. Nothing where there is none. */
import { Link } from '@tanstack/react-router';

interface Props {
  title: string;
  to: '/topics/$id' | '/entities/$id';
  subjects: readonly { readonly id: string; readonly name: string }[];
}

export function SubjectChips({ title, to, subjects }: Props) {
  if (subjects.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="chips">
        {subjects.map(({ id, name }) => (
          <li key={id}>
            <Link to={to} params={{ id }} className="chip" dir="auto">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A topic by the name it is shown under. */
export const namedTopic = ({ id, label }: { readonly id: string; readonly label: string }) => ({ id, name: label });
