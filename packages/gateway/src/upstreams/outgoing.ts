/**
 * What goes out to services for people who agreed to it: asked of master anew for each request, so many at once, and cut off in
 * the middle when it is taken back. Answers are bounded before anybody reads them. Keeps no text, no key and no answer.
 */
import { AppError } from '@vivim/contract/errors';
import type { UserId } from '@vivim/contract/ids';
import type { ModelRefusal } from '@vivim/contract/model-asks';
import type { ModelAddress, ModelPurpose } from '@vivim/contract/model-services';
import type { ModelGrant, ModelGrants } from './model-grants.ts';
import { readSmall, type Upstreams } from './upstreams.ts';

export interface OutgoingDeps {
  readonly upstreams: Upstreams;
  /** Asked anew for each request. */
  readonly grants: Pick<ModelGrants, 'has'>;
  /** Milliseconds; by what is asked where left out. */
  readonly withinMs?: number;
}

/** One request: where, what, and what may come back. */
export interface ServiceRequest {
  readonly address: ModelAddress;
  /** Behind the address. */
  readonly path: string;
  readonly body: object;
  /** Bytes of the answer at most. */
  readonly most: number;
  readonly withinMs: number;
}

export interface Outgoing {
  /** Whatever goes wrong stands in the answer: nothing was sent, or nothing came of it. */
  asAgreed<T extends { readonly ok: true }>(
    userId: UserId,
    grant: ModelGrant,
    send: (stop: AbortSignal) => Promise<T>,
  ): Promise<T | ModelRefusal>;
  /** @returns the body of the answer @throws AppError */
  post(request: ServiceRequest, stop?: AbortSignal): Promise<string>;
  /** Cut off what is under way to a service. @param purpose left out: for whatever */
  stop(userId: UserId, service: string, purpose?: ModelPurpose): void;
}

interface Going {
  readonly service: string;
  readonly purpose: ModelPurpose;
  readonly abort: AbortController;
}

/** Of one person. */
const atOnce = 4;
const longestWaitSeconds = 3_600;

export function createOutgoing(deps: OutgoingDeps): Outgoing {
  const open = new Map<UserId, Set<Going>>();

  return {
    async asAgreed(userId, grant, send) {
      const mine = open.get(userId) ?? new Set();
      if (mine.size >= atOnce) return refused(new AppError('rate_limited', undefined, { retryAfterSeconds: 1 }));
      open.set(userId, mine);
      // Known before master is asked: what is taken back from here on is cut off.
      const going = { service: grant.service, purpose: grant.purpose, abort: new AbortController() };
      mine.add(going);
      try {
        if (!(await deps.grants.has(userId, grant))) return refused(notAllowed());
        return await send(going.abort.signal);
      } catch (error) {
        return refused(going.abort.signal.aborted ? notAllowed() : error);
      } finally {
        mine.delete(going);
        if (mine.size === 0) open.delete(userId);
      }
    },

    async post({ address, path, body, most, ...request }, stop) {
      stop?.throwIfAborted();
      const { baseUrl, key } = address;
      const late = AbortSignal.timeout(deps.withinMs ?? request.withinMs);
      const signal = stop === undefined ? late : AbortSignal.any([late, stop]);
      try {
        const answer = await deps.upstreams.call({
          method: 'POST',
          url: `${baseUrl}${path}`,
          headers: {
            accept: 'application/json',
            'accept-encoding': 'identity',
            'content-type': 'application/json',
            ...(key === null ? {} : { authorization: `Bearer ${key}` }),
          },
          body: Buffer.from(JSON.stringify(body)),
          signal,
        });
        if (answer.status !== 200) {
          answer.body.destroy();
          throw refusalOf(answer.status, answer.headers['retry-after']);
        }
        return await readSmall(answer.body, most).catch((error: unknown) => {
          if (signal.aborted || !(error instanceof Error) || error.message !== 'the answer is too large') throw error;
          throw new AppError('model_answer_invalid', 'The service answered with more than such an answer takes.');
        });
      } catch (error) {
        if (error instanceof AppError) throw error;
        const why = late.aborted ? 'did not answer in time' : 'broke off its answer';
        throw new AppError('upstream_unavailable', `The service ${why}.`, { cause: error });
      }
    },

    stop(userId, service, purpose) {
      for (const going of open.get(userId) ?? [])
        if (going.service === service && (purpose === undefined || going.purpose === purpose)) going.abort.abort();
    },
  };
}

/** Consents whose end also cuts off what is under way. */
export const cuttingOff = (grants: ModelGrants, outgoing: Pick<Outgoing, 'stop'>): ModelGrants => ({
  ...grants,
  async withdraw(userId, service, purpose) {
    await grants.withdraw(userId, service, purpose);
    outgoing.stop(userId, service, purpose);
  },
});

const notAllowed = () => new AppError('model_not_allowed', undefined, { retryAfterSeconds: 60 });

function refused(error: unknown): ModelRefusal {
  const known = error instanceof AppError ? error : new AppError('models_unavailable');
  return { ok: false, code: known.code, detail: known.message, retryAfterSeconds: known.retryAfterSeconds ?? null };
}

/** What the status of a refusal is remembered by, for whoever tries another way of asking. */
export class ServiceRefused extends AppError {
  readonly serviceStatus: number;
  constructor(status: number, detail: string) {
    super('upstream_unavailable', detail);
    this.serviceStatus = status;
  }
}

/** What a status says to do. The words of the service are not handed on: they may repeat what was sent. */
function refusalOf(status: number, retryAfter: string | undefined): AppError {
  if (status === 429 || status === 503) {
    const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Math.min(Number(retryAfter), longestWaitSeconds) : 10;
    return new AppError('rate_limited', `The service asks to wait (status ${status}).`, { retryAfterSeconds: seconds });
  }
  const why = status === 401 || status === 403 ? 'does not take the key' : `answered with status ${status}`;
  return new ServiceRefused(status, `The service ${why}.`);
}
