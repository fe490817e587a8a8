/** Starts a service that answers, in a process of its own, and ends it. */
import { type ServiceProgram, startServiceProgram } from './embedding-service.ts';

export type ChatFault =
  | 'none'
  | 'hang'
  | 'gone'
  | 'busy'
  | 'error'
  | 'refuses'
  | 'html'
  | 'garbage'
  | 'nan'
  | 'cut'
  | 'huge';

/** Where a line says something, this is proposed of it; its number is put in. */
export interface ProposalScript {
  readonly says: string;
  readonly propose: object;
}

export interface ChatServiceProcess extends ServiceProgram {
  misbehave(fault: ChatFault): Promise<void>;
  /** Takes the place of what was said before. */
  script(scripts: readonly ProposalScript[]): Promise<void>;
  /** Every question it had. */
  seen(): Promise<
    readonly {
      readonly path: string;
      readonly system: string;
      readonly user: string;
      readonly authorization: string | null;
      readonly body: Record<string, unknown>;
    }[]
  >;
  /** Questions whose asker left before there was an answer. */
  left(): Promise<number>;
}

/** @param knows which ways of asking it takes: with a schema, or none */
export async function startChatService(key = '', knows: 'schema' | 'plain' = 'schema'): Promise<ChatServiceProcess> {
  const program = await startServiceProgram('./chat-service-program.ts', [key, knows]);
  const { url } = program;
  const read = async <T>(path: string) => (await (await fetch(`${url}/${path}`)).json()) as T;
  return {
    ...program,
    async misbehave(fault) {
      await fetch(`${url}/fault`, { method: 'PUT', body: fault });
    },
    async script(scripts) {
      await fetch(`${url}/script`, { method: 'PUT', body: JSON.stringify(scripts) });
    },
    seen: () => read('seen'),
    left: () => read('left'),
  };
}
