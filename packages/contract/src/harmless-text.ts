/** Characters that move or hide what stands around them. Pure; knows no markup. */

/** Control characters but line feed and tab, and the marks that turn the direction of what follows. */
const unsafe = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;

/** The text without them. Line feeds and tabs stay. */
export const withoutUnsafe = (text: string): string => text.replace(unsafe, '');
