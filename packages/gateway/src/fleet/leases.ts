/** Who uses an engine now: how many, and how much they sent it. Knows no engine. */

/** One use of it. Both may be called after its end; nothing happens then. */
export interface Use {
  /** So many bytes were sent. */
  carry(bytes: number): void;
  end(): void;
}

export class Leases {
  #count = 0;
  #bytes = 0;

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  begin(): Use {
    let held = true;
    let carried = 0;
    this.#count += 1;
    return {
      carry: (bytes) => {
        if (!held) return;
        carried += bytes;
        this.#bytes += bytes;
      },
      end: () => {
        if (!held) return;
        held = false;
        this.#count -= 1;
        this.#bytes -= carried;
      },
    };
  }
}
