/**
 * For every operation a request its owner may make, and what they are answered. A route that is not here does not compile: who
 * adds one says what it answers, and the table of roles does the rest.
 */

import { AppError } from '@vivim/contract/errors';
import { UserId } from '@vivim/contract/ids';
import { recoverPayload } from '@vivim/contract/key-log-bytes';
import { liveWays } from '@vivim/contract/live';
import { modelWays } from '@vivim/contract/model-services';
import { PasskeyOptions } from '@vivim/contract/passkeys';
import { toProblem } from '@vivim/contract/problem';
import { uuidv7 } from '@vivim/contract/random';
import type { RecoveryNotice } from '@vivim/contract/recovery';
import type { Operation } from '@vivim/contract/routes';
import { signedTags } from '@vivim/contract/signed-object';
import { addOperator } from '@vivim/gateway/master/operators';
import { authorizeUrl, newApplication, newAttempt } from '../../kit/applications.ts';
import { addDevice, approvalOf, askForDevice } from '../../kit/devices.ts';
import { appendChange, loggedKey, newSealingKey, nextEntry, signObject } from '../../kit/keyring.ts';
import { newAuthenticator, passkeyAttempt, registerPasskey } from '../../kit/passkeys.ts';
import { makeProof, newIdentity, newSessionKey } from '../../kit/proofs.ts';
import { askForRecovery, printRecoveryKey } from '../../kit/recovery.ts';
import { sealedSpaceKey, twoOpeners } from '../../kit/sealed.ts';
import { ownPage, type SignedIn, send, signedAttempt, signIn } from '../../kit/sign-in.ts';
import { emptyAnswer, type TestGateway } from '../../kit/test-gateway.ts';
import type { Ask } from './ask.ts';

export interface Scene {
  readonly gateway: TestGateway;
  readonly owner: SignedIn;
  /** People whose names the owner may read, because they have to do with each other. */
  readonly friends: SignedIn[];
}

export interface OwnRequest {
  readonly answers: string;
  /** Where an account that is being erased is answered otherwise. */
  readonly whileDeleting?: string;
  readonly make?: (scene: Scene) => Promise<Ask>;
}

/** Ids of an engine's things look like this; whose they are its own engine knows. */
const thing = async (): Promise<Ask> => ({ params: { id: `c_${'a'.repeat(32)}` } });
const run = async (): Promise<Ask> => ({ params: { id: uuidv7() } });
/** The engine knows no such service. */
const watcherId = uuidv7();
const noService = { answers: '404 not_found' } as const;
function answerNoService({ gateway }: Scene): object {
  gateway.answer = (request) =>
    Object.values<string>(modelWays).includes(request.path)
      ? Response.json(toProblem(new AppError('not_found')), { status: 404 })
      : emptyAnswer();
  return {};
}
const noUpstream = () => Response.json(toProblem(new AppError('upstream_unknown')), { status: 404 });
const byEngine = { answers: '200 ok' };
const tusHeaders = { 'tus-resumable': '1.0.0' };
const upload = async (): Promise<Ask> => ({ ...(await run()), headers: { ...tusHeaders, 'upload-offset': '0' } });
const nameCt = 'A'.repeat(64);

/** Opens a question of an application in a browser of its own. */
async function newQuestion({ gateway }: Pick<Scene, 'gateway'>): Promise<Ask & { readonly params: { uid: string } }> {
  const attempt = newAttempt(gateway, await newApplication(gateway));
  const answer = await fetch(authorizeUrl(gateway, attempt), { headers: { accept: 'text/html' }, redirect: 'manual' });
  const uid = answer.headers.get('location')?.split('/').at(-1) ?? '';
  return { params: { uid }, headers: { cookie: `vivim-connect=${uid}` } };
}

const newDeviceRequest = async ({ gateway, owner }: Scene) => askForDevice(gateway, owner.identity.did);

async function newRecovery({ gateway, owner }: Scene) {
  return askForRecovery(gateway, owner.identity.did, await printRecoveryKey(owner));
}

/** Somebody the owner is a guardian of asks to get back in. */
async function friendsRecovery({ gateway, owner, friends }: Scene): Promise<RecoveryNotice> {
  const friend = await signIn(gateway);
  friends.push(friend);
  const guardians = { dids: [owner.identity.did], threshold: 1 };
  await appendChange(friend, { op: 'setRecovery', recovery: null, guardians });
  const identity = newIdentity();
  const proof = await signedAttempt(gateway, identity, 'recovery', identity.jkt);
  const encKey = (await newSealingKey()).encKey;
  const json = { account: friend.identity.did, proof, encKey, platform: 'cli', method: 'guardians' };
  await send(gateway, 'POST', '/v1/recovery/requests', { json });
  const { body } = await owner.send('GET', '/v1/recovery/guardian-requests');
  const [notice] = body.items as RecoveryNotice[];
  if (notice === undefined) throw new Error('the guardian is not asked');
  return notice;
}

/** A proof of a key without a token, as those who sign in send it. */
const unbound = ({ gateway }: Pick<Scene, 'gateway'>, key: SignedIn['key'], path: string) => ({
  dpop: makeProof(key, { method: 'POST', url: `${gateway.url}${path}`, nowMs: gateway.now() }),
});

/** As the operator of the host does it, over their socket. */
async function asOperator({ gateway, owner }: Scene): Promise<Ask> {
  await addOperator(gateway.master, UserId.parse(owner.userId), new Date(gateway.now()));
  return {};
}

export const ownRequests: Readonly<Record<Operation, OwnRequest>> = {
  getHealth: { answers: '200 ok' },
  createChallenge: {
    answers: '201 ok',
    make: async ({ owner }) => ({ json: { did: owner.identity.did, jkt: owner.key.jkt, purpose: 'login' } }),
  },
  verifyChallenge: {
    answers: '200 ok',
    async make({ gateway, owner }) {
      const key = newSessionKey();
      const json = await signedAttempt(gateway, owner.identity, 'login', key.jkt);
      return { json, headers: unbound({ gateway }, key, '/v1/auth/verify') };
    },
  },
  refreshSession: {
    answers: '200 ok',
    make: async ({ gateway, owner }) => ({
      json: { refresh_token: owner.refreshToken },
      headers: unbound({ gateway }, owner.key, '/v1/auth/refresh'),
    }),
  },
  passkeyLoginOptions: { answers: '200 ok', make: async () => ({ json: {} }) },
  loginWithPasskey: {
    answers: '200 ok',
    async make({ gateway, owner }) {
      const passkey = newAuthenticator(gateway.url);
      await registerPasskey(owner, passkey);
      return { json: await passkeyAttempt(gateway, passkey), headers: ownPage(gateway) };
    },
  },
  getMe: { answers: '200 ok' },
  getUsage: { answers: '200 ok' },
  getSpaceBackups: { answers: '200 ok' },
  getOperatorOverview: { answers: '200 ok', make: asOperator },
  listOperatorAccounts: { answers: '200 ok', make: asOperator },
  stopEngine: {
    answers: '200 ok',
    async make(scene) {
      await asOperator(scene);
      return { params: { id: scene.owner.userId } };
    },
  },
  listAccountEvents: { answers: '200 ok' },
  streamAccountEvents: { answers: '200 ok' },
  lockAccount: {
    answers: '204 ok',
    async make({ owner }) {
      await printRecoveryKey(owner);
      return {};
    },
  },
  unlockAccount: {
    answers: '204 ok',
    async make({ gateway, owner }) {
      const paper = await printRecoveryKey(owner);
      return { json: { proof: await signedAttempt(gateway, paper, 'recovery', paper.jkt) } };
    },
  },
  getSpaceSeal: { answers: '200 ok' },
  sealSpace: {
    answers: '200 ok',
    async make({ owner }) {
      await twoOpeners(owner);
      return {};
    },
  },
  unlockSpace: {
    answers: '200 ok',
    whileDeleting: '403 account_deleting',
    make: async ({ owner }) => ({ json: { key: await sealedSpaceKey(owner) } }),
  },
  lockSpace: { answers: '200 ok' },
  unsealSpace: { answers: '200 ok', make: async ({ owner }) => ({ json: { key: await sealedSpaceKey(owner) } }) },
  deleteAccount: { answers: '202 ok' },
  getErasure: {
    answers: '200 ok',
    make: async ({ gateway }) => {
      const receipt = 'R'.repeat(43);
      gateway.erasures.set(receipt, { receipt, erasedAt: '2026-01-01T00:00:00.000Z', seq: 1, hash: 'H'.repeat(43) });
      return { params: { receipt } };
    },
  },
  cancelDeletion: { answers: '204 ok' },
  listSessions: { answers: '200 ok' },
  endSession: { answers: '204 ok' },
  revokeSession: {
    answers: '204 ok',
    make: async ({ gateway, owner }) => ({ params: { id: (await signIn(gateway, owner.identity)).sessionId } }),
  },
  endAllSessions: { answers: '204 ok' },
  createToken: {
    answers: '201 ok',
    whileDeleting: '403 account_deleting',
    make: async () => ({ json: { scopes: ['memory:read'], days: 1 } }),
  },
  getConsentRequest: { answers: '200 ok', make: newQuestion },
  answerConsentRequest: {
    answers: '200 ok',
    whileDeleting: '404 not_found',
    make: async (scene) => ({ ...(await newQuestion(scene)), json: { decision: 'allow' } }),
  },
  listDevices: { answers: '200 ok' },
  updateDevice: {
    answers: '200 ok',
    async make({ owner }) {
      const { body } = await owner.send('GET', '/v1/devices');
      return { params: { id: (body.items as { id: string }[])[0]?.id ?? '' }, json: { nameCt } };
    },
  },
  revokeDevice: {
    answers: '204 ok',
    async make({ gateway, owner }) {
      const { deviceId: id, kids } = await addDevice(gateway, owner);
      return { params: { id }, json: { entry: await nextEntry(owner, { op: 'revoke', kids: [...kids] }) } };
    },
  },
  createDeviceRequest: {
    answers: '201 ok',
    async make({ gateway, owner }) {
      const device = newIdentity();
      const proof = await signedAttempt(gateway, device, 'device', device.jkt);
      const encKey = (await newSealingKey()).encKey;
      return { json: { account: owner.identity.did, encKey, platform: 'cli', proof } };
    },
  },
  getDeviceRequest: {
    answers: '200 ok',
    make: async (scene) => ({ params: { id: (await newDeviceRequest(scene)).requestId } }),
  },
  listDeviceRequests: { answers: '200 ok' },
  approveDevice: {
    answers: '200 ok',
    async make(scene) {
      const device = await newDeviceRequest(scene);
      return { params: { id: device.requestId }, json: await approvalOf(scene.owner, device) };
    },
  },
  refuseDevice: {
    answers: '204 ok',
    make: async (scene) => ({ params: { id: (await newDeviceRequest(scene)).requestId } }),
  },
  listKeys: { answers: '200 ok' },
  getKeyLog: { answers: '200 ok' },
  appendKeyLog: {
    answers: '200 ok',
    make: async ({ owner }) => {
      const keys = [loggedKey(newIdentity(), 'device-auth')];
      return { json: { entry: await nextEntry(owner, { op: 'add', keys, deviceId: uuidv7() }) } };
    },
  },
  listSpaceKeyWraps: { answers: '200 ok' },
  passkeyRegistrationOptions: { answers: '200 ok' },
  registerPasskey: {
    answers: '201 ok',
    async make({ gateway, owner }) {
      const passkey = newAuthenticator(gateway.url);
      const asked = await owner.send('POST', '/v1/webauthn/register/options');
      const { challengeId, options } = PasskeyOptions.parse(asked.body);
      const entry = await nextEntry(owner, { op: 'add', keys: [passkey.logged()] });
      return { json: { challengeId, response: passkey.create(options), entry } };
    },
  },
  passkeyStepUpOptions: { answers: '200 ok' },
  stepUpWithPasskey: {
    answers: '204 ok',
    async make({ gateway, owner }) {
      const passkey = newAuthenticator(gateway.url);
      await registerPasskey(owner, passkey);
      const asked = await owner.send('POST', '/v1/webauthn/stepup/options');
      const { challengeId, options } = PasskeyOptions.parse(asked.body);
      return { json: { challengeId, response: passkey.get(options) } };
    },
  },
  listPasskeys: { answers: '200 ok' },
  getRecovery: { answers: '200 ok' },
  createRecoveryRequest: {
    answers: '201 ok',
    async make({ gateway, owner }) {
      const identity = newIdentity();
      const proof = await signedAttempt(gateway, identity, 'recovery', identity.jkt);
      const encKey = (await newSealingKey()).encKey;
      return { json: { account: owner.identity.did, proof, encKey, platform: 'cli', method: 'guardians' } };
    },
  },
  getRecoveryRequest: {
    answers: '200 ok',
    make: async (scene) => ({ params: { id: (await newRecovery(scene)).id } }),
  },
  completeRecovery: {
    answers: '204 ok',
    async make(scene) {
      const recovery = await newRecovery(scene);
      return { params: { id: recovery.id }, json: { entry: await recovery.entry() } };
    },
  },
  vetoRecovery: {
    answers: '204 ok',
    make: async (scene) => ({ params: { id: (await newRecovery(scene)).id } }),
  },
  listGuardianRequests: {
    answers: '200 ok',
    async make(scene) {
      await friendsRecovery(scene);
      return {};
    },
  },
  vouchForRecovery: {
    answers: '204 ok',
    async make(scene) {
      const { identity } = scene.owner;
      const { id, account, kid, challengeId } = await friendsRecovery(scene);
      const signature = signObject(identity, signedTags.recover, recoverPayload(account, kid, challengeId));
      return { params: { id }, json: { kid: identity.jkt, did: identity.did, signature } };
    },
  },
  exportSpace: byEngine,
  getSpace: byEngine,
  getActivity: byEngine,
  streamEvents: byEngine,
  createImport: { ...byEngine, make: async () => ({ query: '?fileName=a.json', bytes: '[]' }) },
  listImports: byEngine,
  getImport: { ...byEngine, make: run },
  listImportIssues: { ...byEngine, make: run },
  listImportEntries: { ...byEngine, make: run },
  listImportKept: { ...byEngine, make: run },
  getImportReport: { ...byEngine, make: run },
  getImportEntryRaw: { ...byEngine, make: async () => ({ params: { id: uuidv7(), entry: '1-1' } }) },
  streamImport: { ...byEngine, make: run },
  cancelImport: { ...byEngine, make: run },
  pauseImport: { ...byEngine, make: run },
  resumeImport: { ...byEngine, make: run },
  describeUploads: { answers: '204 ok' },
  createUpload: { ...byEngine, make: async () => ({ headers: { ...tusHeaders, 'upload-length': '1' } }) },
  findUpload: { ...byEngine, make: upload },
  appendUpload: { ...byEngine, make: async () => ({ ...(await upload()), bytes: 'x' }) },
  deleteUpload: { ...byEngine, make: upload },
  listConversations: byEngine,
  getConversation: { ...byEngine, make: thing },
  listMessages: { ...byEngine, make: thing },
  getMessage: { ...byEngine, make: thing },
  listArtifacts: { ...byEngine, make: thing },
  listAttachments: byEngine,
  getAttachment: { ...byEngine, make: thing },
  getAttachmentContent: { ...byEngine, make: thing },
  listMessageAcus: { ...byEngine, make: thing },
  getAcu: { ...byEngine, make: thing },
  search: { ...byEngine, make: async () => ({ query: '?q=x' }) },
  listSearchChoices: byEngine,
  listMessagesAround: { ...byEngine, make: thing },
  getGraph: byEngine,
  listTopics: byEngine,
  getTopic: { ...byEngine, make: thing },
  listEntities: byEngine,
  getEntity: { ...byEngine, make: thing },
  correctTopic: { ...byEngine, make: async () => ({ ...(await thing()), json: { action: 'pin', pinned: true } }) },
  correctEntity: { ...byEngine, make: async () => ({ ...(await thing()), json: { action: 'pin', pinned: true } }) },
  listCorrections: byEngine,
  undoCorrection: { ...byEngine, make: thing },
  listMemories: byEngine,
  createMemory: { ...byEngine, make: async () => ({ json: { text: 'x' } }) },
  getMemory: { ...byEngine, make: thing },
  changeMemory: { ...byEngine, make: async () => ({ ...(await thing()), json: { pinned: true } }) },
  forgetMemory: { ...byEngine, make: thing },
  mergeMemory: { ...byEngine, make: async () => ({ ...(await thing()), json: { into: `k_${'a'.repeat(32)}` } }) },
  reviewMemory: { ...byEngine, make: async () => ({ ...(await thing()), json: { outcome: 'holds' } }) },
  listMemorySteps: byEngine,
  undoMemoryStep: { ...byEngine, make: async () => ({ params: { id: 'a-step' } }) },
  getMemoryChoices: byEngine,
  listDueMemories: byEngine,
  listMemoryConflicts: byEngine,
  settleMemoryConflict: {
    ...byEngine,
    make: async () => ({ json: { attribute: 'home', keep: [`k_${'a'.repeat(32)}`] } }),
  },
  listProjects: byEngine,
  getProject: { ...byEngine, make: thing },
  createContext: { ...byEngine, make: async () => ({ json: { query: 'x' } }) },
  streamContext: {
    ...byEngine,
    make: async () => ({ json: { query: 'x' }, headers: { accept: 'text/event-stream' } }),
  },
  putPresence: { ...byEngine, make: async () => ({ json: { page: 'page-one', typed: 'x' } }) },
  getForesight: byEngine,
  startSelfEvaluation: { ...byEngine, make: async () => ({ json: {} }) },
  getSelfEvaluation: byEngine,
  cancelSelfEvaluation: byEngine,
  listBundles: byEngine,
  getBundle: { ...byEngine, make: thing },
  eraseConversation: { ...byEngine, make: thing },
  eraseMessage: { ...byEngine, make: thing },
  eraseAcu: { ...byEngine, make: thing },
  eraseTopic: { ...byEngine, make: thing },
  eraseEntity: { ...byEngine, make: thing },
  eraseImport: { ...byEngine, make: run },
  eraseRange: { ...byEngine, make: async () => ({ json: { source: 'chatgpt' } }) },
  erase: { ...byEngine, make: async () => ({ json: { kind: 'conversation', ids: [`c_${'a'.repeat(32)}`] } }) },
  saveConversation: {
    ...byEngine,
    make: async () => ({ json: { messages: [{ role: 'user', content: 'Hello' }] } }),
  },
  saveNote: { ...byEngine, make: async () => ({ json: { text: 'Milk' } }) },
  reparse: { ...byEngine, make: async () => ({ json: {} }) },
  listConflicts: byEngine,
  resolveConflicts: { ...byEngine, make: async () => ({ json: { keep: 'both', conversationIds: null } }) },
  findWhereabouts: { ...byEngine, make: async () => ({ query: '?q=boat' }) },
  listSecrets: byEngine,
  decideSecrets: { ...byEngine, make: async () => ({ json: { ids: null, decision: 'keep' } }) },
  getSecretSettings: byEngine,
  setSecretSettings: { ...byEngine, make: async () => ({ json: { rule: 'withhold' } }) },
  getWatchedFile: { ...byEngine, make: async () => ({ params: { key: 'a'.repeat(64) } }) },
  growWatchedFile: {
    ...byEngine,
    make: async () => ({
      params: { key: 'a'.repeat(64) },
      query: '?source=codex&fileName=log.jsonl&from=0',
      bytes: 'no json\n',
    }),
  },
  listWatchers: byEngine,
  tellWatcher: {
    ...byEngine,
    make: async () => ({ params: { machine: watcherId }, json: { device: 'a desk', ended: false, places: [] } }),
  },
  forgetWatcher: { ...byEngine, make: async () => ({ params: { machine: watcherId } }) },
  listErasures: byEngine,
  getErasureReceipt: { ...byEngine, make: run },
  allowErased: { ...byEngine, make: run },
  listAssemblies: byEngine,
  getAssembly: { ...byEngine, make: run },
  explainAssembly: { ...byEngine, make: async () => ({ ...(await run()), query: `?acuId=a_${'a'.repeat(32)}` }) },
  listAsked: byEngine,
  listAskers: byEngine,
  getAsked: { ...byEngine, make: run },
  deleteAsked: { ...byEngine, make: run },
  clearAsked: byEngine,
  listRecipes: byEngine,
  putRecipe: { ...byEngine, make: async () => ({ params: { name: 'a' }, json: { settings: { budget: 900 } } }) },
  deleteRecipe: { ...byEngine, make: async () => ({ params: { name: 'a' } }) },
  listExclusions: byEngine,
  createExclusion: { ...byEngine, make: async () => ({ json: { kind: 'source', of: 'chatgpt' } }) },
  deleteExclusion: { ...byEngine, make: thing },
  listPins: byEngine,
  createPin: { ...byEngine, make: async () => ({ json: { kind: 'unit', of: `a_${'a'.repeat(32)}` } }) },
  deletePin: { ...byEngine, make: async () => ({ params: { id: `n_${'a'.repeat(32)}` } }) },
  listAnnotations: byEngine,
  annotate: {
    ...byEngine,
    make: async () => ({ json: { steps: [{ kind: 'archive', of: `c_${'a'.repeat(32)}`, on: true }] } }),
  },
  getConversationFacets: byEngine,
  getOutline: { ...byEngine, make: thing },
  getMessageUse: { ...byEngine, make: async () => ({ params: { id: `m_${'a'.repeat(32)}` } }) },
  listUpstreams: byEngine,
  putUpstream: {
    ...byEngine,
    make: async () => ({ params: { name: 'a' }, json: { kind: 'openai', baseUrl: 'https://api.example.com/v1' } }),
  },
  deleteUpstream: { ...byEngine, make: async () => ({ params: { name: 'a' } }) },
  testUpstream: {
    answers: '404 upstream_unknown',
    async make({ gateway }) {
      gateway.answer = (request) => (request.path === liveWays.upstream ? noUpstream() : emptyAnswer());
      return { params: { name: 'a' } };
    },
  },
  listModelServices: byEngine,
  putModelService: {
    ...byEngine,
    make: async () => ({
      params: { name: 'a' },
      json: { kind: 'openai', baseUrl: 'https://api.example.com/v1', model: 'm' },
    }),
  },
  deleteModelService: { ...byEngine, make: async () => ({ params: { name: 'a' } }) },
  testModelService: { ...noService, make: async (scene) => ({ ...answerNoService(scene), params: { name: 'a' } }) },
  agreeToModelService: {
    ...noService,
    make: async (scene) => ({
      ...answerNoService(scene),
      params: { name: 'a' },
      json: { purpose: 'embed', kind: 'openai', baseUrl: 'https://api.example.com/v1', model: 'm' },
    }),
  },
  withdrawFromModelService: {
    ...noService,
    make: async (scene) => ({ ...answerNoService(scene), params: { name: 'a' }, query: '?purpose=embed' }),
  },
  chooseEmbedder: { ...byEngine, make: async () => ({ json: { service: null } }) },
  chooseMemoryModel: { ...byEngine, make: async () => ({ json: { service: null } }) },
  listModelCalls: byEngine,
};
