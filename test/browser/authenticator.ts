/** Chromium's own virtual authenticator: real ceremonies of WebAuthn without a finger. It stays with its page, like a key on a ring. */
import type { Page } from 'playwright-core';

export interface AuthenticatorOptions {
  /** Whether it gives the secret that opens a space. */
  readonly prf: boolean;
}

export async function plugIn(page: Page, { prf }: AuthenticatorOptions): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable', {});
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: prf,
      automaticPresenceSimulation: true,
    },
  });
}
