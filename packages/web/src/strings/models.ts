/** Words of a person's own services. Text alone, as in strings.ts. */
import type { MemoryModel, ModelCall } from '@vivim/contract/model-services';
import { form, number } from '../count.ts';

export const models = {
  models: {
    title: 'Your models',
    lead: 'Search by meaning compares vectors of your texts. The built-in embedder makes them here, and memories are found here by rules; nothing leaves. A service is added with the command: vivim models add.',
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
        testLabel: (name: string) => `Test ${name}`,
        testOk: (count: number | null) => `It answers, with vectors of ${number(count ?? 0)} numbers.`,
        agree: 'Let texts go there',
        agreeLabel: (name: string) => `Let texts go to ${name}`,
        agreeWarning: (host: string, model: string) =>
          `The texts of your messages and your questions will leave this server, to ${host}, for the model ${model}.`,
        withdrawLabel: (name: string) => `Let nothing go to ${name} any more`,
        chooseLabel: (name: string) => `Have ${name} make your vectors`,
      },
      memories: {
        agreed: (since: string) => `What you wrote may go there for memories since ${since}`,
        notAgreed: 'Nothing goes there for memories',
        test: 'Test answers',
        testLabel: (name: string) => `Test whether ${name} answers`,
        testOk: (_: number | null) => 'It answers.',
        agree: 'Let it look for memories',
        agreeLabel: (name: string) => `Let ${name} look for memories`,
        agreeWarning: (host: string, model: string) =>
          `What you wrote in your conversations will leave this server, to ${host}, for the model ${model}.`,
        withdrawLabel: (name: string) => `Let ${name} look for memories no more`,
        chooseLabel: (name: string) => `Have ${name} look for memories`,
      },
    },
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
    log: 'What left',
    nothingLeft: 'Nothing has left.',
    call: (call: Pick<ModelCall, 'host' | 'texts' | 'tokens' | 'purpose' | 'outcome'>) =>
      `${call.host}: ${number(call.texts)} ${form(call.texts, 'text', 'texts')}, ${number(call.tokens)} ${form(call.tokens, 'token', 'tokens')}, for ${call.purpose === 'embed' ? 'vectors' : 'memories'}, ${call.outcome}`,
  },
};
