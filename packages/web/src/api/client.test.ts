import { createClient } from '@vivim/client/client';
import { AppError } from '@vivim/contract/errors';
import { toProblem } from '@vivim/contract/problem';
import { describe, expect, it } from 'vitest';
import { withRemedies } from './client.ts';

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
    const api = withRemedies(client, {
      stepup_required: async () => {
        signed += 1;
      },
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
    await expect(withRemedies(again.client, { stepup_required: renew }).listKeys({})).rejects.toThrow(AppError);
    const other = clientOf([new AppError('session_revoked')]);
    await expect(withRemedies(other.client, { stepup_required: renew }).listKeys({})).rejects.toThrow(AppError);
    expect([signed, again.asked.length, other.asked.length]).toEqual([1, 2, 1]);
  });

  it('unlocks and signs for the same request, each once, and says why a space stays locked', async () => {
    const { client, asked } = clientOf([new AppError('stepup_required'), new AppError('space_sealed'), { items: [] }]);
    const done: string[] = [];
    const remedies = {
      stepup_required: async () => void done.push('signed'),
      space_sealed: async () => void done.push('unlocked'),
    };
    expect(await withRemedies(client, remedies).listKeys({})).toEqual({ items: [] });
    expect([done, asked.length]).toEqual([['signed', 'unlocked'], 3]);
    const shut = clientOf([new AppError('space_sealed'), {}]);
    const helpless = { space_sealed: () => Promise.reject(new AppError('space_sealed', 'nothing here opens it')) };
    await expect(withRemedies(shut.client, helpless).listKeys({})).rejects.toThrow('nothing here opens it');
    expect(shut.asked).toHaveLength(1);
  });
});
