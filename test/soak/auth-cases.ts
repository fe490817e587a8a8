/**
 * Everything of identity that may be used once, used again: one after the other, and by twenty at the same moment. Speaks HTTP
 * alone; moves the gateway's clock only while nothing else runs.
 */
import { randomInt } from 'node:crypto';
import {
  answerQuestion,
  askToken,
  begin,
  letIn,
  newApplication,
  newAttempt,
  TestBrowser,
  tradeParameters,
} from '../kit/applications.ts';
import { approvalOf, askForDevice } from '../kit/devices.ts';
import { newAuthenticator, passkeyAttempt, registerPasskey, verifyAsPage } from '../kit/passkeys.ts';
import { newIdentity, newSessionKey } from '../kit/proofs.ts';
import { askForRecovery, completeRecovery, printRecoveryKey } from '../kit/recovery.ts';
import {
  type Answer,
  refresh,
  type SignedIn,
  send,
  signedAttempt,
  signIn,
  signInBrowser,
  verifyWithProof,
} from '../kit/sign-in.ts';
import type { GatewayOptions, TestGateway } from '../kit/test-gateway.ts';
import type { Round, SoakCase } from './tally.ts';

/** Rounds that run side by side where they do not race on purpose. */
const lanes = 8;
const crowd = 20;
/** Past the 30 seconds in which a used refresh token still works. */
const pastGraceMs = 31_000;
/** Sessions a person may have at once, less one: the oldest would be ended. */
const perPerson = 9;

const atOnce = (work: (index: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: crowd }, (_, index) => work(index)));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A person, and an application that may ask them: each time in a browser on another network, since questions are counted. */
async function newApplicationOf(gateway: TestGateway) {
  const { cookie } = await signInBrowser(gateway);
  const application = await newApplication(gateway);
  const newBrowser = () => new TestBrowser([cookie], { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.7` });
  return { application, newBrowser };
}

/** OAuth calls the code of a refusal its error. */
const namedByError = (answer: Answer): Answer => ({ ...answer, body: { ...answer.body, code: answer.body.error } });

/** Runs rounds, `side` at a time. */
async function rounds(
  count: number,
  isOver: () => boolean,
  side: number,
  round: () => Promise<Round>,
): Promise<Round[]> {
  const done: Round[] = [];
  let begun = 0;
  const lane = async () => {
    while (begun < count && !isOver()) {
      begun += 1;
      done.push(await round());
    }
  };
  await Promise.all(Array.from({ length: side }, lane));
  return done;
}

/** Each person serves a few rounds, so that their key log and sessions stay short. */
function inTurn(make: () => Promise<SignedIn>): () => Promise<SignedIn> {
  let [left, person] = [0, Promise.reject<SignedIn>(new Error('nobody yet'))];
  person.catch(() => {});
  return () => {
    if (left === 0) [left, person] = [perPerson, make()];
    left -= 1;
    return person;
  };
}

/** Sessions whose refresh token was used, and then so much time passes that its use is a theft. */
async function afterGrace(
  gateway: TestGateway,
  count: number,
  isOver: () => boolean,
  round: (session: SignedIn) => Promise<Round>,
): Promise<Round[]> {
  const done: Round[] = [];
  while (done.length < count && !isOver()) {
    const { identity } = await signIn(gateway);
    const sessions = await Promise.all(
      Array.from({ length: Math.min(perPerson, count - done.length) }, () => signIn(gateway, identity)),
    );
    const used = await Promise.all(sessions.map(({ key, refreshToken }) => refresh(gateway, key, refreshToken)));
    if (used.some(({ status }) => status !== 200)) throw new Error('a refresh token did not work the first time');
    gateway.clockOffsetMs += pastGraceMs;
    for (const session of sessions) done.push(await round(session));
    gateway.clockOffsetMs -= pastGraceMs;
  }
  return done;
}

/** How the gateway that is soaked is started: a recovery does not wait, and each may come from a network of their own. */
export const soakedGateway: GatewayOptions = { recoveryDelayMs: 0, trustedProxies: ['127.0.0.1/32', '::1/128'] };

/** @param gateway started with {@link soakedGateway} */
export function authCases(gateway: TestGateway): readonly SoakCase[] {
  const newcomer = () => signIn(gateway);

  const attemptOf = async ({ identity }: Pick<SignedIn, 'identity'>) => {
    const key = newSessionKey('Ed25519');
    const attempt = await signedAttempt(gateway, identity, 'login', key.jkt);
    return () => verifyWithProof(gateway, attempt, key);
  };

  const useOf = (person: SignedIn) => {
    const headers = { authorization: `DPoP ${person.token}`, dpop: person.proof('GET', '/v1/me') };
    return () => send(gateway, 'GET', '/v1/me', { headers });
  };

  const approve = async (person: SignedIn) => {
    const device = await askForDevice(gateway, person.identity.did);
    const json = await approvalOf(person, device);
    const path = `/v1/devices/requests/${device.requestId}`;
    return {
      approve: () => person.send('POST', `${path}/approval`, { json }),
      refuse: () => person.send('DELETE', path),
    };
  };

  const twice = async (use: () => Promise<Answer>): Promise<Round> => ({
    answers: [await use(), await use()],
    allowed: 1,
  });

  return [
    {
      title: 'a used challenge',
      attemptsEach: 2,
      refusals: ['401 challenge_unknown'],
      async run(count, isOver) {
        const person = await newcomer();
        return rounds(count, isOver, lanes, async () => twice(await attemptOf(person)));
      },
    },
    {
      title: 'a used proof',
      attemptsEach: 2,
      refusals: ['401 dpop_replay'],
      async run(count, isOver) {
        const person = await newcomer();
        return rounds(count, isOver, lanes, () => twice(useOf(person)));
      },
    },
    {
      title: 'a used refresh token after its grace, and what it had opened',
      attemptsEach: 2,
      refusals: ['400 invalid_grant', '401 session_revoked'],
      run: (count, isOver) =>
        afterGrace(gateway, count, isOver, async (session) => ({
          answers: [await refresh(gateway, session.key, session.refreshToken), await session.send('GET', '/v1/me')],
          allowed: 0,
        })),
    },
    {
      title: 'a used approval of a device',
      attemptsEach: 2,
      refusals: ['404 not_found'],
      run(count, isOver) {
        const next = inTurn(newcomer);
        return rounds(count, isOver, 1, async () => twice((await approve(await next())).approve));
      },
    },
    {
      title: `one challenge, ${crowd} at once`,
      attemptsEach: crowd,
      refusals: ['401 challenge_unknown'],
      async run(count, isOver) {
        const person = await newcomer();
        return rounds(count, isOver, 1, async () => ({ answers: await atOnce(await attemptOf(person)), allowed: 1 }));
      },
    },
    {
      title: `one proof, ${crowd} at once`,
      attemptsEach: crowd,
      refusals: ['401 dpop_replay'],
      async run(count, isOver) {
        const person = await newcomer();
        return rounds(count, isOver, 1, async () => ({ answers: await atOnce(useOf(person)), allowed: 1 }));
      },
    },
    {
      title: `one refresh token past its grace, ${crowd} at once`,
      attemptsEach: crowd,
      refusals: ['400 invalid_grant'],
      run: (count, isOver) =>
        afterGrace(gateway, count, isOver, async ({ key, refreshToken }) => ({
          answers: await atOnce(() => refresh(gateway, key, refreshToken)),
          allowed: 0,
        })),
    },
    {
      title: `one device, let in and kept out by ${crowd} at once`,
      attemptsEach: crowd,
      refusals: ['404 not_found', '409 key_log_conflict'],
      run(count, isOver) {
        const next = inTurn(newcomer);
        return rounds(count, isOver, 1, async () => {
          const answer = await approve(await next());
          return {
            // Keeping out is the quicker one: let it begin somewhere in the midst of letting in.
            answers: await atOnce(async (index) => {
              if (index > 0) return answer.approve();
              await pause(Math.random() * 20);
              return answer.refuse();
            }),
            allowed: 1,
          };
        });
      },
    },
    {
      title: `one recovery, completed by ${crowd} at once`,
      attemptsEach: crowd,
      refusals: ['404 not_found', '409 recovery_pending', '409 key_log_conflict'],
      run: (count, isOver) =>
        rounds(count, isOver, 1, async () => {
          const owner = await newcomer();
          const recovery = await askForRecovery(gateway, owner.identity.did, await printRecoveryKey(owner));
          const entry = await recovery.entry();
          return { answers: await atOnce(() => completeRecovery(gateway, recovery, entry)), allowed: 1 };
        }),
    },
    {
      title: `one passkey's answer, ${crowd} at once`,
      attemptsEach: crowd,
      refusals: ['401 challenge_unknown'],
      async run(count, isOver) {
        const passkey = newAuthenticator(gateway.url, 'Ed25519');
        await registerPasskey(await newcomer(), passkey);
        return rounds(count, isOver, 1, async () => {
          const attempt = await passkeyAttempt(gateway, passkey);
          return { answers: await atOnce(() => verifyAsPage(gateway, attempt)), allowed: 1 };
        });
      },
    },
    {
      title: `one question of an application, answered by ${crowd} at once`,
      attemptsEach: crowd,
      refusals: ['404 not_found'],
      async run(count, isOver) {
        const { application, newBrowser } = await newApplicationOf(gateway);
        return rounds(count, isOver, 1, async () => {
          const browser = newBrowser();
          const uid = await begin(gateway, browser, newAttempt(gateway, application));
          const decision = { decision: 'allow' };
          return { answers: await atOnce(() => answerQuestion(gateway, browser, uid, decision)), allowed: 1 };
        });
      },
    },
    {
      title: `one code of an application, traded by ${crowd} at once`,
      attemptsEach: crowd,
      refusals: ['400 invalid_grant'],
      async run(count, isOver) {
        const { application, newBrowser } = await newApplicationOf(gateway);
        return rounds(count, isOver, 1, async () => {
          const attempt = newAttempt(gateway, application);
          const code = (await letIn(gateway, newBrowser(), attempt)).searchParams.get('code') ?? '';
          const parameters = tradeParameters(application, attempt, code);
          const answers = await atOnce(async () => namedByError(await askToken(gateway, parameters)));
          // A code that is seen twice may end everything before the first has its tokens.
          return { answers, allowed: 1, wanted: 0 };
        });
      },
    },
    {
      title: `one key, registered by ${crowd} at once`,
      attemptsEach: crowd,
      refusals: ['409 key_in_use'],
      run: (count, isOver) =>
        rounds(count, isOver, 1, async () => {
          const identity = newIdentity();
          const attempts = await Promise.all(
            Array.from({ length: crowd }, async () => {
              const key = newSessionKey('Ed25519');
              return { key, attempt: await signedAttempt(gateway, identity, 'register', key.jkt) };
            }),
          );
          const answers = await Promise.all(attempts.map(({ key, attempt }) => verifyWithProof(gateway, attempt, key)));
          return { answers, allowed: 1 };
        }),
    },
  ];
}
