/** What a command talks to a server through, however it was let in. Types alone. */
import type { Client } from '@vivim/client/client';
import type { Profile } from '../profile/profile-shape.ts';

export interface Connection {
  readonly client: Client;
  readonly server: string;
  /** A request to a part of the server that is not its API, let in and mended like every other. @param path begins with a slash */
  readonly open: (path: string, init: OpenInit) => Promise<Response>;
}

export interface OpenInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** Of a profile: whoever has this can sign as its owner. */
export interface KeyConnection extends Connection {
  /** Name of the profile. */
  readonly name: string;
  /** As it was when the command began; its keys never change. */
  readonly profile: Profile;
}
