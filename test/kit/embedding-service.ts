/** Starts a service that makes vectors in a process of its own, and ends it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface EmbeddingServiceProcess {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly url: string;
  misbehave(
    fault: 'none' | 'hang' | 'gone' | 'busy' | 'error' | 'huge' | 'fewer' | 'nan' | 'dimensions',
  ): Promise<void>;
  /** Every request with texts it had. */
  seen(): Promise<
    readonly { readonly path: string; readonly texts: string[]; readonly authorization: string | null }[]
  >;
  stop(): Promise<void>;
}

export async function startEmbeddingService(dimensions = 40, key = ''): Promise<EmbeddingServiceProcess> {
  const program = fileURLToPath(new URL('./embedding-service-program.ts', import.meta.url));
  const child = spawn(process.execPath, [program, String(dimensions), key], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const host = `127.0.0.1:${line.toString().trim()}`;
  const url = `http://${host}`;
  return {
    host,
    url,
    async misbehave(fault) {
      await fetch(`${url}/fault`, { method: 'PUT', body: fault });
    },
    async seen() {
      return (await (await fetch(`${url}/seen`)).json()) as Awaited<ReturnType<EmbeddingServiceProcess['seen']>>;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}
