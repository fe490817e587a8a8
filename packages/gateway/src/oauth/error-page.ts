/** The page for what cannot be sent back to the application that asked. Needs no script and no style, and says what to do. Pure. */

const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escaped[character] ?? '');

/** By RFC 6749 error code, in words for the person who sees it. */
const advice: Readonly<Record<string, string>> = {
  invalid_client:
    'The application is not known here. It may have been forgotten because it was never let in; connect it again from its own settings.',
  invalid_redirect_uri:
    'The application asked for its answer to be sent to an address it did not register. Do not go on; connect it again from its own settings.',
  invalid_request: 'The request is not complete, or too old. Go back to the application and connect it again.',
};

export function errorPage(error: string, description: string | undefined): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>VIVIM: not connected</title></head>
<body><main>
<h1>The application was not connected</h1>
<p>${escapeHtml(advice[error] ?? 'Go back to the application and connect it again.')}</p>
<p>For its makers: <code>${escapeHtml(error)}</code>${description === undefined ? '' : ` ${escapeHtml(description)}`}</p>
<p><a href="/">Your VIVIM</a></p>
</main></body></html>
`;
}
