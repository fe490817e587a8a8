/** Where a did:web leads, and that nothing is asked of the network before its host was judged. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../../../test/kit/refusals.ts';
import { describeShared } from '../../../../../test/kit/shared.ts';
import { vectorCases } from '../../../../../test/kit/vectors.ts';
import { createDidWebResolver, didWebUrl } from './did-web.ts';
import { resolveSigningKey } from './resolve-did.ts';

describe('a did:web', () => {
  it.each([
    ['did:web:example.com', 'https://example.com/.well-known/did.json'],
    ['did:web:example.com%3A8443', 'https://example.com:8443/.well-known/did.json'],
    ['did:web:example.com:user:Alice_1.x', 'https://example.com/user/Alice_1.x/did.json'],
    ['did:web:example.com%3A8443:u', 'https://example.com:8443/u/did.json'],
    ['did:web:xn--e1afmkfd.xn--p1ai', 'https://xn--e1afmkfd.xn--p1ai/.well-known/did.json'],
  ])('%s leads to %s', (did, url) => {
    expect(didWebUrl(did).href).toBe(url);
  });

  it('leads where no other did:web leads', () => {
    const char = fc.constantFrom(...'aA.-_:%3A20f/\\@#?[]{}~ é0189');
    const did = fc.string({ unit: char, maxLength: 16 }).map((text) => `did:web:a.example${text}`);
    fc.assert(
      fc.property(did, (text) => {
        let url: URL;
        try {
          url = didWebUrl(text);
        } catch {
          return;
        }
        const path =
          url.pathname === '/.well-known/did.json' ? '' : url.pathname.replace('/did.json', '').replaceAll('/', ':');
        expect(['', ':.well-known'].map((end) => `did:web:${url.host.replace(':', '%3A')}${path || end}`)).toContain(
          text,
        );
        expect(url.protocol).toBe('https:');
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('N15 hosts that are not public', () => {
  it.each([
    ['127.0.0.1', 'did_web_host_invalid'],
    ['localhost', 'did_web_host_invalid'],
    ['localhost%3A8443', 'did_web_host_invalid'],
    ['2130706433', 'did_web_host_invalid'],
    ['0x7f000001', 'did_web_host_invalid'],
    ['0x7f.1', 'did_web_host_invalid'],
    ['127.1', 'did_web_host_invalid'],
    ['0177.0.0.1', 'did_web_host_invalid'],
    ['%5B%3A%3A1%5D', 'did_web_host_invalid'],
    ['a%2F..%2Fb', 'did_web_host_invalid'],
    ['user%40host', 'did_web_host_invalid'],
    ['user%40example.com', 'did_web_host_invalid'],
    ['host%23', 'did_web_host_invalid'],
    ['example.com%23', 'did_web_host_invalid'],
    ['example.com%3Fx', 'did_web_host_invalid'],
    ['example.com%2Fx', 'did_web_host_invalid'],
    ['example.com%5Cx', 'did_web_host_invalid'],
    ['example.com%00', 'did_web_host_invalid'],
    ['example.com.', 'did_web_host_invalid'],
    ['vivim.local', 'did_web_host_invalid'],
    ['db.internal', 'did_web_host_invalid'],
    ['router.lan', 'did_web_host_invalid'],
    ['a.onion', 'did_web_host_invalid'],
    ['metadata.google.internal', 'did_web_host_invalid'],
    ['LOCALHOST', 'did_web_host_invalid'],
    ['123', 'did_web_host_invalid'],
    ['example.com:..:b', 'did_web_host_invalid'],
    ['example.com:.:b', 'did_web_host_invalid'],
    ['example.com:a%2Fb', 'did_web_host_invalid'],
    ['example.com::b', 'did_web_host_invalid'],
    ['example.com%3A', 'did_web_host_invalid'],
    ['example.com%3A0', 'did_web_host_invalid'],
    ['example.com%3A08443', 'did_web_host_invalid'],
    ['example.com%3A65536', 'did_web_host_invalid'],
    ['example.com%3A8443%3A1', 'did_web_host_invalid'],
    ['Example.com', 'did_not_canonical'],
    ['example.com%3a8443', 'did_not_canonical'],
    ['example.com%3A443', 'did_not_canonical'],
    ['[::1]', 'did_malformed'],
    ['example.com/x', 'did_malformed'],
    ['example.com#x', 'did_malformed'],
    ['example.com:', 'did_malformed'],
    ['exámple.com', 'did_malformed'],
  ])('did:web:%s is %s, and nobody is asked', async (id, code) => {
    const asked: string[] = [];
    const didWeb = createDidWebResolver(async (url) => {
      asked.push(String(url));
      return new Response('{}');
    });
    const refusal = (deps: Parameters<typeof resolveSigningKey>[0]) =>
      refusalOf(() => resolveSigningKey(deps, `did:web:${id}`));
    expect(await refusal({ didWeb })).toBe(code);
    // The same where did:web is off.
    expect(await refusal({ didWeb: null })).toBe(code);
    expect(asked).toEqual([]);
  });

  it('did:web that is off is a method like any other unknown one', async () => {
    expect(await refusalOf(() => resolveSigningKey({ didWeb: null }, 'did:web:example.com'))).toBe(
      'did_key_type_unsupported',
    );
  });
});

describe('the document of a did:web', () => {
  const fetched = (answer: () => Response | Promise<Response>) =>
    createDidWebResolver(async () => answer()).document('did:web:example.com');

  it('is asked for as JSON, at its one place', async () => {
    const asked: [string, string | null][] = [];
    const { document } = createDidWebResolver(async (url, init) => {
      asked.push([String(url), new Headers(init?.headers).get('accept')]);
      return Response.json({ id: 'x' });
    });
    expect(await document('did:web:example.com:a')).toEqual({ id: 'x' });
    expect(asked).toEqual([['https://example.com/a/did.json', expect.stringContaining('application/did+json')]]);
  });

  it.each<[string, () => Response]>([
    ['no JSON', () => new Response('<html>')],
    ['two ids', () => new Response('{"id":"a","id":"b"}')],
    ['bytes that are not UTF-8', () => new Response(new Uint8Array([0x22, 0xff, 0x22]))],
  ])('with %s is did_resolution_failed', async (_, answer) => {
    expect(await refusalOf(() => fetched(answer))).toBe('did_resolution_failed');
  });

  it('that cannot be fetched does not say why: the answer would tell what lies around the server', async () => {
    const failure = fetched(() => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:443')));
    await expect(failure).rejects.toMatchObject({
      code: 'did_resolution_failed',
      message: expect.not.stringContaining('10.0.0.7'),
    });
  });
});

describeShared('vectors', 'examples of the did:web specification', () => {
  it('lead where it says', () => {
    const examples = vectorCases<{ did: string; url: string }>('did-web', /\.json$/);
    for (const { did, url } of examples) expect(didWebUrl(did).href).toBe(url);
  });
});
