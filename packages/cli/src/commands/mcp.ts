/** `vivim mcp`: the memory of a profile, for a program that starts its tools itself and speaks to them over lines. */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { Bridge } from '../mcp/bridge.ts';
import { say } from '../output/speak.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';

interface McpOptions extends GlobalOptions {
  readonly readOnly?: true;
}

export function defineMcp(program: Command, world: World): void {
  program
    .command('mcp')
    .summary('give a program that speaks MCP your memory')
    .description(
      'Speaks the Model Context Protocol on standard input and output, for AI programs that start a command of their own. It uses the key of this profile, so nothing is asked and no token stands in a file; VIVIM_TOKEN is used where it is set. A server that starts again is waited for.',
    )
    .option('--read-only', 'offer only the tools that change nothing')
    .addHelpText(
      'after',
      '\nPut this into the settings of the program (see also: You, Connections in the web application):\n  {"mcpServers": {"vivim": {"command": "vivim", "args": ["mcp", "--read-only"]}}}\n\nExamples:\n  vivim mcp\n  vivim mcp --read-only --profile work\n  npx @modelcontextprotocol/inspector --cli vivim mcp --method tools/list',
    )
    .action(async (_: unknown, command: Command) => {
      const { readOnly, ...options } = command.optsWithGlobals<McpOptions>();
      const { open } = await connect(world, options);
      const bridge = new Bridge({
        open,
        write: (line) => void world.stdout.write(line),
        say: (text) => say(world, text),
        wait: (ms, signal) => sleep(ms, undefined, { signal }),
        readOnly: readOnly === true,
      });
      for await (const line of createInterface({ input: world.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
        bridge.take(line);
      await bridge.finish();
    });
}
