/** Whether a label is one everyday word, "database": fit for a topic only where much is said of it. Pure; by its form alone. */

/** One word in small letters, of a script that has capitals. A name, an abbreviation and a phrase are none. */
export const isPlainWord = (label: string): boolean => /^\p{Ll}[\p{Ll}\p{M}'’-]*$/u.test(label);
