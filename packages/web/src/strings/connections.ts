/** Words of the connections: services conversations go through. Text alone, as in strings.ts. */
import { form, number } from '../count.ts';

export const connections = {
  connections: {
    title: 'Connections',
    lead: 'AI applications that use your memory, clients whose conversations are kept as they happen, and models of your own.',
    addresses: 'What to point a client at',
    addressesText:
      'Point a client of a model at this server instead: what is said is kept as it is said, and goes on under your own key. Give it this address as its base URL and a token of yours as its API key. The token needs both scopes that name models.',
    makeToken: 'Make a token',
    openai: 'Clients of OpenAI’s interface',
    anthropic: 'Clients of Anthropic’s interface',
    copy: 'Copy address',
    list: 'Your services',
    none: 'None yet. Add one below.',
    kinds: { openai: 'OpenAI’s interface', anthropic: 'Anthropic’s interface' },
    isDefault: 'default',
    noKey: 'no key',
    keySet: 'key set',
    keyEnds: (ending: string) => `key ends in ${ending}`,
    notKept: 'not kept',
    neverUsed: 'never used',
    used: (when: string) => `last used ${when}`,
    test: 'Test',
    testLabel: (name: string) => `Test ${name}`,
    testing: 'Asking…',
    testOk: (n: number) => `It answers, with ${number(n)} ${form(n, 'model', 'models')}.`,
    pause: 'Stop keeping',
    pauseLabel: (name: string) => `Stop keeping what goes through ${name}`,
    resume: 'Keep again',
    resumeLabel: (name: string) => `Keep what goes through ${name} again`,
    remove: 'Remove',
    removeLabel: (name: string) => `Remove ${name}`,
    removeWarning: (name: string) => `This forgets ${name} and its key. What was kept stays.`,
    removeConfirm: 'Forget it',
    add: 'Add a service',
    name: 'Name',
    nameHelp: 'Lower case letters, digits and dashes. The same name again replaces a service.',
    kind: 'What it speaks',
    url: 'Its address',
    key: 'Its key',
    keyHelp:
      'Kept in your encrypted space and never shown again. Leave it empty for a model of your own that takes none.',
    save: 'Add',
    saving: 'Adding…',
    nameWrong: 'Use lower case letters, digits and dashes for the name.',
    urlWrong: 'Write an address such as https://api.openai.com/v1.',
    kept: (n: number, partial: number) =>
      `${number(n)} ${form(n, 'exchange', 'exchanges')} kept${partial === 0 ? '' : `, ${number(partial)} of them broken off`}.`,
    missed: (n: number, when: string) =>
      `${number(n)} ${form(n, 'exchange', 'exchanges')} went through and could not be kept, last ${when}.`,
  },
} as const;
