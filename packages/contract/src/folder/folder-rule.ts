/**
 * Which files of a folder are sent to be imported, the same for the command and for pages: nothing a system keeps for itself, no
 * sign-in, no key. Goes by names alone; reads nothing, and never lets a name pass because of where it lies.
 */

/** Why something of a folder is left out though a person might miss it. */
export const leftOutWords = {
  'sign-in': 'its name says that it holds a sign-in or keys',
  account: 'billing and sign-ins of an account, which are not conversations',
  link: 'a link, which is not followed',
  name: 'a zip cannot hold this name',
  empty: 'it is empty',
} as const;
export type LeftOut = keyof typeof leftOutWords;

export type FolderVerdict = 'take' | 'pass-over' | LeftOut;

/** What systems leave in every folder, and version control and package managers keep. */
const systemNames =
  /^(?:\.DS_Store|\._.*|\.localized|\.Spotlight-V100|\.Trashes|\.fseventsd|__MACOSX|Thumbs\.db|desktop\.ini|\.git|node_modules)$/i;
/** The sign-ins of Claude Code, Codex and Gemini CLI lie right beside their sessions. */
const signInNames =
  /^(?:\.credentials\.json|auth\.json|oauth_creds\.json|\.env(?:\..*)?|id_(?:rsa|dsa|ed25519|ecdsa)|.*\.(?:pem|p12|pfx|keystore|kdbx))$/i;
/** A backslash, what looks like the letter of a drive, half a character. */
const unnameable = /\\|^[a-z]:|[\uD800-\uDFFF]/iu;
/** What Grok's export holds of an account beside its conversations. */
export const grokAccountNames = /(?:^|\/)prod-mc-(?:auth|billing)[^/]*\.json$/i;

/**
 * One name of a folder, of a file or of a folder in it: `take` it (or look into it), `pass-over` without a word, or leave it out
 * and say why.
 * @param name without the folders it lies in
 */
export function judgeName(name: string): FolderVerdict {
  if (systemNames.test(name)) return 'pass-over';
  if (signInNames.test(name)) return 'sign-in';
  if (grokAccountNames.test(name)) return 'account';
  return unnameable.test(name) ? 'name' : 'take';
}

/**
 * The same of a path, for who is given all files at once. The verdict is that of the outermost part that is not taken.
 * @param path within the folder, `/` between its parts
 * @returns what was judged, as a path, and how
 */
export function judgePath(path: string): { readonly name: string; readonly verdict: FolderVerdict } {
  const parts = path.split('/');
  for (const [at, part] of parts.entries()) {
    const verdict = judgeName(part);
    if (verdict !== 'take') return { name: parts.slice(0, at + 1).join('/'), verdict };
  }
  return { name: path, verdict: 'take' };
}

/** By code units, the same wherever it runs. */
export const byName = (a: string, b: string): number => Number(a > b) - Number(a < b);
