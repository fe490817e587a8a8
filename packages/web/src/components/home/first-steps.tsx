/** What a newcomer has still to do, in order, each a step to its place. Gone once all is done, or put away in this browser. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { wasAskedQuery } from '../../api/home-queries.ts';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';

const words = strings.home.steps;
const putAway = 'vivim.first-steps';

export function FirstSteps() {
  const me = useMe();
  const asked = useQuery(wasAskedQuery()).data;
  const connected = useQuery(wasAskedQuery('mcp')).data;
  const [hidden, setHidden] = useState(() => localStorage.getItem(putAway) !== null);
  if (hidden || me === null || asked === undefined || connected === undefined) return null;
  const steps = [
    { key: 'import', done: true, to: '/import', text: words.import },
    { key: 'ask', done: asked, to: '/context', text: words.ask },
    { key: 'connect', done: connected, to: '/identity/connections', text: words.connect },
    { key: 'safe', done: me.access.safe, to: '/welcome', text: words.safe },
  ] as const;
  if (steps.every(({ done }) => done)) return null;
  return (
    <section className="card first-steps" aria-labelledby="first-steps">
      <div className="first-steps-head">
        <h2 id="first-steps">{words.title}</h2>
        <span className="meta">{words.of(steps.filter(({ done }) => done).length, steps.length)}</span>
        <button
          type="button"
          className="quiet icon-button"
          aria-label={words.hide}
          title={words.hide}
          onClick={() => {
            localStorage.setItem(putAway, 'yes');
            setHidden(true);
          }}
        >
          <Icon name="close" />
        </button>
      </div>
      <ol className="plain">
        {steps.map(({ key, done, to, text }) => (
          <li key={key} className={done ? 'done' : ''}>
            <Icon name={done ? 'check' : 'right'} />
            {done ? (
              <span>
                {text} <span className="visually-hidden">{words.done}</span>
              </span>
            ) : (
              <Link to={to}>{text}</Link>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
