/**
 * Servers that many test files share: started when the first file asks, ended with the run. People are new in every test and see
 * nothing of each other, so a file needs a server of its own only where it stops, looks into or settles the server itself.
 * The run's own process keeps them; workers ask over a socket it names in the environment. Knows no test runner.
 */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startTestServer, type TestServer } from './server.ts';

const variable = 'VIVIM_TEST_SERVERS';

export type CommonServer = Pick<TestServer, 'url' | 'dataDir'>;

/** `off`: without the models process. */
export type Models = 'builtin' | 'off';

const settings = {
  // All people of a run come from one network.
  VIVIM_REGISTRATIONS_PER_DAY: '0',
  // Those of files that ended do not come back.
  VIVIM_IDLE_SECONDS: '30',
};

/**
 * To be called by the process that outlives all files.
 * @param webDir is asked for the web files when the first server starts
 * @returns ends the servers
 */
export async function keepCommonServers(folder: string, webDir: () => Promise<string>): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<TestServer>>();
  const start = async (models: string) =>
    startTestServer({ env: { ...settings, VIVIM_MODELS: models, VIVIM_WEB_DIR: await webDir() } });
  const door = createServer((incoming, outgoing) => {
    const models = (incoming.url ?? '').slice(1);
    const server = started.get(models) ?? start(models);
    started.set(models, server);
    server.then(
      ({ url, dataDir }) => outgoing.end(JSON.stringify({ url, dataDir })),
      (error: unknown) => outgoing.writeHead(500).end(String(error)),
    );
  });
  const socket = join(folder, 'servers');
  door.listen(socket);
  await once(door, 'listening');
  process.env[variable] = socket;
  return async () => {
    door.closeAllConnections();
    door.close();
    for (const server of started.values())
      await server.then(
        (running) => running.stop(),
        () => {},
      );
  };
}

/** @throws Error with all the server printed when it does not come up */
export async function commonServer(models: Models = 'builtin'): Promise<CommonServer> {
  const socketPath = process.env[variable];
  if (socketPath === undefined) throw new Error('Common servers are for files of a run.');
  const asking = request({ socketPath, path: `/${models}` }).end();
  const [answer] = await once(asking, 'response');
  const said = await text(answer);
  if (answer.statusCode !== 200) throw new Error(said);
  return JSON.parse(said) as CommonServer;
}
