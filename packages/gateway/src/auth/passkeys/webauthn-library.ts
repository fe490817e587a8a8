/** The WebAuthn library, loaded by the first passkey: 320 files with what they stand on, a sixth of all that a server would load. */
export const webauthnLibrary = () => import('@simplewebauthn/server');

/** What the library is made of: CBOR, COSE, what an authenticator says. */
export const webauthnParts = () => import('@simplewebauthn/server/helpers');
