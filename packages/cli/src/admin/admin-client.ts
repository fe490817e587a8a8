/**
 * Talks to the server of a data directory over the operator's socket. Never over the network, and never without a server:
 * the books are the server's to change.
 */
import { realpath } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import {
  type AdminAnswer,
  type AdminCall,
  type AdminOperation,
  adminOperations,
  adminSocketName,
} from '@vivim/contract/admin';
import { AppError } from '@vivim/contract/errors';
import { Problem } from '@vivim/contract/problem';
import { CliError, systemCode } from '../cli-error.ts';

export interface AdminClient {
  /** The data directory whose server answers. */
  readonly dataDir: string;
  /** @throws AppError with the server's code, CliError `unreachable` */
  call<K extends AdminOperation>(operation: K, call: AdminCall<K>): Promise<AdminAnswer<K>>;
}

function unreachable(dataDir: string, cause: unknown): CliError {
  const denied = ['EACCES', 'EPERM'].includes(systemCode(cause) ?? '');
  const what = denied
    ? `The server of ${dataDir} belongs to another user of this host. Run this as that user, or as root.`
    : `No VIVIM server runs on ${dataDir}. Start it with \`vivim serve --data-dir ${dataDir}\`, or name the directory of one that runs with --data-dir.`;
  return new CliError('unreachable', what, { cause });
}

/** One request over the socket. The name may be a link, for a path can be too long for a socket. */
async function exchange(
  dataDir: string,
  message: { readonly method: string; readonly path: string; readonly body: unknown },
): Promise<{ status: number; body: string }> {
  const { method, body } = message;
  try {
    const socketPath = await realpath(path.join(dataDir, adminSocketName));
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const sent = request({ socketPath, method, path: message.path, headers }, resolve);
      sent.once('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  } catch (error) {
    throw unreachable(dataDir, error);
  }
}

function pathOf(operation: AdminOperation, id: string | undefined, query: object | undefined): string {
  const search = new URLSearchParams(
    Object.entries(query ?? {}).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
  const named = adminOperations[operation].path.replace('{id}', encodeURIComponent(id ?? ''));
  return search === '' ? named : `${named}?${search}`;
}

/** The server speaks to owners; this is read by whoever keeps the server. */
const sealedWords = 'This space is sealed: only its owner can unlock it, and nothing can be done to it before.';

/** @param dataDir as `--data-dir` gave it; undefined: where `vivim serve` keeps things by default */
export async function connectAdmin(dataDir: string | undefined): Promise<AdminClient> {
  const { dataDirOf } = await import('@vivim/gateway/config/config');
  const directory = dataDirOf(dataDir);
  return {
    dataDir: directory,
    async call(operation, call) {
      const { id, query, body } = call as { id?: string; query?: object; body?: unknown };
      const { method, answer } = adminOperations[operation];
      const reply = await exchange(directory, { method, path: pathOf(operation, id, query), body });
      const value: unknown = JSON.parse(reply.body);
      if (reply.status === 200) return answer.parse(value) as AdminAnswer<typeof operation>;
      const { code, detail, field } = Problem.parse(value);
      throw new AppError(code, code === 'space_sealed' ? sealedWords : detail, field === undefined ? {} : { field });
    },
  };
}
