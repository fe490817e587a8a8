/** Words of the ways in: signing in, joining, getting back in, unlocking, letting an application in. Text alone, as in strings.ts. */

import { number } from '../count.ts';

export const comingIn = {
  signIn: {
    title: 'Sign in',
    lead: 'Your memory of every AI you have talked to: one place, one file, one key. Yours.',
    choose: 'Identities in this browser',
    signIn: 'Sign in',
    signInAs: (name: string) => `Sign in as ${name}`,
    shutOut:
      'This key signs in here no more: the device was shut out from another one, or the account is gone. Forget it, and come in another way.',
    registerHere: 'Register this identity on this server',
    made: (date: string) => `made ${date}`,
    waitingDevice: 'waits to be let in',
    waitingRecovery: 'waits for a recovery',
    goOn: 'Go on',
    goOnLabel: (name: string) => `Go on with ${name}`,
    forget: 'Forget',
    forgetLabel: (name: string) => `Forget ${name}`,
    forgetWarning:
      'This deletes the key from this browser for good. Nobody, this server included, can bring it back. Without another device, a passkey or a recovery key you lose what is stored under it.',
    forgetConfirm: 'Delete the key',
    cancel: 'Keep it',
    newTitle: 'Make a new identity',
    newFirstTitle: 'Make your identity',
    name: 'A name for this browser, which only you can read',
    make: 'Make a key and sign in',
    making: 'Making your key…',
    otherWays: 'You have an identity already?',
    passkey: 'Sign in with a passkey',
    passkeyBusy: 'Waiting for your passkey…',
    join: 'Add this browser to an identity I have',
    lost: 'I lost my devices',
    unlock: 'Unlock the account',
    ended: 'You were signed out: this session was ended on another device, or its time was over.',
    about: 'How this works',
    honest:
      'There is no password. Your browser makes a key pair and keeps the private half in its own storage, marked so that no page, not even this one, can read it out; it can only be asked to sign. Clear this site’s data or lose this device, and that key is gone. So take a second way in when you are asked: another device, a passkey, or a recovery key on paper. Without one there is no way back: no password to reset and nobody to ask.',
    unsupported: 'This browser cannot make Ed25519 keys. Use a current Chrome, Edge, Firefox or Safari.',
    insecure: 'Browsers make keys only on https pages and on localhost. Open VIVIM under one of these.',
    storageFailed:
      'The browser did not let this page store a key. Private windows and blocked site data are the usual reasons.',
    browserOn: (browser: string, system: string) => `${browser} on ${system}`,
    thisBrowser: 'This browser',
  },

  passkeys: {
    alreadyThere: 'This authenticator holds a passkey of yours already.',
    notGiven: 'No passkey was given. You closed the question, or its time was over; try again.',
    wrongAddress: 'Passkeys belong to one address. Open VIVIM under the address its operator set.',
    unreadable: 'This authenticator makes a kind of key VIVIM does not take. Use another one.',
  },

  join: {
    title: 'Add this browser',
    lead: 'This browser makes a key of its own. A device you are signed in on lets it in.',
    already: 'You are signed in. To add another browser, open this page there.',
    account: 'Your public name (DID)',
    accountHelp: 'On a device you are signed in on: You → Devices → Add a device.',
    ask: 'Ask to be let in',
    asking: 'Asking…',
    wordsTitle: 'Six words',
    wordsLabel: 'Six words to compare',
    compare: 'Now take a device you are signed in on',
    compareText:
      'Open You → Devices there. It shows a request with six words. Approve it only if they are these six, in this order. Other words mean that somebody else asks.',
    waiting: 'Waiting for your other device…',
    expiresAt: (time: string) => `The request ends at ${time}.`,
    letIn: 'You are in.',
    refused: 'The request was refused.',
    over: 'The request is over: nobody approved it in ten minutes.',
    again: 'Ask again',
    giveUp: 'Give up',
    noSealing:
      'This browser cannot make an X25519 key, which it needs to open anything. Use a current Chrome, Edge, Firefox or Safari.',
  },

  recover: {
    title: 'Get back in',
    lead: 'You lost your devices. The recovery key you wrote down, or people you chose, let a new key in. Then you wait, so that you can say no if it is not you.',
    already: 'You are signed in, so there is nothing to recover. How you would get back in is under You → Access.',
    method: 'What do you have?',
    byPaper: 'My recovery key: 24 words on paper',
    byGuardians: 'Guardians: people I chose',
    account: 'Your public name (DID)',
    accountHelp: 'It stands on the sheet with your words. Guardians know it too.',
    words: 'The 24 words',
    wordsHelp: 'In their order, with spaces between. The page makes the key of them; the words are sent nowhere.',
    ask: 'Ask to get back in',
    asking: 'Asking…',
    askedAlready: 'A recovery you began in this browser',
    state: 'State',
    states: {
      waiting: 'waiting for your guardians',
      pending: 'waiting for its time',
      ready: 'ready',
      done: 'done',
      vetoed: 'stopped',
      expired: 'over',
    },
    vouchers: (count: string, threshold: string) => `${count} of ${threshold} guardians have vouched`,
    notBefore: 'You can get in at',
    waitText: (time: string) =>
      `The wait protects you: until ${time} any device of yours can stop this. You may close the page and come back in this browser.`,
    guardianText:
      'Call your guardians. Each opens VIVIM, finds your request under You → Access and reads you six words. They vouch only if the words are these.',
    readyText: 'The wait is over. From here on this browser signs in as you.',
    shutOut: 'Shut out every other device and passkey of mine',
    shutOutHelp: 'Right when they were lost or stolen. Leave it off if you still have one of them.',
    finish: 'Get back in',
    finishing: 'Letting you in…',
    done: 'This browser is in. Sign in with it.',
    vetoed: 'One of your devices stopped this recovery. If that was not you, somebody else holds a key of yours.',
    gone: 'This request is over. Ask again if you still need to.',
    startOver: 'Start over',
    giveUp: 'Give up this recovery',
  },

  words: {
    count: (count: string) => `There should be 24 words; these are ${count}.`,
    unknown: (words: string) => `Not on the list of words: ${words}. Look for a letter too many or too few.`,
    mistaken: 'All these are on the list, but one of them is not what was written down, or two changed places.',
  },

  unlock: {
    title: 'Unlock your account',
    lead: 'A locked account lets nobody in. Its recovery key opens it again.',
    words: 'The 24 words',
    unlock: 'Unlock',
    unlocking: 'Unlocking…',
    done: 'Unlocked. Sign in as always.',
    toSignIn: 'Go to sign-in',
  },

  connect: {
    title: 'Let an application in?',
    asks: (name: string) => `${name} asks to use your memory.`,
    nobodyChecked: 'It chose that name itself. Nobody has checked it: go by where your answer goes, not by the name.',
    answerGoes: 'Your answer goes to',
    loopback:
      'That is a program on your own computer. Any program there can pretend to be this one. Go on only if you have just started it yourself.',
    homepage: 'It says its home is',
    resource: 'It wants to speak to',
    scopes: 'What it may do',
    scopesHelp: 'Take away what it does not need.',
    /** Under each thing it may do, in plain words what that comes to. */
    means: {
      'memory:read':
        'It sees what you and your AIs said, and the memories, topics and people made of it. Not the notes you wrote beside them.',
      'memory:write':
        'It may put in new things, and change, set aside or erase what is there. Erasing cannot be taken back.',
      'share:read': 'It changes nothing of that.',
      'share:manage': 'It may show what is yours to other people.',
      'account:read': 'It sees where and when you signed in. It changes nothing there.',
      'proxy:use': 'It spends on the keys you gave this server.',
      'proxy:record': 'What it asks models, and what they answer, is added to your conversations.',
    },
    howLong: 'For how long',
    howLongText: (days: number, idle: number) =>
      `${number(days)} days at most, then it has to ask again. It ends by itself after ${number(idle)} days without being used.`,
    takeBack: 'How to take it back',
    takeBackText:
      'Under You → Connections each application is listed with what it was given, and one press shows it out at once. What it has read by then it may have kept.',
    never: 'What it can never do',
    neverText: 'Manage your keys, devices or account, or let anybody else in.',
    allow: 'Allow',
    deny: 'Deny',
    leaving: 'Taking you back…',
    gone: 'This question is not open any more. Start again from the application.',
    noScopes: 'Leave at least one, or deny.',
  },

  scopes: {
    'memory:read': 'Read your conversations, search them and compile contexts from them',
    'memory:write': 'Import conversations, and change or erase what is remembered',
    'share:read': 'See what you share with others and what they share with you',
    'share:manage': 'Change what you share and with whom',
    'account:read': 'See your devices, sessions and what happened to your account',
    'proxy:use': 'Ask models through this server, with the keys you set for them',
    'proxy:record': 'Keep what is said to those models',
    'account:manage': 'Manage your keys, devices and account',
  },
} as const;
