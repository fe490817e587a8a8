/** Which part of the page of connections an address shows; the first where it says nothing. */
export const connectionViews = ['apps', 'proxy', 'models'] as const;
export type ConnectionView = (typeof connectionViews)[number];

export const toConnectionView = (value: unknown): ConnectionView | undefined =>
  connectionViews.find((view) => view === value);
