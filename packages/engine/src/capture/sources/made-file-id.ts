/** The id of a file an answer links to by its name: made of where it stands, for the link says no more. Pure. */

/** How the ids of all such files of a conversation begin. */
export const madeFilesOf = (conversation: string): string => `sandbox:${conversation}/`;

/** How the id of one of this name ends. */
export const madeFileEnd = (name: string): string => `/${name}`;

export const madeFileId = (conversation: string, message: string, name: string): string =>
  `${madeFilesOf(conversation)}${message}${madeFileEnd(name)}`;
