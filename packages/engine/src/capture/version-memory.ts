/**
 * What the kept versions of one conversation say, while an import brings it again and again: each is unpacked and parsed
 * once, not once for every version that follows, and a message two of them hold just so is one object. Holds one conversation of one space at a time, and no more than a few megabytes.
 */
import { isDeepStrictEqual } from 'node:util';
import type { RawVersion } from '../space/stores/raw-records.ts';
import type { CanonicalConversation, CanonicalMessage } from './canonical.ts';

/** Bytes of records, packed, whose conversations are held. */
const mostBytes = 8 * 1024 * 1024;

export class VersionMemory {
  #conversation = '';
  #bytes = 0;
  readonly #read = new Map<string, CanonicalConversation | null>();
  readonly #messages = new Map<string, CanonicalMessage>();

  /** @param conversation what the version is one of, with everything beside its bytes that reading depends on */
  recall(
    conversation: string,
    { sha256, form, bytesZstd }: Pick<RawVersion, 'sha256' | 'form' | 'bytesZstd'>,
    read: () => CanonicalConversation | null,
  ): CanonicalConversation | null {
    if (conversation !== this.#conversation) {
      this.#conversation = conversation;
      this.#bytes = 0;
      this.#read.clear();
      this.#messages.clear();
    }
    const key = `${form} ${sha256}`;
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    if (this.#bytes + bytesZstd.byteLength > mostBytes) return read();
    const made = this.#shared(read());
    this.#bytes += bytesZstd.byteLength;
    this.#read.set(key, made);
    return made;
  }

  #shared(made: CanonicalConversation | null): CanonicalConversation | null {
    if (made === null) return null;
    const messages = made.messages.map((message) => {
      const known = this.#messages.get(message.key);
      if (known !== undefined && isDeepStrictEqual(known, message)) return known;
      this.#messages.set(message.key, message);
      return message;
    });
    return { ...made, messages };
  }
}
