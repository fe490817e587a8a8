/** The one client of the page: same origin, proved by the session cookie the browser attaches. */
import { createClient } from '@vivim/contract/client';

export const api = createClient({ baseUrl: '' });
