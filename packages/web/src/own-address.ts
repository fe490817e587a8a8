/** Addresses of this application alone: nobody is led elsewhere by a link they followed. */
export const ownAddress = (address: unknown): string | undefined =>
  typeof address === 'string' && /^\/(?![/\\])/.test(address) ? address : undefined;
