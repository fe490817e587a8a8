/** For bundles. zod carries its messages in fifty languages, as a namespace no bundler can shake out; what we build speaks one. */
import { join } from 'node:path';

export const zodInEnglish = {
  name: 'zod-in-english',
  setup({ onResolve }) {
    onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer, resolveDir }) =>
      importer.includes(join('node_modules', 'zod')) ? { path: join(resolveDir, '../locales/en.js') } : undefined,
    );
  },
};
