/** Two people whose every word is a canary, and a server that does everything with them: import, search, bundle, export, back up, crash. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engines } from '../../bench/processes.ts';
import { dialogue } from '../../kit/exports.ts';
import { atTerminal } from '../../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../../kit/people.ts';
import { startTestServer, type TestServer } from '../../kit/server.ts';

export interface Life {
  readonly person: Person;
  /** What each of their words begins with. */
  readonly marker: string;
  readonly words: readonly string[];
}

export interface Lived {
  readonly server: TestServer;
  readonly alice: Life;
  readonly bob: Life;
  /** Where the processes put what is temporary, and where a core would be dropped. */
  readonly tmp: string;
}

/** Letters alone, so that no tokenizer cuts it; twelve of them stand nowhere by chance. */
const newMarker = () => [...randomBytes(12)].map((byte) => 'bcdfghjklmnpqrstvwxz'[byte % 20]).join('');
const wordsOf = (marker: string, count: number) =>
  Array.from({ length: count }, (_, nth) => `${marker}${nth.toString(36).padStart(4, '0')}`);

function exportOf({ words }: Pick<Life, 'words'>): string {
  const conversations: object[] = [];
  for (let at = 0; at < words.length; at += 10) {
    const [title = '', first = '', second = '', ...rest] = words.slice(at, at + 10);
    conversations.push(
      dialogue(`${title}-id`, `About ${title}`, [
        `My friend ${first} always says that ${second} is where I should live.`,
        `Then \`${rest[0]}\` it is:\n\n\`\`\`ts\nconst ${rest[1]} = '${rest[2]}';\n\`\`\`\n\n- ${rest[3]}\n- ${rest[4]}`,
        `I decided on ${rest[5]}. Please never mention ${rest[6]} again.`,
      ]),
    );
  }
  return JSON.stringify(conversations);
}

async function live(server: TestServer, count: number): Promise<Life> {
  const marker = newMarker();
  const words = wordsOf(marker, count);
  const person = await signUp(server.url);
  const run = await importFile(person, `${words[0]}.json`, exportOf({ words }));
  if (run.state !== 'done') throw new Error(`The import ended ${run.state}.`);
  await quiet(person, { embedding: false });
  for (const word of words.filter((_, nth) => nth % Math.ceil(count / 30) === 1)) {
    await person.client.search({ query: { q: word } });
    await person.client.createContext({ body: { query: `What did I say about ${word}?`, budget: 2_000 } });
  }
  // What is refused is asked for in words too.
  await person.client.getConversation({ params: { id: `c_${words[1]}` as never } }).catch(() => undefined);
  await fetch(`${server.url}/v1/search?q=${words[2]}&token=${words[3]}`, { headers: { cookie: `x=${words[4]}` } });
  await fetch(`${server.url}/${words[5]}`);
  await (await person.client.exportSpace({})).arrayBuffer();
  return { person, marker, words };
}

export async function liveTogether(count: number): Promise<Lived> {
  const tmp = mkdtempSync(join(tmpdir(), 'vivim-canaries-'));
  // PostgreSQL runs as another user when the tests run as root, and makes temporary places of its own.
  chmodSync(tmp, 0o1777);
  const server = await startTestServer({ env: { VIVIM_LOG: 'debug', VIVIM_IDLE_SECONDS: '600', TMPDIR: tmp } });
  const [alice, bob] = [await live(server, count), await live(server, count)];
  const { code, stdout, stderr } = await atTerminal(server.dataDir, ['backup', 'run', '--all']);
  if (code !== 0) throw new Error(`The backup failed: ${stdout}${stderr}`);
  // In the middle of another import, so that something is under way when they die.
  await alice.person.client.createImport({ query: { fileName: 'again.json' }, bytes: exportOf(alice) });
  for (const engine of engines(server.pid)) process.kill(engine.pid, 'SIGABRT');
  await quiet(alice.person, { embedding: false }).catch(() => undefined);
  return { server, alice, bob, tmp };
}
