/**
 * The operator's operations over HTTP, mounted from the contract. Who reaches this is the operator: the socket under it is open
 * to the user that runs the server and to nobody else.
 */
import { type AdminOperation, adminOperations } from '@vivim/contract/admin';
import { AppError } from '@vivim/contract/errors';
import { limits, problemMediaType } from '@vivim/contract/http';
import { UserId } from '@vivim/contract/ids';
import { parse } from '@vivim/contract/parse';
import { toProblem } from '@vivim/contract/problem';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { accountHandlers } from './accounts.ts';
import { backupHandlers } from './backups.ts';
import type { AdminDeps, AdminHandlers } from './deps.ts';
import { endHandlers } from './ends.ts';
import { kekHandlers } from './kek.ts';
import { migrationHandlers } from './migration.ts';
import { operatorHandlers } from './operators.ts';

const handlers: AdminHandlers<AdminOperation> = {
  ...accountHandlers,
  ...endHandlers,
  ...backupHandlers,
  ...kekHandlers,
  ...migrationHandlers,
  ...operatorHandlers,
};

export interface AdminLog {
  info(fields: Readonly<Record<string, unknown>>, event: string): void;
  error(fields: Readonly<Record<string, unknown>>, event: string): void;
}

async function readBody(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw new AppError('request_invalid', 'Send the body as JSON.');
  }
}

/** @throws AppError `request_invalid`, or `not_found` for an id that cannot be one */
async function readRequest(operation: AdminOperation, request: Request, params: Record<string, string>) {
  const { path, query, body } = adminOperations[operation];
  const id = path.includes('{id}') ? UserId.safeParse(params.id) : null;
  if (id?.success === false) throw new AppError('not_found');
  return {
    userId: id?.data,
    query: parse(query, Object.fromEntries(new URL(request.url).searchParams)),
    body: body === null ? undefined : parse(body, await readBody(request)),
  };
}

export function createAdminHttp(deps: AdminDeps, log: AdminLog): Hono {
  const app = new Hono();
  app.use(bodyLimit({ maxSize: limits.jsonBody }));
  for (const operation of Object.keys(adminOperations) as AdminOperation[]) {
    const { method, path } = adminOperations[operation];
    const handle = handlers[operation] as (deps: AdminDeps, request: unknown) => Promise<unknown>;
    app.on(method, path.replace('{id}', ':id'), async (c) => {
      const answer = await handle(deps, await readRequest(operation, c.req.raw, c.req.param()));
      log.info({ operation }, 'admin');
      return c.json(answer);
    });
  }
  app.notFound(() => problem(new AppError('not_found')));
  app.onError((error) => {
    if (!(error instanceof AppError)) log.error({ operation: 'admin' }, 'failed');
    return problem(error);
  });
  return app;
}

function problem(error: unknown): Response {
  const body = toProblem(error);
  return new Response(JSON.stringify(body), { status: body.status, headers: { 'content-type': problemMediaType } });
}
