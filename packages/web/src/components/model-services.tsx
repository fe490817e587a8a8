/** The services that make vectors: who does now, what may go where, and what left. */
import { useQuery } from '@tanstack/react-query';
import type { ModelService } from '@vivim/contract/model-services';
import { api } from '../api/client.ts';
import { modelCallsQuery, modelServicesQuery } from '../api/identity-queries.ts';
import { dayAndTime } from '../format.ts';
import { useAccountAction } from '../hooks/use-account-action.ts';
import { strings } from '../strings.ts';
import { Confirm } from './confirm.tsx';
import { Problem } from './problem.tsx';

const words = strings.models;

function ServiceCard({ service, chosen }: { service: ModelService; chosen: boolean }) {
  const { name, kind, baseUrl, model, dimensions, embedAgreedAt } = service;
  const params = { name };
  const test = useAccountAction(() => api.testModelService({ params }));
  const agree = useAccountAction(() =>
    api.agreeToModelService({ params, body: { purpose: 'embed', kind, baseUrl, model } }),
  );
  const withdraw = useAccountAction(() => api.withdrawFromModelService({ params, query: { purpose: 'embed' } }));
  const choosing = useAccountAction(() => api.chooseEmbedder({ body: { service: name } }));
  const error = test.error ?? agree.error ?? withdraw.error ?? choosing.error;
  return (
    <li className="card thing">
      <div>
        <p className="thing-title">{name}</p>
        <p className="meta">
          <span>{model}</span>
          <span>{baseUrl}</span>
          <span>{dimensions === null ? words.untested : words.dimensions(dimensions)}</span>
          <span>{words.month(service.thisMonth.tokens, service.monthlyTokens)}</span>
        </p>
        <p className="note">{embedAgreedAt === null ? words.notAgreed : words.agreed(dayAndTime(embedAgreedAt))}</p>
        <p className="note" role="status">
          {test.data === undefined ? '' : test.data.ok ? words.testOk(test.data.dimensions) : test.data.detail}
        </p>
      </div>
      <div className="thing-actions">
        <button
          type="button"
          className="quiet"
          aria-label={words.testLabel(name)}
          disabled={test.isPending}
          onClick={() => test.mutate()}
        >
          {words.test}
        </button>
        {embedAgreedAt === null ? (
          <Confirm
            quiet
            label={words.agree}
            name={words.agreeLabel(name)}
            warning={words.agreeWarning(new URL(baseUrl).host, model)}
            confirm={words.agreeConfirm}
            busy={agree.isPending}
            onConfirm={() => agree.mutate()}
          />
        ) : (
          <button
            type="button"
            className="quiet"
            aria-label={words.withdrawLabel(name)}
            disabled={withdraw.isPending}
            onClick={() => withdraw.mutate()}
          >
            {words.withdraw}
          </button>
        )}
        {embedAgreedAt !== null && dimensions !== null && !chosen && (
          <button
            type="button"
            className="quiet"
            aria-label={words.chooseLabel(name)}
            disabled={choosing.isPending}
            onClick={() => choosing.mutate()}
          >
            {words.choose}
          </button>
        )}
      </div>
      {error !== null && <Problem error={error} />}
    </li>
  );
}

export function ModelServices() {
  const list = useQuery(modelServicesQuery);
  const log = useQuery(modelCallsQuery);
  const back = useAccountAction(() => api.chooseEmbedder({ body: { service: null } }));
  const error = list.error ?? log.error ?? back.error;
  const { items = [], embedder } = list.data ?? {};
  const calls = log.data ?? [];
  return (
    <section>
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      {error !== null && <Problem error={error} />}
      {embedder !== undefined && (
        <p className="note">
          {words.now(embedder.answering ?? words.builtIn)}{' '}
          {embedder.answering !== embedder.chosen && words.changing(embedder.chosen ?? words.builtIn, embedder.waiting)}
        </p>
      )}
      <ul className="stack">
        {items.map((service) => (
          <ServiceCard key={service.name} service={service} chosen={embedder?.chosen === service.name} />
        ))}
      </ul>
      {embedder !== undefined && embedder.chosen !== null && (
        <button type="button" className="quiet" disabled={back.isPending} onClick={() => back.mutate()}>
          {words.backToBuiltIn}
        </button>
      )}
      {items.length > 0 && (
        <details>
          <summary>{words.log}</summary>
          {calls.length === 0 ? (
            <p className="note">{words.nothingLeft}</p>
          ) : (
            <ul>
              {calls.map((call, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two requests of one moment have nothing that tells them apart
                <li key={`${call.at}-${index}`} className="meta">
                  <span>{dayAndTime(call.at)}</span>
                  <span>{words.call(call.host, call.texts, call.tokens, call.outcome)}</span>
                </li>
              ))}
            </ul>
          )}
        </details>
      )}
    </section>
  );
}
