/**
 * The reference of the API, read from this server's own /openapi.json by a viewer that is served from here too. Open to everybody;
 * what is tried out in it is asked as whoever is signed in. Fetched when visited, never part of the application's first load.
 */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { strings } from '../strings.ts';
import '../styles/reference.css';

const words = strings.reference;

export function ApiReferencePage(): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'shown' | { readonly error: Error }>('loading');
  useEffect(() => {
    let left = false;
    import('../api/reference-viewer.ts')
      .then(async ({ showReference }) => {
        if (!left && place.current !== null) await showReference(place.current);
        if (!left) setState('shown');
      })
      .catch((error: unknown) => {
        if (!left) setState({ error: error instanceof Error ? error : new Error(String(error)) });
      });
    return () => {
      left = true;
    };
  }, []);
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <ul className="reference-facts">
        {words.facts.map(({ title, text }) => (
          <li key={title}>
            <b>{title}</b> <span>{text}</span>
          </li>
        ))}
      </ul>
      <p>
        <a href="/openapi.json" download="vivim-openapi.json">
          {words.download}
        </a>
      </p>
      <h2>{words.operations}</h2>
      {state === 'loading' && <Skeleton shape="rows" count={8} />}
      {typeof state === 'object' && <Problem error={state.error} />}
      <div ref={place} className="reference" />
    </>
  );
}
