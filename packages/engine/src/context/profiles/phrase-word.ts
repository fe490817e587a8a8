/** A word as part of a phrase. A type alone. */

export interface PhraseWord {
  /** As written. */
  readonly surface: string;
  /** As written where it begins a phrase, without what ties it to the word before: "d'impôts", "l'oignon". */
  readonly alone?: string;
  /** Lower case, singular, and the same in every case; no word anybody writes, often. */
  readonly key: string;
  /** Names something by itself. */
  readonly stands: boolean;
  /** May end a phrase and neither begin one nor be one. */
  readonly endsOnly: boolean;
  /** Written without a space before it. */
  readonly glued?: boolean;
  /** Stands between two words of a phrase and nowhere else. */
  readonly links?: boolean;
  /** One sign alone, and yet it may begin a phrase: 床暖房. */
  readonly opens?: boolean;
  /** What is tied to its end ends the phrase. */
  readonly closes?: boolean;
  /** Of the first of a run: the words passed over right before it, in lower case. */
  readonly before?: string;
}
