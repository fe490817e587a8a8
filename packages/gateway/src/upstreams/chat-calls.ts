/**
 * Asks a model one question and reads what it answers, for people who agreed to it. What is sent is what the engine wrote, what
 * comes back is handed on as text, bounded; what it says is the engine's to judge. Keeps no question, no key and no answer.
 */
import { AppError } from '@vivim/contract/errors';
import type { UserId } from '@vivim/contract/ids';
import type { ChatAnswer, ChatAsk } from '@vivim/contract/model-asks';
import type { ChatForm, ModelAddress, ModelServiceKind } from '@vivim/contract/model-services';
import { chatForms } from '@vivim/contract/model-services';
import { type Outgoing, ServiceRefused } from './outgoing.ts';
import { readChat } from './read-chat.ts';

type Question = Pick<ChatAsk, 'system' | 'user' | 'schema' | 'mostTokens' | 'form'>;
type Answered = Extract<ChatAnswer, { ok: true }>;

export interface ChatCalls {
  /** For an engine. Whatever goes wrong stands in the answer. */
  forEngine(userId: UserId, ask: ChatAsk): Promise<ChatAnswer>;
  /**
   * For a person who tries what they set: a question of our own, in each way of asking until one is taken.
   * @throws AppError
   */
  tried(address: ModelAddress, question: Omit<Question, 'form'>): Promise<Answered & { readonly form: ChatForm }>;
}

/** A model on somebody's own machine takes its time. */
const withinMs = 180_000;
/** A whole answer with everything a service puts around it. */
const mostBytes = 1024 ** 2;
/** Statuses that say this very question is not answered, however often it is asked. */
const notThis = [400, 413, 415, 422];
/** Statuses that say the way of asking is not understood. */
const notThisWay = [400, 404, 415, 422, 500, 501];

export function createChatCalls(outgoing: Outgoing): ChatCalls {
  async function send(address: ModelAddress, question: Question, stop?: AbortSignal): Promise<Answered> {
    const { kind, model } = address;
    const request = { address, most: mostBytes, withinMs };
    const body = await outgoing.post({ ...request, ...asked[kind](model, question) }, stop);
    return readChat(kind, body);
  }

  return {
    async tried(address, question) {
      for (const form of formsOf(address.kind)) {
        try {
          return { ...(await send(address, { ...question, form })), form };
        } catch (error) {
          if (form === 'plain' || !(error instanceof ServiceRefused) || !notThisWay.includes(error.serviceStatus))
            throw error;
        }
      }
      throw new Error('The last way of asking either answers or throws.');
    },
    forEngine(userId, { service, purpose, address, ...question }) {
      const { key: _, ...where } = address;
      return outgoing.asAgreed(userId, { service, purpose, address: where }, (stop) =>
        send(address, question, stop).catch((error: unknown) => {
          throw error instanceof ServiceRefused && notThis.includes(error.serviceStatus)
            ? new AppError('model_answer_invalid', 'The service does not take what it is asked.')
            : error;
        }),
      );
    },
  };
}

/** The best first. Ollama has one name for the limit of an answer. */
const formsOf = (kind: ModelServiceKind): readonly ChatForm[] =>
  kind === 'ollama' ? chatForms.filter((form) => form !== 'schema_max_tokens') : chatForms;

const messagesOf = ({ system, user }: Question) => [
  { role: 'system', content: system },
  { role: 'user', content: user },
];
/** Characters of a token at least, and what the template of a model adds: how much context Ollama is to make room for. */
const charactersOfToken = 2.5;
const templateTokens = 256;

const asked: Record<ModelServiceKind, (model: string, question: Question) => { path: string; body: object }> = {
  /** @see https://platform.openai.com/docs/api-reference/chat/create */
  openai: (model, question) => {
    const { form, schema, mostTokens } = question;
    const limit = form === 'schema' ? 'max_completion_tokens' : 'max_tokens';
    const format = { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
    return {
      path: '/chat/completions',
      body: {
        model,
        messages: messagesOf(question),
        [limit]: mostTokens,
        stream: false,
        ...(form === 'plain' ? {} : { response_format: format }),
      },
    };
  },
  /** @see https://docs.ollama.com/api/chat Without `num_ctx` it cuts off what is longer than its default, and says nothing. */
  ollama: (model, question) => {
    const { form, schema, mostTokens, system, user } = question;
    const context = Math.ceil((system.length + user.length) / charactersOfToken) + mostTokens + templateTokens;
    return {
      path: '/api/chat',
      body: {
        model,
        messages: messagesOf(question),
        stream: false,
        options: { temperature: 0, num_predict: mostTokens, num_ctx: context },
        ...(form === 'plain' ? {} : { format: schema }),
      },
    };
  },
};
