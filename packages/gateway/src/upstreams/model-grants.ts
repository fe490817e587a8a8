/** What people agreed to, as the rooms that send and those that ask see it; master keeps it. Holds nothing itself. */
import type { UserId } from '@vivim/contract/ids';
import type { ModelAddress, ModelPurpose } from '@vivim/contract/model-services';

/** One purpose, one address, one model. */
export interface ModelGrant {
  readonly service: string;
  readonly purpose: ModelPurpose;
  readonly address: Omit<ModelAddress, 'key'>;
}

export interface ModelGrants {
  /** Takes the place of what was agreed to for this service and purpose. */
  give(userId: UserId, grant: ModelGrant, nowMs: number): Promise<void>;
  /** @param purpose left out: all */
  withdraw(userId: UserId, service: string, purpose?: ModelPurpose): Promise<void>;
  has(userId: UserId, grant: ModelGrant): Promise<boolean>;
}
