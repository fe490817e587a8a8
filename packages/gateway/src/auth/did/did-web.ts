/**
 * did:web: where its document lies, and fetching it. A DID leads to one address and no other spelling leads there. What
 * the document says is did-document.ts's to judge.
 */
import { AppError } from '@vivim/contract/errors';
import { parseStrictJson } from '../keys/strict-json.ts';
import type { GuardedFetch } from './guarded-fetch.ts';
import { isPublicHostName } from './public-host.ts';

export interface DidWebResolver {
  /** The document of a did:web as parsed JSON. @throws AppError as {@link didWebUrl} does, and `did_resolution_failed` */
  document(did: string): Promise<unknown>;
}

const defaultPort = 443;

function refuseHost(detail: string): never {
  throw new AppError('did_web_host_invalid', detail);
}

function readPort(digits: string): number {
  const port = Number(digits);
  if (digits.startsWith('0') || port > 65_535) refuseHost('The port of a did:web is a number up to 65535.');
  if (port === defaultPort) throw new AppError('did_not_canonical', 'A did:web leaves out the port 443.');
  return port;
}

/**
 * @param did `did:web:…`
 * @throws AppError `did_web_host_invalid`, `did_not_canonical`
 * @see W3C CCG did:web method, section 2.5.2 (Read)
 */
export function didWebUrl(did: string): URL {
  const [authority = '', ...path] = did.slice('did:web:'.length).split(':');
  const [, host = '', colon = '%3A', port] = /^([A-Za-z0-9.-]+)(?:(%3[Aa])(\d{1,5}))?$/.exec(authority) ?? [];
  if (!isPublicHostName(host.toLowerCase()))
    refuseHost(
      'A did:web needs a public host name, such as did:web:example.com; no address, no name of a local network.',
    );
  if (host !== host.toLowerCase() || colon !== '%3A')
    throw new AppError('did_not_canonical', 'Write the host of a did:web in lower case, and %3A before a port.');
  if (path.some((segment) => !/^[A-Za-z0-9._-]+$/.test(segment) || /^\.+$/.test(segment)))
    refuseHost('The path of a did:web consists of letters, digits, dots, hyphens and underscores.');
  const place = path.length === 0 ? '.well-known' : path.join('/');
  return new URL(`https://${host}${port === undefined ? '' : `:${readPort(port)}`}/${place}/did.json`);
}

/** @param fetchDocument reaches nothing but public hosts */
export function createDidWebResolver(fetchDocument: GuardedFetch): DidWebResolver {
  return {
    async document(did) {
      const url = didWebUrl(did);
      let bytes: Uint8Array;
      try {
        const accept = 'application/did+json, application/did+ld+json, application/json';
        bytes = await (await fetchDocument(url, { headers: { accept } })).bytes();
      } catch (cause) {
        // One text for every reason: the answer must not tell what this server can see of the networks around it.
        const detail = `${url.href} could not be fetched: it must answer with status 200 and at most 64 KiB, over https, from a public address, without a redirect, within 3 seconds.`;
        throw new AppError('did_resolution_failed', detail, { cause });
      }
      const document = parseStrictJson(bytes);
      if (document === undefined) throw new AppError('did_resolution_failed', `${url.href} does not hold JSON.`);
      return document;
    },
  };
}
