import { createClient } from '@vivim/contract/client';
import { AppError, toProblem } from '@vivim/contract/errors';
import { describe, expect, it } from 'vitest';
import { withFreshSignature } from './client.ts';

/** A server that answers with each status in turn. */
function clientOf(answers: readonly (AppError | object)[]) {
  const asked: string[] = [];
  const client = createClient({
    baseUrl: '',
    fetch: async (url) => {
      const answer = answers[asked.push(String(url)) - 1];
      return answer instanceof AppError
        ? Response.json(toProblem(answer), { status: 401 })
        : Response.json(answer ?? {}, { status: 200 });
    },
  });
  return { client, asked };
}

describe('a client that signs afresh', () => {
  it('signs once and asks again where the server wants a fresh signature', async () => {
    const { client, asked } = clientOf([new AppError('stepup_required'), { items: [] }]);
    let signed = 0;
    const api = withFreshSignature(client, async () => {
      signed += 1;
    });
    expect(await api.listKeys({})).toEqual({ items: [] });
    expect([signed, asked.length]).toEqual([1, 2]);
  });

  it('asks no third time, and signs for no other refusal', async () => {
    const again = clientOf([new AppError('stepup_required'), new AppError('stepup_required'), {}]);
    let signed = 0;
    const renew = async () => {
      signed += 1;
    };
    await expect(withFreshSignature(again.client, renew).listKeys({})).rejects.toThrow(AppError);
    const other = clientOf([new AppError('session_revoked')]);
    await expect(withFreshSignature(other.client, renew).listKeys({})).rejects.toThrow(AppError);
    expect([signed, again.asked.length, other.asked.length]).toEqual([1, 2, 1]);
  });
});
