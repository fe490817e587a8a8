/**
 * Messages of the Model Context Protocol as lines carry them, and what a message says about itself in the headers of a request, which
 * the newest revision asks for. Knows as much of the protocol as passing it on needs, and no more. Pure.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/transports
 */
import { z } from 'zod';

export const RequestId = z.string().or(z.number());
export type RequestId = z.infer<typeof RequestId>;

const Params = z.looseObject({ _meta: z.looseObject({}).optional() });

/** Of the three shapes only what names a method is taken from a client; nobody here asks it anything it could answer. */
export const Message = z.looseObject({
  jsonrpc: z.literal('2.0'),
  /** Left out by a notification. */
  id: RequestId.optional(),
  method: z.string(),
  params: Params.optional(),
});
export type Message = z.infer<typeof Message>;

const versionMeta = 'io.modelcontextprotocol/protocolVersion';

/** Which parameter the name in the headers repeats. */
const namedBy: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};

export const nameOf = ({ method, params }: Message): string | null => {
  const name = params?.[namedBy[method] ?? ''];
  return typeof name === 'string' ? name : null;
};

/** Whether it is of the revision that says in each message who speaks which. */
export const saysItsRevision = ({ params }: Message): boolean => typeof params?._meta?.[versionMeta] === 'string';

/** @param agreed the revision an older client and the server agreed on; null before they did */
export function headersOf(message: Message, agreed: string | null): Record<string, string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const revision = message.params?._meta?.[versionMeta] ?? agreed;
  if (typeof revision !== 'string') return headers;
  if (!saysItsRevision(message)) return { ...headers, 'mcp-protocol-version': revision };
  const name = nameOf(message);
  return {
    ...headers,
    'mcp-protocol-version': revision,
    'mcp-method': message.method,
    ...(name === null ? {} : { 'mcp-name': fieldValue(name) }),
  };
}

/** Printable ASCII as it is; anything else, and what looks like the other form, in Base64. */
const fieldValue = (text: string): string =>
  /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !/^=\?base64\?.*\?=$/.test(text)
    ? text
    : `=?base64?${Buffer.from(text).toString('base64')}?=`;

/** What a client is told that asked for something it cannot have. */
export const errorAnswer = (id: RequestId | null, code: number, message: string): object => ({
  jsonrpc: '2.0',
  id,
  error: { code, message },
});

/** A call of a tool that went wrong in a way a model can read and act on, as the revision of the call has it. */
export const toolError = (call: Message, text: string): object => ({
  jsonrpc: '2.0',
  id: call.id,
  result: {
    ...(saysItsRevision(call) ? { resultType: 'complete' } : {}),
    content: [{ type: 'text', text }],
    isError: true,
  },
});
