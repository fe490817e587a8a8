/**
 * Blocks of messages: so many that were stored one after the other. A message never leaves its block and none joins one later but at
 * its end, so that what is told of a block changes only with its own messages. Pure.
 */

/** Rows of a block. */
export const blockRows = 64;

export const blockOf = (messagePk: number): number => Math.floor(messagePk / blockRows);

/** The first and the last row a block can hold. */
export const rowsOfBlock = (block: number): { readonly first: number; readonly last: number } => ({
  first: block * blockRows,
  last: (block + 1) * blockRows - 1,
});

/** How a block of a conversation is known among what bundles are made from. */
export const blockKey = (conversationPk: number, block: number): string => `${conversationPk}:${block}`;
