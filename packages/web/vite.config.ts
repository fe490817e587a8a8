/**
 * How the web files are built: hashed assets in `dist`, nothing inlined, so that the pages live under a strict
 * `default-src 'self'`. Prints what a first visit downloads and fails when it grows over its budget.
 */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Bytes, gzip: entry script, what it imports statically, and its styles. */
const firstLoadBudget = 250 * 1024;

/** Sums what the browser must have before the first page shows; later pages load when they are visited. */
function firstLoad(): Plugin {
  return {
    name: 'vivim:first-load',
    generateBundle(_, bundle) {
      const files = new Set<string>();
      const visit = (name: string): void => {
        const file = bundle[name];
        if (file === undefined || files.has(name)) return;
        files.add(name);
        if (file.type !== 'chunk') return;
        file.imports.forEach(visit);
        file.viteMetadata?.importedCss.forEach(visit);
      };
      for (const [name, file] of Object.entries(bundle)) if (file.type === 'chunk' && file.isEntry) visit(name);
      const bytes = [...files].reduce((sum, name) => {
        const file = bundle[name];
        return file === undefined ? sum : sum + gzipSync(file.type === 'chunk' ? file.code : file.source).length;
      }, 0);
      const kilobytes = (bytes / 1024).toFixed(1);
      console.log(`first load: ${kilobytes} KB gzip (budget ${firstLoadBudget / 1024} KB)`);
      if (bytes > firstLoadBudget) this.error(`The first load is ${kilobytes} KB gzip, over its budget.`);
    },
  };
}

/**
 * Puts zod's switch for strict policies in front of zod. Left alone it probes for `new Function` while schemas are
 * made, which the policy refuses and reports; a module between the two is sure to run before any schema is.
 */
function zodWithoutEval(): Plugin {
  const id = '\0vivim:zod';
  let real = '';
  return {
    name: 'vivim:zod-without-eval',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (source !== 'zod') return null;
      real = (await this.resolve(source, importer, { ...options, skipSelf: true }))?.id ?? '';
      return id;
    },
    load: (source) =>
      source === id ? `import { z } from ${JSON.stringify(real)};\nz.config({ jitless: true });\nexport { z };` : null,
  };
}

/** HPKE asks for Node's module where it finds no WebCrypto; a browser has it, so nothing is ever asked of this one. */
function withoutNodeCrypto(): Plugin {
  const id = '\0vivim:node-crypto';
  return {
    name: 'vivim:without-node-crypto',
    enforce: 'pre',
    resolveId: (source) => (source === 'crypto' ? id : null),
    load: (source) => (source === id ? 'export {};' : null),
  };
}

/** Radix holds the page still by a style element it writes, which the policy refuses; ours does it with a class. */
function withoutWrittenStyles(): Plugin {
  return {
    name: 'vivim:without-written-styles',
    enforce: 'pre',
    resolveId: (source) =>
      source === 'react-remove-scroll' ? join(import.meta.dirname, 'src/components/kit/scroll-lock.tsx') : null,
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [zodWithoutEval(), withoutNodeCrypto(), withoutWrittenStyles(), react(), firstLoad()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { '/v1': { target: 'http://localhost:7717', changeOrigin: false } } },
});
