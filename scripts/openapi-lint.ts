/**
 * Part of `npm run check`: docs/openapi.json held against OpenAPI 3.1 and the recommended rules of a kept linter, its examples
 * against their schemas. Fetches nothing. Fails on any finding, and shows each with its place.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const file = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));

const config = await createConfig({
  extends: ['recommended'],
  rules: {
    'operation-description': 'error',
    'operation-operationId': 'error',
    'tag-description': 'error',
    'operation-tag-defined': 'error',
    'no-invalid-media-type-examples': 'error',
    'no-invalid-schema-examples': 'error',
  },
});
const findings = await lintFromString({ source: readFileSync(file, 'utf8'), absoluteRef: file, config });
for (const { severity, ruleId, message, location } of findings) {
  const [place] = location;
  process.stderr.write(`${severity} ${ruleId}: ${message}\n  at ${place?.pointer ?? 'the document'}\n`);
}
if (findings.length > 0) {
  process.stderr.write(`${findings.length} findings in docs/openapi.json; it is printed from packages/contract.\n`);
  process.exitCode = 1;
}
