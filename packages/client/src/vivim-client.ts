/**
 * `@vivim/client`: a VIVIM server from a program of yours, in Node or in a browser.
 *
 *     const vivim = connect({ server: 'http://localhost:7717', token });
 *     const { text, citations } = await vivim.createContext({ body: { query: 'What did I decide about the roof?' } });
 */
export { AppError, type ErrorCode } from '@vivim/contract/errors';
export { type Call, type CallResult, type Client, type ClientOptions, createClient, type FileBytes } from './client.ts';
export { type ConnectOptions, connect } from './connect.ts';
export { spaceEvents } from './events.ts';
export { formContext } from './form-context.ts';
export { type ImportOptions, importFile } from './import-file.ts';
export { itemsOf, pagesOf } from './pages.ts';
