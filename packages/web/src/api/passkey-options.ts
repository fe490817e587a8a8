/** What the server asks an authenticator for, parsed where it comes in: the members browsers are handed, and no others. */
import { z } from 'zod';

const Transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);
const isTransport = (name: string): name is z.infer<typeof Transport> => Transport.safeParse(name).success;

const Descriptor = z.object({
  id: z.string(),
  type: z.literal('public-key').default('public-key'),
  // Ways of reaching an authenticator that came after this page was built are passed over.
  transports: z
    .array(z.string())
    .transform((names) => names.filter(isTransport))
    .exactOptional(),
});
const Verification = z.enum(['required', 'preferred', 'discouraged']);

/** `PublicKeyCredentialRequestOptionsJSON` of WebAuthn level 3. */
export const RequestOptions = z.object({
  challenge: z.string(),
  timeout: z.number().exactOptional(),
  rpId: z.string().exactOptional(),
  allowCredentials: z.array(Descriptor).exactOptional(),
  userVerification: Verification.exactOptional(),
});
export type RequestOptions = z.infer<typeof RequestOptions>;

/** `PublicKeyCredentialCreationOptionsJSON` of WebAuthn level 3. */
export const CreationOptions = z.object({
  rp: z.object({ id: z.string().exactOptional(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number() })),
  timeout: z.number().exactOptional(),
  excludeCredentials: z.array(Descriptor).exactOptional(),
  authenticatorSelection: z
    .object({
      authenticatorAttachment: z.enum(['platform', 'cross-platform']).exactOptional(),
      requireResidentKey: z.boolean().exactOptional(),
      residentKey: Verification.exactOptional(),
      userVerification: Verification.exactOptional(),
    })
    .exactOptional(),
  attestation: z.enum(['none', 'indirect', 'direct', 'enterprise']).exactOptional(),
});
export type CreationOptions = z.infer<typeof CreationOptions>;
