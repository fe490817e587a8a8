/** A person's services: who makes vectors and who looks for memories, what may go where for what, and what left. */
import { useQuery } from '@tanstack/react-query';
import type { MemoryModel, ModelPurpose, ModelService, ModelServiceList } from '@vivim/contract/model-services';
import { api } from '../../api/client.ts';
import { modelCallsQuery, modelServicesQuery } from '../../api/identity-queries.ts';
import { dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { ModelServiceForm } from './model-service-form.tsx';
import { RemoveService } from './remove-service.tsx';

const words = strings.models;

interface PurposeProps {
  readonly service: ModelService;
  readonly purpose: ModelPurpose;
  readonly chosen: boolean;
}

/** One thing a service can be for: tried, agreed to, used. */
function ServicePurpose({ service, purpose, chosen }: PurposeProps) {
  const { name, kind, baseUrl, model } = service;
  const params = { name };
  const said = words.purposes[purpose];
  const agreedAt = service.agreedAt[purpose];
  const isTested = purpose === 'embed' ? service.dimensions !== null : service.chatForm !== null;
  const test = useAccountAction(() => api.testModelService({ params, query: { purpose } }));
  const agree = useAccountAction(() => api.agreeToModelService({ params, body: { purpose, kind, baseUrl, model } }));
  const withdraw = useAccountAction(() => api.withdrawFromModelService({ params, query: { purpose } }));
  const choosing = useAccountAction<unknown>(() =>
    purpose === 'embed'
      ? api.chooseEmbedder({ body: { service: name } })
      : api.chooseMemoryModel({ body: { service: name } }),
  );
  const error = test.error ?? agree.error ?? withdraw.error ?? choosing.error;
  return (
    <li className="thing">
      <div>
        <p className="note">{agreedAt === null ? said.notAgreed : said.agreed(dayAndTime(agreedAt))}</p>
        <p className="note" role="status">
          {test.data === undefined ? '' : test.data.ok ? said.testOk(test.data.dimensions) : test.data.detail}
        </p>
      </div>
      <div className="thing-actions">
        <button
          type="button"
          className="quiet"
          aria-label={said.testLabel(name)}
          disabled={test.isPending}
          onClick={() => test.mutate()}
        >
          {said.test}
        </button>
        {agreedAt === null ? (
          <Confirm
            quiet
            label={said.agree}
            name={said.agreeLabel(name)}
            warning={said.agreeWarning(new URL(baseUrl).host, model)}
            confirm={words.agreeConfirm}
            busy={agree.isPending}
            onConfirm={() => agree.mutate()}
          />
        ) : (
          <button
            type="button"
            className="quiet"
            aria-label={said.withdrawLabel(name)}
            disabled={withdraw.isPending}
            onClick={() => withdraw.mutate()}
          >
            {words.withdraw}
          </button>
        )}
        {agreedAt !== null && isTested && !chosen && (
          <button
            type="button"
            className="quiet"
            aria-label={said.chooseLabel(name)}
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

function ServiceCard({ service, list }: { service: ModelService; list: ModelServiceList }) {
  const { name, baseUrl, model, dimensions, thisMonth, monthlyTokens, price, monthlyCost } = service;
  return (
    <li className="card">
      <p className="thing-title">{name}</p>
      <p className="meta">
        <span>{model}</span>
        <span>{baseUrl}</span>
        {dimensions !== null && <span>{words.dimensions(dimensions)}</span>}
        <span>{words.month(thisMonth.tokens, monthlyTokens)}</span>
        {price !== null && <span>{words.cost(thisMonth.cost, monthlyCost)}</span>}
      </p>
      <ul>
        <ServicePurpose service={service} purpose="embed" chosen={list.embedder.chosen === name} />
        <ServicePurpose service={service} purpose="memories" chosen={list.memories.service === name} />
      </ul>
      <RemoveService name={name} said={words} remove={() => api.deleteModelService({ params: { name } })} />
    </li>
  );
}

/** Who looks for memories, and what came of it. */
function MemoryFinding({ memories }: { memories: MemoryModel }) {
  const back = useAccountAction(() => api.chooseMemoryModel({ body: { service: null } }));
  if (memories.service === null) return <p className="note">{words.rulesAlone}</p>;
  return (
    <>
      <p className="note">
        {words.findsMemories(memories.service)} {memories.waiting > 0 && words.toRead(memories.waiting)}{' '}
        {memories.answers > 0 && words.found(memories)}
      </p>
      <button type="button" className="quiet" disabled={back.isPending} onClick={() => back.mutate()}>
        {words.backToRules}
      </button>
      {back.error !== null && <Problem error={back.error} />}
    </>
  );
}

export function ModelServices() {
  const list = useQuery(modelServicesQuery);
  const log = useQuery(modelCallsQuery);
  const back = useAccountAction(() => api.chooseEmbedder({ body: { service: null } }));
  const failed = list.error ?? log.error;
  const { items = [], embedder } = list.data ?? {};
  const calls = log.data ?? [];
  return (
    <section>
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      {failed !== null && <Problem error={failed} retry={() => void Promise.all([list.refetch(), log.refetch()])} />}
      {back.error !== null && <Problem error={back.error} />}
      {list.isPending && <Skeleton shape="rows" count={2} />}
      {embedder !== undefined && (
        <p className="note">
          {words.now(embedder.answering ?? words.builtIn)}{' '}
          {embedder.answering !== embedder.chosen && words.changing(embedder.chosen ?? words.builtIn, embedder.waiting)}
        </p>
      )}
      {list.data !== undefined && items.length === 0 && <p className="note">{words.none}</p>}
      <ul className="stack">
        {items.map((service) => (
          <ServiceCard key={service.name} service={service} list={list.data as ModelServiceList} />
        ))}
      </ul>
      {embedder !== undefined && embedder.chosen !== null && (
        <button type="button" className="quiet" disabled={back.isPending} onClick={() => back.mutate()}>
          {words.backToBuiltIn}
        </button>
      )}
      {list.data !== undefined && <MemoryFinding memories={list.data.memories} />}
      <h3>{words.log}</h3>
      {log.data !== undefined && calls.length === 0 && <p className="note">{words.nothingLeft}</p>}
      <ul className="told-records">
        {calls.map((call, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two requests of one moment have nothing that tells them apart
          <li key={`${call.at}-${index}`} className="meta">
            <span>{dayAndTime(call.at)}</span>
            <span>{words.call(call)}</span>
          </li>
        ))}
      </ul>
      <ModelServiceForm />
    </section>
  );
}
