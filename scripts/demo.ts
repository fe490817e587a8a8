/**
 * `npm run demo`: VIVIM from nothing to a cited answer, as a story. Everything happens on a throw-away directory, with
 * the commands a person would type, against a real server. Ends with 0 only when every claim it makes held.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@vivim/contract/clock';
import { Bundle } from '@vivim/contract/context';
import { ConversationSummary, Message } from '@vivim/contract/conversation';
import { SpaceStatus } from '@vivim/contract/health';
import { ImportReport } from '@vivim/contract/imports';
import { page } from '@vivim/contract/page';
import { EntitySummary, TopicSummary } from '@vivim/contract/profile';
import { SearchResult } from '@vivim/contract/search';
import { startGateway } from '@vivim/gateway/app';
import { loadConfig } from '@vivim/gateway/config/config';
import { runCli } from 'vivim/run-cli';
import { connect } from 'vivim/session/connect';
import type { World } from 'vivim/world';
import { z } from 'zod';

const fixture = (name: string) => fileURLToPath(new URL(`../test/fixtures/demo/${name}`, import.meta.url));
const question = 'Chef Rui asks which glaze is on the blue bowls and how they are fired. What do I tell him?';

/** A claim of the demo did not hold. */
class Broken extends Error {}
function expect(holds: boolean, claim: string): asserts holds {
  if (!holds) throw new Broken(claim);
}

const tell = (text: string) => process.stdout.write(`\n${text}\n`);
const indented = (text: string, lines: number) => {
  const all = text.trimEnd().split('\n');
  const shown = all.slice(0, lines).map((line) => `    ${line}`);
  return [...shown, ...(all.length > lines ? [`    … ${all.length - lines} more lines`] : [])].join('\n');
};

/** One person at a terminal. */
class Terminal {
  readonly #name: string;
  readonly #url: string;
  readonly #directory: string;

  constructor(name: string, url: string, directory: string) {
    this.#name = name;
    this.#url = url;
    this.#directory = directory;
  }

  world(): World & { stdout: PassThrough; stderr: PassThrough } {
    return {
      environment: {
        profile: this.#name,
        server: this.#url,
        token: undefined,
        configDirectory: this.#directory,
        stateDirectory: this.#directory,
        home: this.#directory,
        programHomes: {},
      },
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      clock: systemClock,
    };
  }

  async run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const world = this.world();
    const code = await runCli(args, world);
    return { code, stdout: String(world.stdout.read() ?? ''), stderr: String(world.stderr.read() ?? '') };
  }

  /** Types a command and shows what comes of it. */
  async type(args: readonly string[], lines = 12): Promise<{ code: number; stdout: string; stderr: string }> {
    const words = args.map((arg) => (arg.includes(' ') ? `"${arg}"` : path.isAbsolute(arg) ? path.basename(arg) : arg));
    process.stdout.write(`\n  ${this.#name}$ vivim ${words.join(' ')}\n`);
    const result = await this.run(args);
    process.stdout.write(`${indented(result.stdout === '' ? result.stderr : result.stdout, lines)}\n`);
    return result;
  }

  /** What a program would read: the same command with `--json`, checked against the contract. */
  async read<T extends z.ZodType>(args: readonly string[], schema: T): Promise<z.output<T>> {
    const { code, stdout, stderr } = await this.run([...args, '--json']);
    expect(code === 0, `vivim ${args.join(' ')} should succeed, but: ${stderr}`);
    return schema.parse(JSON.parse(stdout));
  }
}

/** Rollup and embedding follow an import by themselves; the demo waits so that it always tells the same story. */
async function settled(person: Terminal): Promise<void> {
  const Settled = z.object({ space: SpaceStatus });
  for (let look = 0; look < 600; look += 1) {
    const { pending } = (await person.read(['status'], Settled)).space;
    if (pending.imports + pending.rollup + pending.embedding === 0) return;
    await wait(200);
  }
  throw new Broken('The work that follows an import should end within two minutes.');
}

async function aliceComes(alice: Terminal): Promise<void> {
  tell(
    'Alice Moreau is a potter in Lisbon. She makes an identity: a key on her machine, of which the server learns the public half.',
  );
  expect((await alice.type(['identity', 'create'])).code === 0, 'Alice should have an identity.');

  tell('She brings in what she said to ChatGPT and to Claude in the last months.');
  for (const file of ['alice-chatgpt.json', 'alice-claude.json']) {
    expect((await alice.type(['import', fixture(file)])).code === 0, `${file} should import.`);
  }
  const again = await alice.read(['import', fixture('alice-chatgpt.json')], ImportReport);
  expect(again.conversations.added === 0 && again.messages.added === 0, 'The same file again should add nothing.');
  tell('(The same file a second time adds nothing; the demo just checked.)');
  await settled(alice);

  tell('Without a language model, VIVIM found what she talks about …');
  await alice.type(['topics', '--limit', '8']);
  expect((await alice.read(['topics'], page(TopicSummary))).items.length > 0, 'Alice should have topics.');
  tell('… and who and what is in it.');
  await alice.type(['entities', '--limit', '8']);
  expect((await alice.read(['entities'], page(EntitySummary))).items.length > 0, 'Alice should have entities.');
}

async function aliceAsks(alice: Terminal): Promise<void> {
  tell('The chef of the restaurant Marés asks her something. She lets VIVIM compile what an AI has to know to answer.');
  await alice.type(['context', question, '--budget', '1200'], 40);
  const bundle = await alice.read(['context', question, '--budget', '1200'], Bundle);
  expect(bundle.tokens <= bundle.budget, 'The bundle should stay inside its budget.');
  expect(bundle.citations.length > 0, 'The bundle should cite its sources.');
  expect(/C-03R1|cobalt|1215/i.test(bundle.text), 'The bundle should hold what Alice decided about the glaze.');
  const sources = bundle.citations
    .slice(0, 6)
    .map(
      ({ ref, at, conversation, quoted }) =>
        `[${ref}]  ${at?.slice(0, 10) ?? '—'}  ${conversation?.title ?? 'Untitled'}: “${quoted.replace(/\s+/g, ' ').slice(0, 70)}…”`,
    );
  tell(
    `Every line leads back to the words it came from (${bundle.tokens} of ${bundle.budget} tokens, ${bundle.citations.length} citations):`,
  );
  process.stdout.write(`${indented(sources.join('\n'), 6)}\n`);
}

async function bobComes(bob: Terminal, alice: Terminal): Promise<void> {
  tell('Bob keeps bees and uses the same server. His space is another file, his engine another process.');
  expect((await bob.type(['identity', 'create'])).code === 0, 'Bob should have an identity.');
  expect((await bob.type(['import', fixture('bob-generic.json')])).code === 0, 'His file should import.');

  tell("Somebody gave him the ids of Alice's things. He tries them.");
  const [conversation] = (await alice.read(['conversations'], page(ConversationSummary))).items;
  const [topic] = (await alice.read(['topics'], page(TopicSummary))).items;
  const [hit] = (await alice.read(['search', 'cobalt glaze'], SearchResult)).items;
  const unit = hit?.acu.id;
  expect(
    conversation !== undefined && topic !== undefined && hit !== undefined && unit != null,
    'Alice should have something to try.',
  );
  for (const args of [
    ['conversations', conversation.id],
    ['topics', topic.id],
  ]) {
    expect((await bob.type(args)).code === 4, `Bob should be told that ${args[1]} is not there.`);
  }
  const { client } = await connect(bob.world(), {});
  for (const [what, ask] of [
    [`message ${hit.message.id}`, () => client.getMessage({ params: { id: hit.message.id } })],
    [`unit ${unit}`, () => client.getAcu({ params: { id: unit } })],
  ] as const) {
    const answer = await ask().then(
      () => 'found',
      (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
    );
    process.stdout.write(`\n  bob asks the API for ${what}\n    ${answer}\n`);
    expect(answer === 'not_found', `Bob should be told that ${what} is not there.`);
  }
  expect(
    Message.safeParse(await (await connect(alice.world(), {})).client.getMessage({ params: { id: hit.message.id } }))
      .success,
    'Alice should still have it.',
  );
  await bob.type(['search', 'cobalt glaze for the blue bowls', '--limit', '2']);
  const seen = await bob.read(['search', 'cobalt glaze Barro Azul'], SearchResult);
  expect(
    !/cobalt|Barro Azul/i.test(JSON.stringify(seen.items.map(({ acu }) => acu.text))),
    "Bob should find nothing of Alice's.",
  );
}

async function demo(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'vivim-demo-'));
  // As root, PostgreSQL runs as a user of its own and has to reach its directory below this one.
  chmodSync(directory, 0o711);
  // No environment: a demo never touches a real PostgreSQL or a real data directory.
  const config = loadConfig({ port: 0, dataDir: path.join(directory, 'data') }, {});
  try {
    tell(`A server starts on a free port, on a throw-away directory: ${directory}`);
    const gateway = await startGateway(config);
    try {
      const [alice, bob] = ['alice', 'bob'].map((name) => new Terminal(name, gateway.url, path.join(directory, name)));
      expect(alice !== undefined && bob !== undefined, 'There should be two people.');
      await aliceComes(alice);
      await aliceAsks(alice);
      await bobComes(bob, alice);
    } finally {
      await gateway.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  tell('The server has stopped and the directory is gone. Start your own with: npm start');
}

try {
  await demo();
} catch (error) {
  process.stderr.write(
    `\nThe demo failed: ${error instanceof Broken ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
}
