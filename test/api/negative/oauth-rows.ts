/** N31 to N39: applications, their tokens, and doors under other names. */
import { request } from 'node:http';
import { expect } from 'vitest';
import { type Answer, send, signIn, signInBrowser, verdict } from '../../kit/sign-in.ts';
import type { TestGateway } from '../../kit/test-gateway.ts';
import { each, type Row } from './row.ts';

/** A request under a name of one's own choosing, which `fetch` does not let one choose. */
const underHost = (gateway: TestGateway, host: string, path: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(gateway.url);
    request({ host: '127.0.0.1', port, path, headers: { host } }, async (answer) => {
      let text = '';
      for await (const chunk of answer.setEncoding('utf8')) text += chunk;
      const headers = new Headers(answer.headers as Record<string, string>);
      const isJson = headers.get('content-type')?.includes('json') === true;
      resolve({ status: answer.statusCode ?? 0, headers, body: isJson ? JSON.parse(text) : {} });
    })
      .on('error', reject)
      .end();
  });

export const oauthRows: readonly Row[] = [
  {
    id: 'N33',
    title: 'a token in an address',
    status: 400,
    code: 'token_in_query',
    also: 'its session has ended, and the log does not hold it',
    async run({ gateway }) {
      const [person, other] = [await signIn(gateway), await signIn(gateway)];
      const { cookie } = await signInBrowser(gateway, person.identity);
      const logged = gateway.log.length;
      const answers = {
        alone: await send(gateway, 'GET', `/v1/me?access_token=${person.token}`),
        'beside another’s good session': await other.send('GET', `/v1/me?access_token=${'A'.repeat(43)}`),
      };
      expect(verdict(await person.send('GET', '/v1/me'))).toBe('401 session_revoked');
      expect(verdict(await send(gateway, 'GET', '/v1/me', { headers: { cookie } }))).toBe('200 ok');
      expect(verdict(await other.send('GET', '/v1/me'))).toBe('200 ok');
      expect(gateway.log.slice(logged).join('')).not.toContain(person.token);
      return answers;
    },
  },
  {
    id: 'N39',
    title: 'the local port under another name, or from a foreign page',
    status: 403,
    code: 'host_not_allowed',
    also: 'neither API nor page is answered, and no page elsewhere may read',
    async run({ gateway }) {
      const { port } = new URL(gateway.url);
      const foreign = [
        'evil.example',
        `evil.example:${port}`,
        'localhost',
        'localhost:1',
        `localhost.evil.example:${port}`,
      ];
      const places = foreign.flatMap((host) =>
        ['/v1/health', '/', '/openapi.json'].map((path) => [host, path] as const),
      );
      const answers = await each(
        Object.fromEntries(places.map(([host, path]) => [`${host}${path}`, [host, path] as const])),
        ([host, path]) => underHost(gateway, host, path),
      );
      answers['a foreign Origin'] = await send(gateway, 'GET', '/v1/health', {
        headers: { origin: 'https://evil.example' },
      });
      for (const { headers } of Object.values(answers)) expect(headers.get('access-control-allow-origin')).toBeNull();
      for (const host of [`127.0.0.1:${port}`, `LOCALHOST:${port}`])
        expect((await underHost(gateway, host, '/v1/health')).status).toBe(200);
      return answers;
    },
  },
];
