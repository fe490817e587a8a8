/** How long an application that was let in stays so, for whoever grants it and whoever keeps it. Plain figures. */
export const oauthDays = {
  /** Without being used. */
  idle: 30,
  /** In all; then it has to ask again. */
  absolute: 90,
} as const;
