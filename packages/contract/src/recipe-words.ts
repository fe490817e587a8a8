/** What a recipe may set, as plain words and figures: for who needs no schema. */

export const bundleFormats = ['markdown', 'xml', 'json', 'messages'] as const;

/** Tokens of a bundle. */
export const budgetLimits = { min: 256, max: 1_000_000, default: 12_000 } as const;
