/** The client of the page as it is: same origin, proved by the session cookie the browser attaches. Pages use client.ts. */
import { createClient } from '@vivim/client/client';

export const plainApi = createClient({ baseUrl: '' });
