/** The `Content-Disposition` header (RFC 6266) for a name somebody else gave. Pure. The name is a label; nothing of it leads anywhere. */

/** Names longer than this are cut: more than any file system takes. Characters. */
const mostName = 150;

/** @param name as the source has it: any text at all */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const label = [...name.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')]
    .map((letter) => ('/\\:*?"<>|%'.includes(letter) ? '_' : letter))
    .slice(0, mostName)
    .join('')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const safe = label === '' ? 'file' : label;
  const ascii = safe.replace(/[^\x20-\x7e]/g, '_');
  // RFC 8187, section 3.2.1: what encodeURIComponent leaves and the header does not take.
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"${ascii === safe ? '' : `; filename*=UTF-8''${encoded}`}`;
}
