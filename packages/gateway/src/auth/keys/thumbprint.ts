/** The name of a key that does not depend on how it was written down. */
import { encodeBase64url } from '../base64url.ts';
import { sha256 } from '../digest.ts';

/**
 * SHA-256 thumbprint, base64url.
 *
 * @param requiredMembers the members RFC 7638 names for the key type and no others, sorted by name
 * @see RFC 7638 section 3, RFC 8037 appendix A.3
 */
export const jwkThumbprint = (requiredMembers: Readonly<Record<string, string>>): string =>
  encodeBase64url(sha256(JSON.stringify(requiredMembers)));
