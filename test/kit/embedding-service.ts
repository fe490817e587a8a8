/** Starts a service that makes vectors in a process of its own, and ends it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program that listens on a port it prints, and ends with its standard input. */
export interface ServiceProgram {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly url: string;
  stop(): Promise<void>;
}

export async function startServiceProgram(file: string, args: readonly string[]): Promise<ServiceProgram> {
  const program = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const host = `127.0.0.1:${line.toString().trim()}`;
  return {
    host,
    url: `http://${host}`,
    async stop() {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}

export interface EmbeddingServiceProcess extends ServiceProgram {
  misbehave(
    fault: 'none' | 'hang' | 'gone' | 'busy' | 'error' | 'huge' | 'fewer' | 'nan' | 'dimensions',
  ): Promise<void>;
  /** Every request with texts it had. */
  seen(): Promise<
    readonly { readonly path: string; readonly texts: string[]; readonly authorization: string | null }[]
  >;
}

export async function startEmbeddingService(dimensions = 40, key = ''): Promise<EmbeddingServiceProcess> {
  const program = await startServiceProgram('./embedding-service-program.ts', [String(dimensions), key]);
  const { url } = program;
  return {
    ...program,
    async misbehave(fault) {
      await fetch(`${url}/fault`, { method: 'PUT', body: fault });
    },
    async seen() {
      return (await (await fetch(`${url}/seen`)).json()) as Awaited<ReturnType<EmbeddingServiceProcess['seen']>>;
    },
  };
}
