/** Ids of attachments: made from what they are, so that the same file of the same export has one id wherever it comes in. Pure. */
import { contentId, nestedId } from './hash.ts';

/** A file with an id of its own is that file wherever it is shown; one without is a place of its message. */
export const attachmentId = (externalId: string | null, messageId: string, partIx: number): string =>
  externalId === null
    ? nestedId('f', messageId, [messageId, String(partIx)])
    : contentId('f', ['external', externalId]);

/** A file of an export that has no id and that nothing mentions is its bytes. */
export const looseFileId = (externalId: string | null, sha256: string): string =>
  externalId === null ? contentId('f', ['bytes', sha256]) : attachmentId(externalId, '', 0);
