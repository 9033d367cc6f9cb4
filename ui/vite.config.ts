import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: "./project.inlang",
      outdir: "./src/paraglide",
      // The language is a rune of ours (state/locale.svelte.ts), so that a switch needs no reload.
      strategy: ["globalVariable", "baseLocale"],
      outputStructure: "locale-modules",
      emitReadme: false,
    }),
    svelte(),
    svelteTesting(),
  ],
  clearScreen: false,
  server: { host: "127.0.0.1", port: 1420, strictPort: true },
  build: {
    // WebKitGTK 2.50 is Safari 26; this leaves light-dark(), nesting and oklch as written.
    target: "safari18",
    outDir: "dist",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    // The content security policy allows no data: fonts or scripts; keep every asset a file.
    assetsInlineLimit: 0,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    setupFiles: ["./tests/setup.ts"],
    restoreMocks: true,
    // For machines that do other work beside: what hangs, hangs for longer than this.
    testTimeout: 30_000,
  },
});
