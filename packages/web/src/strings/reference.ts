/** Words of the reference of the API. Text alone, as in strings.ts. */
export const reference = {
  reference: {
    title: 'API reference',
    lead: 'Whatever these pages and the vivim command do, they do over this API. Try any of it out here: it is asked as whoever is signed in.',
    operations: 'Operations',
    download: 'Download the OpenAPI 3.1 document',
    facts: [
      {
        title: 'Signing in.',
        text: 'A script takes a token (You, Tokens) and sends it as “Authorization: Bearer …”. An application signs its people in by OAuth 2.1.',
      },
      {
        title: 'Refusals',
        text: 'are problem+json with a stable code. What is another person’s is not_found, like what is nobody’s.',
      },
      { title: 'Lists', text: 'come in pages: give nextCursor back as cursor until it is null.' },
      { title: 'Writes', text: 'take an Idempotency-Key of your making, and are done once however often they arrive.' },
      { title: 'Busy', text: 'is 429 or 503, with Retry-After in seconds.' },
    ],
  },
} as const;
