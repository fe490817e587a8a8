/** Which message is read now. Told to whoever asks for it alone, so that nothing else is drawn again while the page scrolls. */
export class ReadingPlace {
  #place = 0;
  readonly #listeners = new Set<() => void>();

  readonly get = (): number => this.#place;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(place: number): void {
    if (place === this.#place) return;
    this.#place = place;
    for (const listener of this.#listeners) listener();
  }
}
