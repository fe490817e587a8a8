/** Words of a person's own services. Text alone, as in strings.ts. */
import type { MemoryModel, ModelCall } from '@vivim/contract/model-services';
import { form, number } from '../count.ts';

export const models = {
  models: {
    title: 'Your models',
    lead: 'Search by meaning compares vectors of your texts. The built-in embedder makes them here, and memories are found here by rules; nothing leaves. Another service may do either, once you agree.',
    builtIn: 'the built-in embedder',
    now: (name: string) => `Now: ${name}.`,
    changing: (name: string, waiting: number) =>
      `${name} takes over when ${number(waiting)} more ${form(waiting, 'conversation has its vectors', 'conversations have their vectors')}.`,
    dimensions: (count: number) => `${number(count)} numbers`,
    month: (tokens: number, most: number | null) =>
      `${number(tokens)}${most === null ? '' : ` of ${number(most)}`} ${form(tokens, 'token', 'tokens')} this month`,
    cost: (cost: number, most: number | null) =>
      `cost ${cost.toFixed(2)}${most === null ? '' : ` of ${most}`} this month`,
    purposes: {
      embed: {
        agreed: (since: string) => `Your texts may go there for vectors since ${since}`,
        notAgreed: 'Nothing goes there for vectors',
        test: 'Test vectors',
        testLabel: (name: string) => `Test vectors: ${name}`,
        testOk: (count: number | null) => `It answers, with vectors of ${number(count ?? 0)} numbers.`,
        agree: 'Let texts go there',
        agreeLabel: (name: string) => `Let texts go there: ${name}`,
        agreeWarning: (host: string, model: string) =>
          `The texts of your messages and your questions will leave this server, to ${host}, for the model ${model}.`,
        withdrawLabel: (name: string) => `Withdraw: vectors by ${name}`,
        chooseLabel: (name: string) => `Use ${name} for vectors`,
      },
      memories: {
        agreed: (since: string) => `What you wrote may go there for memories since ${since}`,
        notAgreed: 'Nothing goes there for memories',
        test: 'Test answers',
        testLabel: (name: string) => `Test answers: ${name}`,
        testOk: (_: number | null) => 'It answers.',
        agree: 'Let it look for memories',
        agreeLabel: (name: string) => `Let it look for memories: ${name}`,
        agreeWarning: (host: string, model: string) =>
          `What you wrote in your conversations will leave this server, to ${host}, for the model ${model}.`,
        withdrawLabel: (name: string) => `Withdraw: memories by ${name}`,
        chooseLabel: (name: string) => `Use ${name} for memories`,
      },
    },
    form: {
      title: 'Add a model',
      lead: 'Nothing goes to it before you tried it and agreed. More limits, by day or by cost, are set with the command vivim models add.',
      kinds: { openai: 'OpenAI’s interface', ollama: 'Ollama’s interface' },
      model: 'Model',
      modelHelp: 'One that makes vectors, such as text-embedding-3-small, or one that answers, such as gpt-4.1-mini.',
      modelWrong: 'A model is named by up to 200 characters without spaces.',
      tokens: 'Tokens in a month at most',
      tokensHelp: 'Empty for no limit.',
      tokensWrong: 'Write a whole number of tokens, or nothing.',
    },
    none: 'None yet. Add one below.',
    remove: 'Remove',
    removeLabel: (name: string) => `Remove ${name}`,
    removeWarning: (name: string) =>
      `This forgets ${name}, its key and what you agreed to. Where its vectors answered, the built-in embedder takes over.`,
    removeConfirm: 'Forget it',
    agreeConfirm: 'I agree',
    withdraw: 'Withdraw',
    choose: 'Use',
    rulesAlone: 'Memories are looked for by rules alone.',
    findsMemories: (name: string) => `Memories are looked for by rules and ${name}.`,
    toRead: (count: number) => `${number(count)} ${form(count, 'conversation', 'conversations')} to read.`,
    found: (of: Pick<MemoryModel, 'proposed' | 'kept' | 'known' | 'unproven' | 'malformed' | 'invalid'>) =>
      `Of ${number(of.proposed)} ${form(of.proposed, 'proposal', 'proposals')} ${number(of.kept)} kept, ${number(of.known)} known, ${number(of.unproven)} not proven, ${number(of.malformed)} of another shape; ${number(of.invalid)} ${form(of.invalid, 'answer', 'answers')} could not be read.`,
    backToRules: 'Use the rules alone',
    backToBuiltIn: 'Use the built-in embedder',
    log: 'What was sent out',
    nothingLeft: 'Nothing has been sent out.',
    call: (call: Pick<ModelCall, 'host' | 'texts' | 'tokens' | 'purpose' | 'outcome'>) =>
      `${call.host}: ${number(call.texts)} ${form(call.texts, 'text', 'texts')}, ${number(call.tokens)} ${form(call.tokens, 'token', 'tokens')}, for ${call.purpose === 'embed' ? 'vectors' : 'memories'}, ${call.outcome}`,
  },
};
