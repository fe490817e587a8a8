/** Who signs an archive, and what a signature is worth. */
import { describe, expect, it } from 'vitest';
import { archiveFingerprint, signerOf, signManifest } from './archive-signature.ts';

const [alice, bob] = ['a1'.repeat(32), 'b0'.repeat(32)];
const manifest = Buffer.from('{"format":"vivim-archive"}\n');

describe('the signature of an archive', () => {
  it('names the space that made it, each time the same and no other', () => {
    expect(signerOf(manifest, signManifest(manifest, alice))).toBe(archiveFingerprint(alice));
    expect(archiveFingerprint(alice)).toMatch(/^([0-9a-f]{4}-){4}[0-9a-f]{4}$/);
    expect(archiveFingerprint(bob)).not.toBe(archiveFingerprint(alice));
  });

  it('fits nothing else: another manifest, another key, another kind', () => {
    const signature = signManifest(manifest, alice);
    expect(signerOf(Buffer.concat([manifest, Buffer.from(' ')]), signature)).toBeNull();
    const forged = { ...JSON.parse(signature), publicKey: JSON.parse(signManifest(manifest, bob)).publicKey };
    expect(signerOf(manifest, JSON.stringify(forged))).toBeNull();
    for (const text of ['', '{}', 'null', JSON.stringify({ ...JSON.parse(signature), algorithm: 'none' })])
      expect(signerOf(manifest, text)).toBeNull();
  });
});
