/** Live capture: what to point a client at, the services behind it, and what was kept. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { UpstreamList } from '@vivim/contract/live';
import { upstreamsQuery } from '../../api/identity-queries.ts';
import { dayAndTime } from '../../format.ts';
import { tokenHere } from '../../mcp-clients.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { Snippet } from './snippet.tsx';
import { UpstreamCard } from './upstream-card.tsx';
import { UpstreamForm } from './upstream-form.tsx';

const words = strings.connections;

/** @param origin of this server */
const examples = (origin: string) => ({
  python: `from openai import OpenAI\n\nclient = OpenAI(base_url="${origin}/v1", api_key="${tokenHere}")`,
  curl: `curl ${origin}/v1/chat/completions \\\n  -H "Authorization: Bearer ${tokenHere}" \\\n  -H "Content-Type: application/json" \\\n  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}'`,
  claude: `ANTHROPIC_BASE_URL=${origin} ANTHROPIC_API_KEY=${tokenHere} claude`,
});

export function ProxyView() {
  const list = useQuery(upstreamsQuery);
  const { origin } = location;
  const { python, curl, claude } = examples(origin);
  return (
    <div className="connections">
      <section>
        <h2>{words.addresses}</h2>
        <p className="connections-lead">{words.addressesText}</p>
        <div className="card client-setup">
          <Snippet label={words.openai} text={`${origin}/v1`} />
          <Snippet label={words.anthropic} text={origin} />
          <p>
            <Link to="/identity/tokens">{words.makeToken}</Link>
          </p>
          <details>
            <summary>{strings.mcp.proxyExample}</summary>
            <div className="client-setup">
              <Snippet label={strings.mcp.proxyPython} text={python} />
              <Snippet label={strings.mcp.proxyCurl} text={curl} />
              <Snippet label={strings.mcp.proxyClaude} text={claude} />
            </div>
          </details>
        </div>
      </section>
      <section>
        <h2>{words.list}</h2>
        {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <Skeleton shape="rows" count={2} />}
        {list.data !== undefined && <Services {...list.data} />}
      </section>
      <UpstreamForm />
    </div>
  );
}

function Services({ items, live }: UpstreamList) {
  return (
    <>
      {items.length === 0 ? (
        <p className="note">{words.none}</p>
      ) : (
        <ul className="stack">
          {items.map((upstream) => (
            <UpstreamCard key={upstream.name} upstream={upstream} />
          ))}
        </ul>
      )}
      <p className="note">{words.kept(live.recorded, live.partial)}</p>
      {live.missed > 0 && <p className="wrong">{words.missed(live.missed, dayAndTime(live.lastMissedAt))}</p>}
    </>
  );
}
