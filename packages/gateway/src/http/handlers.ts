/** Every operation of the gateway itself and who answers it. One without an answer does not compile. */
import type { GuestOperation, Handlers, OwnOperation } from './call.ts';
import { accountHandlers } from './handlers/account.ts';
import { applicationHandlers } from './handlers/applications.ts';
import { deviceHandlers } from './handlers/devices.ts';
import { healthHandlers } from './handlers/health.ts';
import { keyHandlers } from './handlers/keys.ts';
import { loginHandlers } from './handlers/login.ts';
import { modelServiceHandlers } from './handlers/model-services.ts';
import { operatorHandlers } from './handlers/operator.ts';
import { passkeyHandlers } from './handlers/passkeys.ts';
import { recoveryHandlers } from './handlers/recovery.ts';
import { sealHandlers } from './handlers/seal.ts';
import { sessionHandlers } from './handlers/sessions.ts';
import { uploadHandlers } from './handlers/uploads.ts';
import { upstreamHandlers } from './handlers/upstreams.ts';

export const handlers: Handlers<GuestOperation | OwnOperation> = {
  ...healthHandlers,
  ...loginHandlers,
  ...accountHandlers,
  ...operatorHandlers,
  ...sessionHandlers,
  ...deviceHandlers,
  ...keyHandlers,
  ...recoveryHandlers,
  ...sealHandlers,
  ...passkeyHandlers,
  ...applicationHandlers,
  ...uploadHandlers,
  ...upstreamHandlers,
  ...modelServiceHandlers,
};
