/**
 * `npm run openapi`: writes docs/openapi.json from the route table. With `--check` it writes nothing and fails when
 * the file is not what the table says, so that the published description cannot drift from the code.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openapi } from '@vivim/contract/openapi';

const target = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const printed = `${JSON.stringify(openapi(version), null, 2)}\n`;

const published = () => {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
};

if (process.argv.includes('--check')) {
  if (published() !== printed) {
    process.stderr.write('docs/openapi.json is not what the route table says; run `npm run openapi` and commit it.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, printed);
  process.stderr.write(`Wrote ${target}\n`);
}
