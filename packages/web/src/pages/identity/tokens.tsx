/** Tokens for scripts: making one, which is shown once, and ending those there are. */
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import type { NewToken } from '@vivim/contract/sessions';
import { type ReactNode, useState } from 'react';
import { sessionsQuery } from '../../api/identity-queries.ts';
import { TokenForm } from '../../components/connections/token-form.tsx';
import { SessionCard } from '../../components/identity/session-card.tsx';
import { CopyButton } from '../../components/kit/copy-button.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Problem } from '../../components/kit/problem.tsx';
import { Skeleton } from '../../components/kit/skeleton.tsx';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';

const words = strings.tokens;

function Shown({ made, onDone }: { made: NewToken; onDone: () => void }) {
  return (
    <section className="card form" aria-label={words.newToken}>
      <h2>{words.newToken}</h2>
      <p>{words.shownOnce}</p>
      <code className="secret">{made.token}</code>
      <p className="note">
        {words.use} <code>Authorization: Bearer {made.token.slice(0, 10)}…</code>
      </p>
      <div className="actions">
        <CopyButton primary text={made.token} label={words.copy} />
        <button type="button" onClick={onDone}>
          {words.done}
        </button>
      </div>
    </section>
  );
}

function List() {
  const sessions = useQuery(sessionsQuery);
  if (sessions.error !== null) return <Problem error={sessions.error} retry={() => void sessions.refetch()} />;
  if (sessions.data === undefined) return <Skeleton />;
  const tokens = sessions.data.filter(({ kind }) => kind === 'pat');
  if (tokens.length === 0) return <p className="note">{words.none}</p>;
  return (
    <ul className="stack">
      {tokens.map((session) => (
        <SessionCard key={session.id} session={session} device={null} />
      ))}
    </ul>
  );
}

export function TokensPage(): ReactNode {
  const me = useMe();
  const [made, setMade] = useState<NewToken | null>(null);
  // Beside the question who is there, and not after it.
  usePrefetchQuery(sessionsQuery);
  if (me === null) return <Skeleton />;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      {made === null ? <TokenForm me={me} onMade={setMade} /> : <Shown made={made} onDone={() => setMade(null)} />}
      <section>
        <h2>{words.list}</h2>
        <List />
      </section>
    </>
  );
}
