/** Names of files as people hand them in: a label in the report, never a path. Files lie under names of our own making. */
import { AppError } from '@vivim/contract/errors';

const separators = /[/\\]|%(?:2f|5c|00|2e%2e)/i;

/**
 * @param name at most 255 characters, by the contract
 * @throws AppError `path_invalid` for what names a place instead of a file, or could not be shown
 */
export function assertPlainName(name: string): void {
  if (separators.test(name) || /\p{Cc}/u.test(name) || /^\.{1,2}$/.test(name.trim()) || Buffer.byteLength(name) > 255)
    throw new AppError(
      'path_invalid',
      'Give the name of the file alone, at most 255 bytes: no folder, no slash, no control character.',
    );
}
