/** How refusals read on the wire, and that none of them says more than it must. */

import { headers as names, problemMediaType } from '@vivim/contract/http';
import { Problem } from '@vivim/contract/problem';
import { expect } from 'vitest';
import { insides } from '../../kit/insides.ts';
import type { Refusal, Wire } from './row.ts';

/** Where a redirect carries its error. */
const parametersOf = ({ headers }: Refusal): URLSearchParams =>
  new URL(headers.get('location') ?? 'about:blank').searchParams;

/** The code of a refusal, as its wire writes it; `undefined` where it does not. */
export function codeOf(refusal: Refusal, wire: Wire): string {
  if (wire === 'problem') return String(refusal.body.code);
  if (wire === 'oauth') return String(refusal.body.error);
  if (wire === 'redirect') return String(parametersOf(refusal).get('error'));
  return String(/<code>([a-z_]+)<\/code>/.exec(refusal.text ?? '')?.[1]);
}

/** RFC 6749 section 5.2: the characters of an `error_description`. */
const described = /^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/;

function expectProblem({ status, headers, body }: Refusal): void {
  expect(headers.get('content-type')).toBe(problemMediaType);
  const problem = Problem.parse(body);
  expect(problem.status).toBe(status);
  expect(problem.traceId).toMatch(/^[0-9a-f]{24}$/);
  expect(headers.get(names.traceId) ?? problem.traceId).toBe(problem.traceId);
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^DPoP .*algs="ES256 /);
}

function expectOAuth({ status, headers, body }: Refusal): void {
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(headers.get('cache-control')).toContain('no-store');
  for (const name of Object.keys(body)) expect(['error', 'error_description', 'scope', 'iss']).toContain(name);
  if (body.error_description !== undefined) expect(body.error_description).toMatch(described);
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^(Bearer|DPoP|Basic) /);
}

function expectRedirect(refusal: Refusal): void {
  const parameters = parametersOf(refusal);
  for (const secret of ['code', 'access_token', 'id_token']) expect(parameters.has(secret)).toBe(false);
}

function expectPage({ headers, text = '' }: Refusal): void {
  expect(headers.get('location')).toBeNull();
  expect(headers.get('content-type')).toContain('text/html');
  expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(text).not.toContain('<script');
}

const expectations: Readonly<Record<Wire, (refusal: Refusal) => void>> = {
  problem: expectProblem,
  oauth: expectOAuth,
  redirect: expectRedirect,
  page: expectPage,
};

export function expectWellFormed(refusal: Refusal, wire: Wire): void {
  expectations[wire](refusal);
  const said = `${JSON.stringify(refusal.body)} ${refusal.text ?? ''} ${refusal.headers.get('location') ?? ''}`;
  expect(said).not.toMatch(insides);
}
