/**
 * What to give the well-known clients of the Model Context Protocol, filled with the address of a server. The guides say the same
 * (docs/guide/mcp; a test holds them together). Words for people stand in strings/mcp-clients.ts. Pure.
 */

/** `http`: the client asks in a browser. `stdio`: it starts `vivim mcp`. `token`: it is given a token by hand. */
export type McpWay = 'http' | 'stdio' | 'token';

interface Setup {
  readonly way: McpWay;
  /** Where it goes: a file of the client; null for a terminal or a field. */
  readonly file: string | null;
  /** @param origin of the server, e.g. `https://vivim.example` */
  readonly text: (origin: string) => string;
}

/** Stands where a token goes. */
export const tokenHere = 'vivim_pat_…';

const json = (value: object): string => JSON.stringify(value, null, 2);
const mcp = (origin: string): string => `${origin}/mcp`;
const bearer = { Authorization: `Bearer ${tokenHere}` };
const command = (origin: string) => ({ command: 'vivim', args: ['mcp', '--server', origin] });

const address: Setup = { way: 'http', file: null, text: mcp };
const commandIn = (file: string): Setup => ({
  way: 'stdio',
  file,
  text: (origin) => json({ mcpServers: { vivim: command(origin) } }),
});
const gooseYaml = (lines: readonly string[]): string =>
  [
    'extensions:',
    '  vivim:',
    ...['name: vivim', 'enabled: true', ...lines, 'timeout: 300'].map((line) => `    ${line}`),
  ].join('\n');

export const mcpClients = {
  claudeCode: [
    { way: 'http', file: null, text: (origin) => `claude mcp add --transport http vivim ${mcp(origin)}` },
    { way: 'stdio', file: null, text: (origin) => `claude mcp add vivim -- vivim mcp --server ${origin}` },
  ],
  claudeDesktop: [commandIn('claude_desktop_config.json'), address],
  claude: [address],
  chatgpt: [address],
  cursor: [
    {
      way: 'http',
      file: '~/.cursor/mcp.json',
      text: (origin) => json({ mcpServers: { vivim: { url: mcp(origin) } } }),
    },
    commandIn('~/.cursor/mcp.json'),
  ],
  vscode: [
    {
      way: 'http',
      file: '.vscode/mcp.json',
      text: (origin) => json({ servers: { vivim: { type: 'http', url: mcp(origin) } } }),
    },
    {
      way: 'stdio',
      file: '.vscode/mcp.json',
      text: (origin) => json({ servers: { vivim: { type: 'stdio', ...command(origin) } } }),
    },
  ],
  geminiCli: [
    { way: 'http', file: null, text: (origin) => `gemini mcp add --scope user --transport http vivim ${mcp(origin)}` },
    commandIn('~/.gemini/settings.json'),
  ],
  codexCli: [
    { way: 'http', file: null, text: (origin) => `codex mcp add vivim --url ${mcp(origin)}\ncodex mcp login vivim` },
    {
      way: 'stdio',
      file: '~/.codex/config.toml',
      text: (origin) => `[mcp_servers.vivim]\ncommand = "vivim"\nargs = ["mcp", "--server", "${origin}"]`,
    },
  ],
  windsurf: [
    {
      way: 'http',
      file: '~/.config/devin/mcp_config.json',
      text: (origin) => json({ mcpServers: { vivim: { url: mcp(origin) } } }),
    },
    commandIn('~/.config/devin/mcp_config.json'),
  ],
  cline: [
    {
      way: 'http',
      file: 'cline_mcp_settings.json',
      text: (origin) => json({ mcpServers: { vivim: { type: 'streamableHttp', url: mcp(origin) } } }),
    },
    commandIn('cline_mcp_settings.json'),
  ],
  continueDev: [commandIn('.continue/mcpServers/vivim.json')],
  opencode: [
    { way: 'http', file: null, text: (origin) => `opencode mcp add vivim --global --url ${mcp(origin)}` },
    {
      way: 'stdio',
      file: '~/.config/opencode/opencode.json',
      text: (origin) =>
        json({ mcp: { servers: { vivim: { type: 'local', command: ['vivim', ...command(origin).args] } } } }),
    },
  ],
  goose: [
    {
      way: 'http',
      file: '~/.config/goose/config.yaml',
      text: (origin) => gooseYaml(['type: streamable_http', `uri: ${mcp(origin)}`]),
    },
    {
      way: 'stdio',
      file: '~/.config/goose/config.yaml',
      text: (origin) => gooseYaml(['type: stdio', 'cmd: vivim', `args: [mcp, --server, ${origin}]`]),
    },
  ],
  zed: [
    {
      way: 'http',
      file: 'settings.json',
      text: (origin) => json({ context_servers: { vivim: { url: mcp(origin) } } }),
    },
    { way: 'stdio', file: 'settings.json', text: (origin) => json({ context_servers: { vivim: command(origin) } }) },
  ],
  lmStudio: [
    {
      way: 'token',
      file: 'mcp.json',
      text: (origin) => json({ mcpServers: { vivim: { url: mcp(origin), headers: bearer } } }),
    },
    commandIn('mcp.json'),
  ],
  openWebui: [{ way: 'token', file: null, text: mcp }],
  other: [
    address,
    commandIn('mcp.json'),
    {
      way: 'token',
      file: 'mcp.json',
      text: (origin) => json({ mcpServers: { vivim: { type: 'http', url: mcp(origin), headers: bearer } } }),
    },
  ],
} as const satisfies Record<string, readonly Setup[]>;

export type McpClientId = keyof typeof mcpClients;
export const mcpClientIds = Object.keys(mcpClients) as McpClientId[];

export const setupsOf = (id: McpClientId): readonly Setup[] => mcpClients[id];
