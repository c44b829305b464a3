import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Without this, packages in CommonJS and in modules each load a graphql of their own, and refuse each other's
    // types.
    alias: [
      {
        find: /^graphql$/,
        replacement: fileURLToPath(import.meta.resolve('graphql').replace(/index\.m?js$/, 'index.js')),
      },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgresServer.ts', 'test/support/prepare.ts'],
    pool: 'forks',
    // As in src/cli/wholeview.mjs: without it a worker can die of V8's own fault in the midst of a test.
    execArgv: ['--no-turbo-inline-js-wasm-calls'],
    maxWorkers: 2,
    // A process runs many files, so that it reads the product once, and compiles it once.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    server: {
      deps: { inline: [/@apollo\//, /@graphql-tools\//, /@theguild\/federation-composition/, /@graphql-yoga\//] },
    },
  },
})
