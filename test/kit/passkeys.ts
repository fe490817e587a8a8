/** An authenticator for tests, made by hand, so that every part of its answers can be made wrong. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { KeyLogPayload, LoggedKey, SignedEntry } from '@vivim/contract/key-log';
import { entryBytes } from '@vivim/contract/key-log-bytes';
import { type PasskeyAssertion, type PasskeyAttestation, PasskeyOptions } from '@vivim/contract/passkeys';
import { nextEntry } from './keyring.ts';
import { type Answer, ownPage, type SignedIn, send } from './sign-in.ts';
import type { TestGateway } from './test-gateway.ts';

type CBORType = Parameters<typeof isoCBOR.encode>[0];

const sha256 = (value: string | Uint8Array) => createHash('sha256').update(value).digest();
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** Bits of the authenticator's data. WebAuthn level 3, section 6.1. */
export const flags = { up: 0x01, uv: 0x04, be: 0x08, bs: 0x10, at: 0x40 } as const;

/** What may differ from an honest answer. */
export interface AnswerParts {
  readonly rpId?: string;
  readonly origin?: string;
  readonly flags?: number;
  /** Laid over the client's data. */
  readonly clientData?: Record<string, unknown>;
  readonly signCount?: number;
  readonly userHandle?: string | undefined;
  /** The credential it says it is. */
  readonly id?: string;
  /** In place of no attestation. */
  readonly attestation?: readonly [format: string, statement: Map<string, CBORType>];
}

function newKeyPair(alg: 'P-256' | 'Ed25519') {
  if (alg === 'Ed25519') {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { x = '' } = publicKey.export({ format: 'jwk' });
    const bytes = Buffer.from(x, 'base64url');
    const cose: [number, number | Uint8Array][] = [
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, new Uint8Array(bytes)],
    ];
    return { privateKey, cose, bytes, kid: base64url(sha256(JSON.stringify({ crv: alg, kty: 'OKP', x }))) };
  }
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const [bx, by] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  const cose: [number, number | Uint8Array][] = [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(bx)],
    [-3, new Uint8Array(by)],
  ];
  const bytes = Buffer.from([2 + ((by.at(-1) ?? 0) & 1), ...bx]);
  return { privateKey, cose, bytes, kid: base64url(sha256(JSON.stringify({ crv: alg, kty: 'EC', x, y }))) };
}

const signWith = (key: KeyObject, bytes: Uint8Array) =>
  key.asymmetricKeyType === 'ed25519' ? sign(null, bytes, key) : sign('sha256', bytes, key);

export interface Authenticator {
  readonly credentialId: string;
  readonly kid: string;
  logged(priority?: number): LoggedKey;
  /** Answers registration options. */
  create(options: PasskeyOptions['options'], parts?: AnswerParts): PasskeyAttestation;
  /** Answers login and step-up options. */
  get(options: PasskeyOptions['options'], parts?: AnswerParts): PasskeyAssertion;
  signEntry(payload: KeyLogPayload, parts?: AnswerParts): SignedEntry;
}

export interface AuthenticatorParts {
  /** Whether it counts its signatures. */
  readonly counts?: boolean;
  readonly credentialId?: string;
}

/** @param origin of the page it stands on */
export function newAuthenticator(
  origin: string,
  alg: 'P-256' | 'Ed25519' = 'P-256',
  { counts = false, credentialId = base64url(randomBytes(32)) }: AuthenticatorParts = {},
): Authenticator {
  const { privateKey, cose, bytes, kid } = newKeyPair(alg);
  const rpId = new URL(origin).hostname;
  let count = 0;
  let owner: string | undefined;
  const clientData = (type: string, challenge: unknown, parts: AnswerParts) =>
    Buffer.from(
      JSON.stringify({ type, challenge, origin: parts.origin ?? origin, crossOrigin: false, ...parts.clientData }),
    );
  const authenticatorData = (parts: AnswerParts, bits: number, attested: Uint8Array) => {
    count += counts ? 1 : 0;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(parts.signCount ?? count);
    return Buffer.concat([sha256(parts.rpId ?? rpId), Buffer.of(parts.flags ?? bits), counter, attested]);
  };
  const present = flags.up | flags.uv | flags.be | flags.bs;
  const assertion = (challenge: unknown, parts: AnswerParts) => {
    const client = clientData('webauthn.get', challenge, parts);
    const data = authenticatorData(parts, present, new Uint8Array());
    const signature = base64url(signWith(privateKey, Buffer.concat([data, sha256(client)])));
    return { clientDataJSON: base64url(client), authenticatorData: base64url(data), signature };
  };
  return {
    credentialId,
    kid,
    logged: (priority = 100) => ({ kid, alg, publicKey: base64url(bytes), purpose: 'passkey', priority }),
    create(options, parts = {}) {
      owner = (options.user as { id: string }).id;
      const rawId = Buffer.from(credentialId, 'base64url');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(rawId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, rawId, isoCBOR.encode(new Map(cose))]);
      const authData = new Uint8Array(authenticatorData(parts, present | flags.at, attested));
      const [fmt, attStmt] = parts.attestation ?? ['none', new Map()];
      const attestationObject = isoCBOR.encode(
        new Map<string, CBORType>([
          ['fmt', fmt],
          ['attStmt', attStmt],
          ['authData', authData],
        ]),
      );
      const id = parts.id ?? credentialId;
      const clientDataJSON = base64url(clientData('webauthn.create', options.challenge, parts));
      const response = { clientDataJSON, attestationObject: base64url(attestationObject), transports: ['internal'] };
      return { id, rawId: id, type: 'public-key', response };
    },
    get(options, parts = {}) {
      const id = parts.id ?? credentialId;
      const userHandle = 'userHandle' in parts ? parts.userHandle : owner;
      const response = { ...assertion(options.challenge, parts), ...(userHandle === undefined ? {} : { userHandle }) };
      return { id, rawId: id, type: 'public-key', response };
    },
    signEntry(payload, parts = {}) {
      const challenge = base64url(sha256(entryBytes(payload)));
      return { payload, signer: kid, signature: assertion(challenge, parts) };
    },
  };
}

const optionsIn = ({ body }: Answer): PasskeyOptions => PasskeyOptions.parse(body);

/** What may differ from an honest registration. */
export interface RegistrationParts extends AnswerParts {
  /** By default the entry that adds the passkey's key and nothing else. */
  readonly entry?: SignedEntry;
  /** Laid over the authenticator's answer. */
  readonly response?: Partial<PasskeyAttestation['response']>;
}

/** Registers over HTTP; the last word is the server's answer. */
export async function registerPasskey(
  person: SignedIn,
  passkey: Authenticator,
  { entry, response, ...parts }: RegistrationParts = {},
): Promise<Answer> {
  const { challengeId, options } = optionsIn(await person.send('POST', '/v1/webauthn/register/options'));
  const made = passkey.create(options, parts);
  const json = {
    challengeId,
    response: { ...made, response: { ...made.response, ...response } },
    entry: entry ?? (await nextEntry(person, { op: 'add', keys: [passkey.logged()] })),
  };
  return person.send('POST', '/v1/webauthn/register/verify', { json });
}

/** Asks, signs, and does not hand in. */
export async function passkeyAttempt(
  gateway: TestGateway,
  passkey: Authenticator,
  parts: AnswerParts = {},
  jkt?: string,
): Promise<object> {
  const json = jkt === undefined ? {} : { jkt };
  const asked = await send(gateway, 'POST', '/v1/webauthn/login/options', { json, headers: ownPage(gateway) });
  const { challengeId, options } = optionsIn(asked);
  return { challengeId, response: passkey.get(options, parts) };
}

/** Hands an attempt in as a page does. */
export const verifyAsPage = (gateway: TestGateway, attempt: object): Promise<Answer> =>
  send(gateway, 'POST', '/v1/webauthn/login/verify', { json: attempt, headers: ownPage(gateway) });

export const loginWithPasskey = async (
  gateway: TestGateway,
  passkey: Authenticator,
  parts: AnswerParts = {},
): Promise<Answer> => verifyAsPage(gateway, await passkeyAttempt(gateway, passkey, parts));
