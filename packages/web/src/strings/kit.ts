/** The words of the kit: what its dialogs, menus and toasts say of themselves, whatever page they stand on. */
export const kit = {
  close: 'Close',
  toasts: 'What just happened',
  /** @param key the key that leads there */
  toastsByKey: (key: string) => `What just happened (${key})`,
  notSeen: 'This browser has not kept this. It will load when the server is back.',
  undo: 'Undo',
  undone: 'Undone.',
  failed: (why: string) => `That did not work: ${why}`,
};
