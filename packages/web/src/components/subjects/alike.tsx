/** Others that may be the same, and the two answers to that. Each can be undone. */
import { Link } from '@tanstack/react-router';
import type { EntityId, TopicId } from '@vivim/contract/ids';
import { strings } from '../../strings.ts';
import { type Subject, useCorrect } from './use-correct.ts';

const words = strings.subjects;

interface Props {
  subject: Subject;
  others: readonly { readonly id: string; readonly name: string }[];
}

export function Alike({ subject, others }: Props) {
  const correct = useCorrect();
  if (others.length === 0) return null;
  const { kind, name } = subject;
  return (
    <section>
      <h2>{words.alike}</h2>
      <ul className="alike">
        {others.map((other) => {
          const id = other.id as TopicId & EntityId;
          return (
            <li key={id}>
              <Link to={kind === 'topic' ? '/topics/$id' : '/entities/$id'} params={{ id }} dir="auto">
                {other.name}
              </Link>
              <fieldset className="alike-answers">
                <legend className="visually-hidden">{words.alikeAsk(other.name)}</legend>
                <button
                  type="button"
                  onClick={() =>
                    void correct(
                      { kind, id, name: other.name },
                      { action: 'merge', into: subject.id as TopicId & EntityId },
                      words.done.merge(other.name, name),
                    )
                  }
                >
                  {words.same}
                </button>
                <button
                  type="button"
                  onClick={() =>
                    void correct(subject, { action: 'apart', from: id }, words.done.apart(name, other.name))
                  }
                >
                  {words.notSame}
                </button>
              </fieldset>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
