/** Words of the services that make vectors. Text alone, as in strings.ts. */
import { form, number } from '../count.ts';

export const models = {
  models: {
    title: 'Who makes your vectors',
    lead: 'Search by meaning compares vectors of your texts. The built-in embedder makes them here, and nothing leaves. A service is added with the command: vivim models add.',
    builtIn: 'the built-in embedder',
    now: (name: string) => `Now: ${name}.`,
    changing: (name: string, waiting: number) =>
      `${name} takes over when ${number(waiting)} more ${form(waiting, 'conversation has its vectors', 'conversations have their vectors')}.`,
    dimensions: (count: number) => `${number(count)} numbers`,
    untested: 'not tested',
    month: (tokens: number, most: number | null) =>
      `${number(tokens)}${most === null ? '' : ` of ${number(most)}`} ${form(tokens, 'token', 'tokens')} this month`,
    agreed: (since: string) => `Your texts may go there since ${since}`,
    notAgreed: 'Nothing goes there',
    test: 'Test',
    testLabel: (name: string) => `Test ${name}`,
    testOk: (count: number | null) => `It answers, with vectors of ${number(count ?? 0)} numbers.`,
    agree: 'Let texts go there',
    agreeLabel: (name: string) => `Let texts go to ${name}`,
    agreeWarning: (host: string, model: string) =>
      `The texts of your messages and your questions will leave this server, to ${host}, for the model ${model}.`,
    agreeConfirm: 'I agree',
    withdraw: 'Withdraw',
    withdrawLabel: (name: string) => `Let nothing go to ${name} any more`,
    choose: 'Use',
    chooseLabel: (name: string) => `Have ${name} make your vectors`,
    backToBuiltIn: 'Use the built-in embedder',
    log: 'What left',
    nothingLeft: 'Nothing has left.',
    call: (host: string, texts: number, tokens: number, outcome: string) =>
      `${host}: ${number(texts)} ${form(texts, 'text', 'texts')}, ${number(tokens)} ${form(tokens, 'token', 'tokens')}, ${outcome}`,
  },
};
