/**
 * What the gateway has to say of upstreams: whether an address may be called, before it is set; and trying one, by one question with
 * the key that is set, for the models it has. Nothing is said and nothing kept.
 */
import { AppError } from '@vivim/contract/errors';
import { PutUpstream, type UpstreamGrant, type UpstreamTest } from '@vivim/contract/live';
import { countKnock } from '../../auth/knocks.ts';
import { readSmall } from '../../upstreams/upstreams.ts';
import type { HandlerDeps, Handlers } from '../call.ts';
import { sentHeaders, upstreamUrl } from '../live/dialect.ts';
import { grantOf } from '../live/live-proxy.ts';
import { newTraceId } from '../trace-id.ts';

const withinMs = 15_000;
const answerBytes = 4 * 1024 ** 2;
const modelsShown = 200;
const triesPerMinute = { scope: 'upstream-test', points: 20, seconds: 60 };

export const upstreamHandlers: Handlers<'testUpstream'> = {
  async testUpstream(deps, { principal, params }) {
    await countKnock(deps.auth.master, triesPerMinute, principal.userId, 'Too many tries in this minute.');
    const grant = await grantOf(deps, principal, { kind: null, name: params.name }, newTraceId());
    const headers = new Headers({ accept: 'application/json', 'anthropic-version': '2023-06-01' });
    try {
      const { status, body } = await deps.live.upstreams.call({
        method: 'GET',
        url: upstreamUrl(grant, '/v1/models', ''),
        headers: sentHeaders(headers, grant),
        body: null,
        signal: AbortSignal.timeout(withinMs),
      });
      return judged(status, await readSmall(body, answerBytes), grant);
    } catch (error) {
      const detail = error instanceof AppError ? error.message : 'The upstream did not answer in time.';
      return { ok: false, status: null, models: [], detail };
    }
  },
};

/** A body of another shape is the engine's to refuse. @throws AppError `upstream_not_allowed` */
export async function assertCallable(deps: HandlerDeps, body: unknown): Promise<void> {
  const read = PutUpstream.safeParse(body);
  if (read.success) await deps.live.upstreams.judge(read.data.baseUrl);
}

function judged(status: number, text: string, { key }: UpstreamGrant): UpstreamTest {
  const models = modelsIn(text);
  if (status === 200 && models !== null) return { ok: true, status, models, detail: null };
  const refused = status === 401 || status === 403;
  const detail = refused
    ? `The upstream does not take the key${key === null ? ', and none is set' : ''}.`
    : status === 200
      ? 'What answers there does not list models as this interface does.'
      : `The upstream answered with status ${status}.`;
  return { ok: false, status, models: [], detail };
}

function modelsIn(text: string): string[] | null {
  try {
    const { data } = JSON.parse(text) as { data?: unknown };
    if (!Array.isArray(data)) return null;
    return data.flatMap((one: { id?: unknown }) => (typeof one?.id === 'string' ? [one.id] : [])).slice(0, modelsShown);
  } catch {
    return null;
  }
}
