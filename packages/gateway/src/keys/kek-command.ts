/**
 * A KEK that a program prints: run without a shell, with PATH and HOME and nothing else, for half a minute at most. What it
 * prints is never logged, and never quoted in an error.
 */
import { execFile } from 'node:child_process';
import { type Kek, KekError, kekLength, kekOf } from './kek.ts';

/** `PATH` and `HOME` of the server; other variables are not passed on. */
export type ProgramEnvironment = Readonly<Record<string, string>>;

const timeoutMs = 30_000;
/** More than any form of 32 bytes takes. */
const longest = 1_024;

/** @throws KekError naming the program, what is wrong and what to try */
export async function runKekCommand(
  command: readonly string[],
  env: ProgramEnvironment,
  withinMs = timeoutMs,
): Promise<Kek> {
  const [program = '', ...args] = command;
  const printed = await new Promise<Buffer>((resolve, reject) => {
    const options = { env, timeout: withinMs, killSignal: 'SIGKILL', maxBuffer: longest, encoding: 'buffer' } as const;
    const child = execFile(program, args, options, (error, stdout) =>
      error === null ? resolve(stdout) : reject(new KekError(`${program} ${whyNot(error, withinMs)}`)),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end();
  });
  const key = readPrinted(printed);
  if (typeof key === 'string') throw new KekError(`What ${program} prints is no key: ${key}.`);
  return kekOf(key);
}

function whyNot(error: Error & { code?: unknown; killed?: boolean; signal?: unknown }, withinMs: number): string {
  if (error.code === 'ENOENT') return 'is not there. Set VIVIM_KEK_COMMAND to a program by its whole path.';
  if (error.code === 'EACCES') return 'may not be run by the user of this server.';
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'prints more than a key.';
  if (error.killed === true) return `did not end within ${withinMs / 1000} s and was stopped.`;
  const end = typeof error.code === 'number' ? `exit code ${error.code}` : `signal ${String(error.signal)}`;
  return `failed with ${end}. Run it by hand, as the user of this server and with PATH and HOME alone, to see what it says.`;
}

/** 32 bytes as they are, 64 hex digits, or base64 of either alphabet. A string: what is wrong with it. */
function readPrinted(printed: Buffer): Uint8Array | string {
  if (printed.length === kekLength)
    return printed.every((byte) => byte >= 0x20 && byte < 0x7f)
      ? 'it is 32 characters of text; print 32 random bytes, 64 hex digits or base64'
      : printed;
  const text = printed.toString('latin1').trim();
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[\w+/-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  return `${printed.length} bytes that are neither 32 random bytes nor 64 hex digits nor base64 of 32 bytes`;
}
