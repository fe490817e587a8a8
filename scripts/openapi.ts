/**
 * `npm run openapi`: writes what is printed from the contract: what its comments say of the members of schemas, docs/openapi.json, and
 * the lines the client finds its way by.
 * With `--check` it writes nothing and fails when a file is not what the table says, so that neither can drift from the code.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openapi } from '@vivim/contract/openapi';
import type { JsonSchema } from '@vivim/contract/openapi/members';
import { operations, type Route, routes } from '@vivim/contract/routes';
import { readArguments } from './arguments.ts';
import { memberWords } from './member-words.ts';

const { values } = readArguments({ options: { check: { type: 'boolean', default: false } } });

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

function wireLine({ method, path, answer, body, bodyType }: Route): string {
  const kind = answer === null ? 'none' : typeof answer === 'string' ? answer : 'json';
  return [method, path, kind, ...(body === 'bytes' ? [bodyType] : [])].join(' ');
}

const wire = `/**
 * Where each operation goes: method, path, kind of answer, media type of raw bytes. Printed from the route table by
 * \`npm run openapi\`; never written by hand.
 */
import type { Operation } from '@vivim/contract/routes';

export const wire = {
${operations.map((operation) => `  ${operation}: '${wireLine(routes[operation])}',`).join('\n')}
} as const satisfies Record<Operation, string>;
`;

const contract = new URL('../packages/contract/src/', import.meta.url);
const sources = readdirSync(contract).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
const bare = openapi(version, {}) as { components: { schemas: Record<string, JsonSchema> } };
const words = memberWords(
  sources.sort().map((name) => readFileSync(new URL(name, contract), 'utf8')),
  bare.components.schemas,
);

const published = (file: string) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

function print(name: string, text: string): void {
  const file = fileURLToPath(new URL(`../${name}`, import.meta.url));
  if (!values.check) {
    writeFileSync(file, text);
    process.stderr.write(`Wrote ${file}\n`);
  } else if (published(file) !== text) {
    process.stderr.write(`${name} is not what the contract says; run \`npm run openapi\` and commit it.\n`);
    process.exitCode = 1;
  }
}

print('packages/contract/src/openapi/member-words.json', `${JSON.stringify(words, null, 2)}\n`);
print('packages/client/src/wire.ts', wire);
print('docs/openapi.json', `${JSON.stringify(openapi(version, words), null, 2)}\n`);
