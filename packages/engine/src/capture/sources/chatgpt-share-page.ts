/**
 * A saved ChatGPT share page → the conversation it shows, in the shape of the official export. Both generations: the
 * stream of React Router (2025 on) and `__NEXT_DATA__` (before). Pure; nothing is fetched.
 */
import { asRecord, isRecord, type JsonRecord } from './json-value.ts';
import { decodeTurboStream } from './turbo-stream.ts';

const enqueueCall = 'streamController.enqueue("';
const nextDataTag = '<script id="__NEXT_DATA__"';

/** Whether a page looks like one; cheap enough to ask of any text. */
export const looksLikeSharePage = (html: string): boolean => html.includes(enqueueCall) || html.includes(nextDataTag);

/** The conversation object of the page, or null where it holds none. Never throws. */
export function conversationOfSharePage(html: string): JsonRecord | null {
  try {
    return fromStream(html) ?? fromNextData(html);
  } catch {
    return null;
  }
}

function fromStream(html: string): JsonRecord | null {
  let stream = '';
  for (let at = html.indexOf(enqueueCall); at >= 0; at = html.indexOf(enqueueCall, at + 1)) {
    const start = at + enqueueCall.length - 1;
    stream += String(JSON.parse(html.slice(start, endOfString(html, start))));
  }
  if (stream === '') return null;
  const [firstLine = ''] = stream.split('\n', 1);
  const pool: unknown = JSON.parse(firstLine);
  if (!Array.isArray(pool)) return null;
  const routes = asRecord(asRecord(decodeTurboStream(pool))?.loaderData) ?? {};
  return firstConversation(
    Object.entries(routes)
      .filter(([name]) => name.includes('share'))
      .map(([, route]) => route),
  );
}

/** The place after the quote that closes the string opened at `start`. */
function endOfString(html: string, start: number): number {
  for (let at = start + 1; at < html.length; at += 1) {
    if (html[at] === '\\') at += 1;
    else if (html[at] === '"') return at + 1;
  }
  return html.length;
}

function fromNextData(html: string): JsonRecord | null {
  const tag = html.indexOf(nextDataTag);
  if (tag < 0) return null;
  const start = html.indexOf('>', tag) + 1;
  const end = html.indexOf('</script>', start);
  const data = asRecord(JSON.parse(html.slice(start, end)));
  return firstConversation([asRecord(data?.props)?.pageProps]);
}

function firstConversation(routes: readonly unknown[]): JsonRecord | null {
  for (const route of routes) {
    const data = asRecord(asRecord(asRecord(route)?.serverResponse)?.data);
    if (data !== null && isRecord(data.mapping)) return data;
  }
  return null;
}
