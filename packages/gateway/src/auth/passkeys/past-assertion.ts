/**
 * Assertions of passkeys checked long after they were made. The server may have had another name then, so the origin is the
 * one the assertion itself names: what is asked is whether the key signed, not whether it may sign in here today.
 */
import { z } from 'zod';
import { decodeBase64url } from '../base64url.ts';
import type { VerifyAssertion } from '../keys/key-entries.ts';
import { createOrigins } from '../origins.ts';
import { assertionVerifier } from './passkey-assertion.ts';

const ClientData = z.object({ origin: z.string().refine((text) => URL.canParse(text)) });

export const verifyPastAssertion: VerifyAssertion = async (key, bytes, assertion) => {
  const clientData = decodeBase64url(assertion.clientDataJSON);
  if (clientData === null) return false;
  try {
    const { origin } = ClientData.parse(JSON.parse(Buffer.from(clientData).toString('utf8')));
    return await assertionVerifier(createOrigins(origin, 0))(key, bytes, assertion);
  } catch {
    return false;
  }
};
