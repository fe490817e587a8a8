/** What a handler of the gateway is given and gives back, typed by the route table. */

import type { SpaceBackups } from '@vivim/contract/account';
import type { StorageId } from '@vivim/contract/ids';
import type { Answer, Body, Operation, OperationOf, Params, Query, Routes } from '@vivim/contract/routes';
import type { AuthDeps } from '../auth/deps.ts';
import type { Principal } from '../auth/gateway.ts';
import type { AuthRequest } from '../auth/origins.ts';
import type { AccountStreams } from '../auth/sessions/account-streams.ts';
import type { OpenRequests } from '../auth/sessions/open-requests.ts';
import type { Fleet } from '../fleet/engines.ts';
import type { LiveDeps } from './live/live-deps.ts';
import type { OperatorViews } from './operator-views.ts';

export interface HandlerDeps {
  readonly auth: AuthDeps;
  readonly fleet: Fleet;
  readonly open: OpenRequests;
  readonly streams: AccountStreams;
  readonly live: LiveDeps;
  readonly version: string;
  readonly operator: OperatorViews;
  /** What of the backups of a space its owner may know. */
  readonly backupsOf: (storageId: StorageId) => Promise<SpaceBackups>;
}

/** One request of a guest, every part of it parsed. */
export interface GuestCall<K extends Operation> {
  readonly params: Params<K>;
  readonly query: Query<K>;
  readonly body: Body<K>;
  readonly asked: AuthRequest;
}

/** One request of somebody who is in. */
export interface OwnCall<K extends Operation> extends GuestCall<K> {
  readonly principal: Principal;
}

/** The answer the route names, or a whole response where headers matter or bytes stream. */
type Reply<K extends Operation> = Response | (Routes[K]['answer'] extends null ? undefined : Answer<K>);

type GatewayOperation = OperationOf<'gateway'>;
export type GuestOperation = { [K in GatewayOperation]: Routes[K]['scope'] extends null ? K : never }[GatewayOperation];
export type OwnOperation = Exclude<GatewayOperation, GuestOperation>;

/** A handler for each of the operations `K`. */
export type Handlers<K extends GatewayOperation> = {
  readonly [P in K]: (
    deps: HandlerDeps,
    call: P extends GuestOperation ? GuestCall<P> : OwnCall<P>,
  ) => Reply<P> | Promise<Reply<P>>;
};
