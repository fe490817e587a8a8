/** What the room of operators is asked for by their routes. Types alone: what stands behind it lies in another room. */
import type { AdminUser } from '@vivim/contract/admin';
import type { Health } from '@vivim/contract/health';
import type { UserId } from '@vivim/contract/ids';
import type { OperatorOverview } from '@vivim/contract/operator';
import type { Page } from '@vivim/contract/page';
import type { Principal } from '../auth/gateway.ts';

type Looking = Pick<Principal, 'userId' | 'sessionId' | 'authTime'>;

export interface OperatorViews {
  isOperator(userId: UserId): Promise<boolean>;
  /** Writes down that they look. */
  noteLook(who: Looking): Promise<void>;
  overview(health: Health): Promise<OperatorOverview>;
  accounts(page: { readonly limit: number; readonly cursor?: UserId | undefined }): Promise<Page<AdminUser>>;
  /** @throws AppError `not_found`, `space_busy` */
  stopEngine(userId: UserId, by: Looking): Promise<AdminUser>;
}
