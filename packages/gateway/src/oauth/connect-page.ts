/**
 * The page on which a person is asked, and the browser it is asked in. An answer counts only in the browser the question
 * began in: whoever began it elsewhere and sends somebody a link to the page must not get what they allow.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';

/** How long a question waits: signing in comes first for some. */
export const interactionSeconds = 15 * 60;

export const interactionUrl = (uid: string): string => `/connect/${uid}`;
const answersPath = (uid: string): string => `/v1/oauth/interactions/${uid}`;

export const browserCookie = 'vivim-connect';

/** Marks the browser for the requests the page will send, and says where the page is. */
export function bindBrowser(ctx: KoaContextWithOIDC, uid: string): string {
  ctx.cookies.set(browserCookie, uid, {
    path: answersPath(uid),
    httpOnly: true,
    sameSite: 'strict',
    maxAge: interactionSeconds * 1_000,
  });
  return interactionUrl(uid);
}

/** Whether a request comes from the browser this question began in. */
export function isSameBrowser(headers: Headers, uid: string): boolean {
  const pairs = headers.get('cookie')?.split(';') ?? [];
  return pairs.some((pair) => pair.trim() === `${browserCookie}=${uid}`);
}
