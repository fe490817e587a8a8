/** The port of an embedder: text to vectors of unit length. Stateless; it keeps nothing of what it is given. */
export interface Embedder {
  /** Model and revision: vectors of different names are never compared. */
  readonly name: string;
  readonly dimensions: number;
  /**
   * One vector for each text, in order.
   * @param options.urgent somebody waits for it: it overtakes what is made in the background
   * @throws AppError `models_unavailable` when no answer came in time
   */
  embed(
    texts: readonly string[],
    options?: { readonly signal?: AbortSignal; readonly urgent?: boolean },
  ): Promise<Float32Array[]>;
}
