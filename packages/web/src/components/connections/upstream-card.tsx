/** One service: what it is, whether it answers, whether what goes through it is kept, and its end. */
import { useMutation } from '@tanstack/react-query';
import type { Upstream } from '@vivim/contract/live';
import { api } from '../../api/client.ts';
import { dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { RemoveService } from './remove-service.tsx';

const words = strings.connections;

const keyWords = (ending: string | null): string =>
  ending === null ? words.noKey : ending === '' ? words.keySet : words.keyEnds(ending);

export function UpstreamCard({ upstream }: { upstream: Upstream }) {
  const { name, kind, baseUrl, record } = upstream;
  const params = { name };
  const test = useMutation({ mutationFn: () => api.testUpstream({ params }) });
  const change = useAccountAction(() => api.putUpstream({ params, body: { kind, baseUrl, record: !record } }));
  const error = test.error ?? change.error;
  return (
    <li className="card thing">
      <div>
        <p className="thing-title">
          <span>{name}</span>
          {upstream.isDefault && <span className="chip running">{words.isDefault}</span>}
          {!record && <span className="chip">{words.notKept}</span>}
        </p>
        <p className="meta">
          <span>{words.kinds[kind]}</span>
          <span>{baseUrl}</span>
          <span>{keyWords(upstream.keyEnding)}</span>
          <span>{upstream.lastUsedAt === null ? words.neverUsed : words.used(dayAndTime(upstream.lastUsedAt))}</span>
        </p>
        <p className="note" role="status">
          {test.data === undefined ? '' : test.data.ok ? words.testOk(test.data.models.length) : test.data.detail}
        </p>
      </div>
      <div className="thing-actions">
        <button
          type="button"
          className="quiet"
          disabled={test.isPending}
          aria-label={words.testLabel(name)}
          onClick={() => test.mutate()}
        >
          {test.isPending ? words.testing : words.test}
        </button>
        <button
          type="button"
          className="quiet"
          disabled={change.isPending}
          aria-label={record ? words.pauseLabel(name) : words.resumeLabel(name)}
          onClick={() => change.mutate()}
        >
          {record ? words.pause : words.resume}
        </button>
        <RemoveService name={name} said={words} remove={() => api.deleteUpstream({ params })} />
      </div>
      {error !== null && <Problem error={error} />}
    </li>
  );
}
