/**
 * What the gateway has to say of a person's services: whether an address may be called, trying one with words of our own,
 * and what a person agrees to. Agreeing is written here before the engine hears of it, withdrawing too.
 */
import { AppError } from '@vivim/contract/errors';
import {
  type ModelAddress,
  ModelAddress as ModelAddressShape,
  type ModelAgreed,
  type ModelPurpose,
  ModelServiceList,
  modelPurposes,
  modelWays,
  PutModelService,
} from '@vivim/contract/model-services';
import type { Principal } from '../../auth/gateway.ts';
import { countKnock } from '../../auth/knocks.ts';
import type { HandlerDeps, Handlers } from '../call.ts';
import { askEngine } from '../live/handing-over.ts';
import { newTraceId } from '../trace-id.ts';

/** Nobody's. */
const triedWords = ['apple', 'boat', 'river'];
const triedQuestion = {
  system: 'Answer with JSON and nothing else: {"word": "…"}.',
  user: 'Which of these floats on water? apple pie, boat, river stone',
  schema: {
    type: 'object',
    properties: { word: { type: 'string' } },
    required: ['word'],
    additionalProperties: false,
  },
  // What models that think before they answer take for a word.
  mostTokens: 1_000,
};
const triesPerMinute = { scope: 'model-test', points: 20, seconds: 60 };

const tell = (deps: HandlerDeps, principal: Principal, way: string, body: object): Promise<unknown> =>
  askEngine(deps.fleet, principal, way, Buffer.from(JSON.stringify(body)), newTraceId());

async function tellAgreed(deps: HandlerDeps, principal: Principal, agreed: ModelAgreed): Promise<ModelServiceList> {
  return ModelServiceList.parse(await tell(deps, principal, modelWays.agreed, agreed));
}

async function tried(deps: HandlerDeps, address: ModelAddress, purpose: ModelPurpose) {
  const { embedding, chat } = deps.live;
  if (purpose === 'embed')
    return { dimensions: (await embedding.tried(address, triedWords)).dimensions, chatForm: null };
  return { dimensions: null, chatForm: (await chat.tried(address, triedQuestion)).form };
}

export const modelServiceHandlers: Handlers<'testModelService' | 'agreeToModelService' | 'withdrawFromModelService'> = {
  async testModelService(deps, { principal, params: { name }, query: { purpose } }) {
    await countKnock(deps.auth.master, triesPerMinute, principal.userId, 'Too many tries in this minute.');
    const address: ModelAddress = ModelAddressShape.parse(await tell(deps, principal, modelWays.service, { name }));
    const { kind, baseUrl, model } = address;
    try {
      const learnt = await tried(deps, address, purpose);
      await tell(deps, principal, modelWays.learnt, { name, kind, baseUrl, model, ...learnt });
      return { ok: true, ...learnt, detail: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ok: false, dimensions: null, chatForm: null, detail: error.message };
    }
  },

  async agreeToModelService(deps, { principal, params: { name }, body: { purpose, ...seen } }) {
    const { grants } = deps.live;
    const atMs = deps.auth.clock();
    await grants.give(principal.userId, { service: name, purpose, address: seen }, atMs);
    try {
      const list = await tellAgreed(deps, principal, { name, purpose, seen, atMs });
      await deps.fleet.moveApart(principal.routing);
      return list;
    } catch (error) {
      await grants.withdraw(principal.userId, name, purpose);
      throw error;
    }
  },

  async withdrawFromModelService(deps, { principal, params: { name }, query: { purpose } }) {
    await deps.live.grants.withdraw(principal.userId, name, purpose);
    return tellAgreed(deps, principal, { name, purpose, seen: null, atMs: null });
  },
};

/**
 * Before a service is set: whether its address may be called, and whether what was agreed to is still what it will be.
 * A body of another shape is the engine's to refuse. @throws AppError `upstream_not_allowed`
 */
export async function beforeServiceIsPut(
  deps: HandlerDeps,
  body: unknown,
  principal: Principal,
  { name }: Readonly<Record<string, string>>,
): Promise<void> {
  const read = PutModelService.safeParse(body);
  if (!read.success || name === undefined) return;
  const { kind, baseUrl, model } = read.data;
  await deps.live.upstreams.judge(baseUrl);
  const { grants } = deps.live;
  for (const purpose of modelPurposes) {
    const grant = { service: name, purpose, address: { kind, baseUrl, model } };
    if (!(await grants.has(principal.userId, grant))) await grants.withdraw(principal.userId, name, purpose);
  }
}

/** Before a service is forgotten: nothing may go there from now on. */
export async function beforeServiceIsDeleted(
  deps: HandlerDeps,
  _: unknown,
  principal: Principal,
  { name }: Readonly<Record<string, string>>,
): Promise<void> {
  if (name !== undefined) await deps.live.grants.withdraw(principal.userId, name);
}
