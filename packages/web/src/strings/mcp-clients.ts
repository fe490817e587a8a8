/** Words of setting up clients of the Model Context Protocol, and of what those that are connected asked. Text alone, as in strings.ts. */
import { form, number } from '../count.ts';

export const mcpClientWords = {
  mcp: {
    views: 'Connections',
    view: { apps: 'AI applications', proxy: 'Proxy', models: 'Models' },

    setUp: 'Connect an application',
    setUpText:
      'Any AI that speaks the Model Context Protocol can be given your memory. It asks you first, on a page of this server, and you can end its access at any time.',
    chooseClient: 'Which application',
    clients: {
      claudeCode: 'Claude Code',
      claudeDesktop: 'Claude Desktop',
      claude: 'Claude in a browser or on a phone',
      chatgpt: 'ChatGPT',
      cursor: 'Cursor',
      vscode: 'VS Code',
      geminiCli: 'Gemini CLI',
      codexCli: 'Codex CLI',
      windsurf: 'Windsurf (Devin Desktop)',
      cline: 'Cline',
      continueDev: 'Continue',
      opencode: 'OpenCode',
      goose: 'goose',
      zed: 'Zed',
      lmStudio: 'LM Studio',
      openWebui: 'Open WebUI',
      other: 'Any other',
    },
    steps: {
      claudeCode:
        'Run one of these in a terminal. Over the network, type /mcp in Claude Code then and choose to sign in.',
      claudeDesktop:
        'Settings, Developer, Edit Config opens the file; start Claude again after it. A connector (Customize, Connectors, +, Add custom connector) is asked by Anthropic’s servers: it needs an address that the internet reaches.',
      claude:
        'On claude.ai: Customize, Connectors, +, Add custom connector, with this address; then Connect. What was added there is in the app of a phone too. Claude asks from Anthropic’s servers: it needs an address that the internet reaches. In a team its owner adds the connector first.',
      chatgpt:
        'Settings, Apps, Advanced settings: switch developer mode on. Then Create app, with this address and OAuth. ChatGPT asks from OpenAI’s servers: it needs an address that the internet reaches.',
      cursor: 'Put this into the file, or add it under Settings, MCP. Cursor then says that it needs to sign in.',
      vscode:
        'Put this into the file of a project, or run “MCP: Add Server” for all of them. VS Code asks to sign in when it starts the server.',
      geminiCli:
        'Run this in a terminal, or put the other into the file. Over the network, type /mcp auth vivim in Gemini CLI then.',
      codexCli: 'Run these in a terminal, or put the other into the file.',
      windsurf:
        'Put this into the file; the list of MCP servers then offers to authenticate. Windsurf from before its new name reads ~/.codeium/windsurf/mcp_config.json and calls the url serverUrl.',
      cline:
        'The icon MCP Servers, Configure, Configure MCP Servers opens the file. Over the network Cline then asks to sign in.',
      continueDev:
        'Put this file into the folder of a project. Continue uses tools in its agent mode only; its documentation says nothing of signing in over the network.',
      opencode:
        'Run this in a terminal, then type /mcps in OpenCode and sign in; or put the other into the file. OpenCode 1 has the names of servers right under mcp, without servers.',
      goose:
        'Put this into the file, or run goose configure and choose Add Extension. Over the network goose opens a browser.',
      zed: 'Put this into Zed’s settings (“zed: open settings file”). Zed offers to sign in.',
      lmStudio: 'Program, Install, Edit mcp.json opens the file. Over the network LM Studio takes a token.',
      openWebui:
        'As an administrator: Admin Settings, External Tools, add a connection of the type MCP (Streamable HTTP) with this address and, under Auth, Bearer with a token of yours.',
      other: 'Most clients take one of these three. Over the network without a token they find the rest by themselves.',
    },
    ways: {
      http: 'Over the network: you are asked in your browser',
      stdio: 'As a command on this computer, with the key of your profile',
      token: 'Over the network, with a token',
    },
    into: (file: string) => `into ${file}`,
    command:
      'Needs the vivim command on this computer, signed in once (vivim login). Add --read-only to let it change nothing.',
    token: 'Make a token with the scopes it needs',
    notReached: (origin: string) =>
      `This server is known as ${origin}, which only this computer reaches. Applications that ask from their maker’s servers cannot.`,
    copy: 'Copy',

    connected: 'Applications you let in',
    connectedNone: 'No application yet',
    connectedNoneText:
      'When one asks to be let in, a page of this server says who asks and what it may do. It stands here then.',
    lastUsed: (when: string) => `last used ${when}`,
    since: (when: string) => `let in ${when}`,
    until: (when: string) => `ends by itself ${when}`,
    asked: (n: number) => `asked ${number(n)} ${form(n, 'time', 'times')}`,
    end: 'Show out',
    endLabel: (name: string) => `Show out: ${name}`,
    ended: (name: string) => `${name} was shown out. What it was told cannot be unseen; it can ask you again.`,
    unnamed: 'An application',
    tokens: (n: number) => `${number(n)} ${form(n, 'token', 'tokens')} of yours ${form(n, 'opens', 'open')} the same.`,
    tokensLink: 'See your tokens',

    records: 'What they were given',
    recordsText:
      'The latest that AIs asked for: contexts, searches, conversations they read, what they remembered and forgot, and how much of your memory left for it. Each opens; a context word for word.',
    recordsAll: 'All records of AI applications',
    recordsNone: 'Nothing was asked yet.',

    proxyExample: 'Examples',
    proxyPython: 'Python, OpenAI’s library',
    proxyCurl: 'curl',
    proxyClaude: 'Claude Code through this server',
  },
} as const;
