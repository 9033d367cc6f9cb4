import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

export default ts.config(
  { ignores: ["dist", "src/paraglide", "src/backend/generated"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
  },
  {
    rules: {
      // The type checker knows the DOM's names; this rule does not.
      "no-undef": "off",
      "svelte/no-at-html-tags": "error",
      // Rows from the core are replaced whole ($state.raw); sets and maps beside them are plain bookkeeping.
      "svelte/prefer-svelte-reactivity": "off",
      // Control characters are what some of these patterns are about.
      "no-control-regex": "off",
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["@tauri-apps/*"],
              message:
                "Only src/backend/tauri*.ts and subscribe.ts talk to Tauri; everything else uses the Backend interface.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["src/backend/{tauri,tauri_consents,tauri_guard,subscribe}.ts"],
    rules: { "no-restricted-imports": "off" },
  },
);
