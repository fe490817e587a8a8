/** The accented one from right to left: each text is wrapped so that it is written from the right. */
import { pseudo } from './pseudo.ts';

export const translate = pseudo((text) => `\u202e${text}\u202c`);
