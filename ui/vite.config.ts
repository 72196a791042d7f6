import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The server that `npm run dev` passes API calls on to.
const server = 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    manifest: true, // read by tools/finish.mjs
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // every asset is a hashed file: the policy allows no data: fonts
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files: each costs the browser some milliseconds, and the editor would else be made of seventy.
          // What the first page needs is one, and what most pages share is another.
          groups: [
            { name: 'base', tags: ['$initial'], priority: 3 },
            { name: 'icons', test: /@tabler/, minShareCount: 3, priority: 2 },
            { name: 'kit', test: /@mantine|src[\\/](components|lib|api)/, minShareCount: 54, maxModuleSize: 8_000, priority: 1 },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 700, // the real limit is counted gzipped by tools/finish.mjs
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/f/', '/hooks', '/webhooks', '/v1', '/docs', '/openapi.json'].map((path) => [path, server]),
    ),
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['./src/lib/testSetup.ts'],
    restoreMocks: true,
    // One document and one load of the modules for all files: three quarters of the time was spent on making them anew.
    pool: 'threads',
    isolate: false,
    include: ['src/**/*.test.{ts,tsx}'],
  },
})
