/**
 * Answers to what never became a request: bytes that are no HTTP, a host name that is none, headers without end. They look
 * like every other refusal, down to the headers a browser is told to keep to.
 */
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import { headers as names } from '@vivim/contract/http';
import { problemResponse } from './problem.ts';
import { secureHeaders } from './security-headers.ts';
import { newTraceId } from './trace-id.ts';

const codeOf = (error: unknown): ErrorCode =>
  (error as NodeJS.ErrnoException | null)?.code === 'HPE_HEADER_OVERFLOW' ? 'request_too_large' : 'request_invalid';

/** @param secure the server is reached over https */
export function unreadAnswer(error: unknown, secure: boolean): Response {
  const traceId = newTraceId();
  const answer = problemResponse(new AppError(codeOf(error), 'This is not a request the server can read.'), traceId);
  secureHeaders(answer.headers, { secure, api: true });
  answer.headers.set(names.traceId, traceId);
  return answer;
}

/** The same as it goes over a bare connection (RFC 9112), which it ends. */
export async function unreadBytes(error: unknown, secure: boolean): Promise<string> {
  const answer = unreadAnswer(error, secure);
  const body = await answer.text();
  answer.headers.set('content-length', String(Buffer.byteLength(body)));
  answer.headers.set('connection', 'close');
  const head = [...answer.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${answer.status} Refused\r\n${head}\r\n${body}`;
}
