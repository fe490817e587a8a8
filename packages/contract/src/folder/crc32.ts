/** The CRC-32 of zip files (ISO 3309), eight bytes at a time, for where no library of the system has it. Pure. */

/** Eight tables of 256 rows, one after the other: the CRC of a byte with so many zero bytes behind it. */
const table = new Int32Array(8 * 256);
const row = (at: number): number => table[at] ?? 0;
for (let byte = 0; byte < 256; byte += 1) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  table[byte] = crc;
}
for (let at = 256; at < table.length; at += 1) table[at] = (row(at - 256) >>> 8) ^ row(row(at - 256) & 0xff);

/**
 * @param before of the bytes that stand before; 0 where there are none
 * @returns of all of them, as an unsigned number
 * @see Kounavis and Berry, "A Systematic Approach to Building High Performance, Software-based, CRC Generators" (slicing by 8)
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = ~before;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      row(1792 + (low & 0xff)) ^
      row(1536 + ((low >>> 8) & 0xff)) ^
      row(1280 + ((low >>> 16) & 0xff)) ^
      row(1024 + (low >>> 24)) ^
      row(768 + (high & 0xff)) ^
      row(512 + ((high >>> 8) & 0xff)) ^
      row(256 + ((high >>> 16) & 0xff)) ^
      row(high >>> 24);
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ row((crc ^ view.getUint8(at)) & 0xff);
  return ~crc >>> 0;
}
