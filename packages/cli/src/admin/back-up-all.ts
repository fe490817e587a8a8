/** Backs up one person after the other. One that fails does not keep the next from being kept. */
import type { AdminUser, BackupManifest } from '@vivim/contract/admin';
import type { Page } from '@vivim/contract/page';
import { type ExitCode, exitCodeOf, exitCodes } from '../output/exit-code.ts';
import { say, sayError, show } from '../output/speak.ts';
import type { GlobalOptions, World } from '../world.ts';
import type { AdminClient } from './admin-client.ts';
import { backupText } from './admin-text.ts';

/** Each backup is a line of the result. Accounts that are about to be erased are passed over. @returns the code of the first failure */
export async function backUpAll(world: World, options: GlobalOptions, admin: AdminClient): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  let cursor: string | null = null;
  do {
    const page: Page<AdminUser> = await admin.call('listUsers', {
      query: { limit: 200, ...(cursor === null ? {} : { cursor }) },
    });
    for (const { userId, status } of page.items) {
      if (status === 'deleting') continue;
      try {
        show<BackupManifest>(world, options, await admin.call('backUpUser', { id: userId }), backupText);
      } catch (error) {
        if (!options.json) say(world, `${userId} is not backed up:`);
        sayError(world, options.json === true, error);
        if (code === exitCodes.ok) code = exitCodeOf(error);
      }
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
  return code;
}
