/** Tar archives for tests, good ones and ones no honest program would write (POSIX.1-2017, pax). */

export interface TarMember {
  readonly name: string;
  readonly bytes?: Buffer | string;
  /** `0` a file, `5` a directory, `2` a symbolic link, `x` what is said of the next one. */
  readonly type?: string;
  /** What its header says the size is, where that is not the truth. */
  readonly saidBytes?: number;
  /** As the header keeps it, where that is not what it should be. */
  readonly sum?: number;
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);

function memberOf({ name, bytes = '', type = '0', saidBytes, sum }: TarMember): Buffer {
  const body = Buffer.from(bytes as string);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${(saidBytes ?? body.length).toString(8).padStart(11, '0')}\0`, 124);
  header.write('14000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  const real = header.reduce((total, byte) => total + byte, 0);
  header.write(`${(sum ?? real).toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, padded(body)]);
}

export const tarOf = (members: readonly TarMember[]): Buffer =>
  Buffer.concat([...members.map(memberOf), Buffer.alloc(1024)]);

/** A record of what is said of the next member, with its own length in front. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  const length = [1, 2, 3, 4, 5].map((digits) => bytes + digits).find((all, ix) => String(all).length === ix + 1);
  return `${length}${rest}`;
}
