/** The port of an embedder: text to vectors of unit length. Stateless; it keeps nothing of what it is given. */
export interface Embedder {
  /** Model and revision: vectors of different names are never compared. */
  readonly name: string;
  readonly dimensions: number;
  /** Milliseconds a question waits for its vector; left out where it is made on this machine. */
  readonly patienceMs?: number | undefined;
  /** JSON of the texts of one request, in UTF-16 units; left out where there is no such limit. */
  readonly mostLength?: number | undefined;
  /** True while there is none to ask. */
  readonly absent?: boolean;
  /**
   * One vector for each text, in order.
   * @param options.urgent somebody waits for it: it overtakes what is made in the background
   * @throws AppError `models_unavailable` when no answer came in time; of a service also `model_not_allowed`, `model_limit_reached`,
   * `model_answer_invalid`, `rate_limited`, `upstream_unavailable`, `upstream_not_allowed`
   */
  embed(
    texts: readonly string[],
    options?: { readonly signal?: AbortSignal; readonly urgent?: boolean },
  ): Promise<Float32Array[]>;
}
