/** Names of the tokenizers, without a schema. */

export const tokenizerNames = ['o200k_base', 'cl100k_base', 'conservative'] as const;
