/**
 * A service as a model that is asked one question and answers in a shape. What leaves passes the gate; that what comes back has the
 * shape is for whoever asked to see. Opens no connection.
 */
import { AppError } from '@vivim/contract/errors';
import { askLength, type ChatAsk } from '@vivim/contract/model-asks';
import type { AskChat } from '../../models/ask-gateway.ts';
import type { ModelServiceRow } from '../../space/stores/model-services.ts';
import type { ServiceGate, Tokens } from './service-gate.ts';

export interface ChatModelDeps {
  readonly gate: ServiceGate;
  readonly ask: AskChat;
}

export type Question = Pick<ChatAsk, 'purpose' | 'system' | 'user' | 'schema' | 'mostTokens'>;

/**
 * @param known as it was chosen; of another address or model it is not asked
 * @returns what it said
 * @throws AppError `model_not_allowed`, `model_limit_reached`, `rate_limited`, `model_answer_invalid`, `upstream_unavailable`,
 * `upstream_not_allowed`, `quota_exceeded`
 */
export async function askModel(known: ModelServiceRow, question: Question, deps: ChatModelDeps): Promise<string> {
  const { system, user, purpose } = question;
  if (JSON.stringify([system, user]).length > askLength)
    throw new AppError('request_too_large', 'This is more than one question holds.');
  const passed = deps.gate.pass({
    service: known.name,
    purpose,
    isSame: (row) => row.kind === known.kind && row.baseUrl === known.baseUrl && row.model === known.model,
    texts: [`${system}\n${user}`],
    mostOutput: question.mostTokens,
  });
  const { kind, baseUrl, model, key, chatForm } = passed.row;
  const ask: ChatAsk = {
    ...question,
    service: known.name,
    address: { kind, baseUrl, model, key },
    form: chatForm ?? 'plain',
  };
  const answer = await deps.ask(ask).catch((error: unknown) => {
    passed.failed({ code: 'engine_unavailable' });
    throw error;
  });
  if (!answer.ok) throw passed.failed(answer);
  const counted: Tokens | null = answer.tokens;
  passed.answered(counted, answer.text.length);
  return answer.text;
}
