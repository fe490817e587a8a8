/** A passkey's signature over bytes of ours: an assertion of WebAuthn whose challenge is their hash. */

import type { VerifyAssertion } from './key-entries.ts';
import type { Origins } from './origins.ts';

export const assertionVerifier =
  (_origins: Origins): VerifyAssertion =>
  async () =>
    false;
