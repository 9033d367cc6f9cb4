// Who may use whom, checked: the parts of Guichet stay apart only as long as something fails when they do not.
//
//   node tests/run/boundaries.mjs               checks this repository
//   node tests/run/boundaries.mjs --self-test   plants one violation of each rule in a copy and expects to find it

import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";

const PARTS = {
  guichet: ["inbox", "store", "cloud-api", "practice", "relay", "export"],
  inbox: ["store", "cloud-api"],
  practice: ["cloud-api"],
  relay: ["cloud-api"],
  store: [],
  export: [],
  "cloud-api": [],
  "guichet-tests": ["inbox", "store", "cloud-api", "practice", "relay", "export"],
};
const WINDOW = /^(tauri|tauri-.*|wry|tao|webkit2gtk.*|gtk)$/;
const SKIPPED = new Set(["target", "node_modules", ".git", "dist", "shots", "paraglide"]);

// Rules over the text of a file: `files` says which, `found` says what must not be there.
const TEXT_RULES = [
  {
    name: "only ui/src/backend speaks to tauri",
    files: (path) => /^ui\/(src|tests)\/.*\.(ts|js|svelte)$/.test(path) && !path.startsWith("ui/src/backend/"),
    found: /["']@tauri-apps\/|__TAURI/,
  },
  {
    name: "no HTML is made from text",
    files: (path) => /^ui\/src\/.*\.(ts|js|svelte)$/.test(path),
    found: /\{@html\b|\.(inner|outer)HTML\s*=[^=]|insertAdjacentHTML/,
  },
  {
    name: "one file reads the clock",
    files: (path) => /\.rs$/.test(path) && path !== "src-tauri/cloud-api/src/clock.rs",
    found: /\b(Utc|Local|SystemTime|OffsetDateTime|Zoned|Timestamp)::now\b/,
  },
  {
    name: "pages are found by key, never by OFFSET",
    files: (path) => /\.(rs|sql)$/.test(path),
    found: /\boffset\s+([?:@$]|\d|\{)|\blimit\s+[?:@$\w{}]+\s*,\s*[?:@$\d{]/i,
  },
];

function dependencyViolations(root) {
  const metadata = JSON.parse(
    execFileSync("cargo", ["metadata", "--format-version", "1", "--quiet"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    }),
  );
  const violations = [];
  const packages = new Map(metadata.packages.map((each) => [each.id, each]));
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  for (const id of metadata.workspace_members) {
    const { name, dependencies } = packages.get(id);
    if (!(name in PARTS)) {
      violations.push(["every part is in the table", name]);
      continue;
    }
    for (const dependency of dependencies) {
      if (dependency.name in PARTS && !PARTS[name].includes(dependency.name)) {
        violations.push(["a part uses only those it may", `${name} → ${dependency.name}`]);
      }
      const client = dependency.uses_default_features || dependency.features.includes("client");
      if (name === "relay" && dependency.name === "cloud-api" && client) {
        violations.push(["the relay has no HTTP client of Meta's", "relay → cloud-api with `client`"]);
      }
    }
    if (name !== "guichet") {
      const path = pathTo(WINDOW, id, nodes, packages);
      if (path) violations.push(["only the app has a window", path.join(" → ")]);
    }
  }
  return violations;
}

/** The names on the shortest way from `start` to a package whose name matches, or nothing. */
function pathTo(pattern, start, nodes, packages) {
  const seen = new Set([start]);
  let edge = [[start]];
  while (edge.length > 0) {
    const next = [];
    for (const way of edge) {
      for (const id of nodes.get(way.at(-1)).dependencies) {
        if (pattern.test(packages.get(id).name)) return [...way, id].map((each) => packages.get(each).name);
        if (!seen.has(id)) {
          seen.add(id);
          next.push([...way, id]);
        }
      }
    }
    edge = next;
  }
  return undefined;
}

function textViolations(root) {
  const violations = [];
  for (const path of filesUnder(root, root)) {
    const rules = TEXT_RULES.filter((rule) => rule.files(path));
    if (rules.length === 0) continue;
    const lines = readFileSync(join(root, path), "utf8").split("\n");
    lines.forEach((line, index) => {
      // A comment may name what the code may not do.
      const code = line.replace(/^\s*(\/\/|--|\*).*$/, "").replace(/\s\/\/\s.*$/, "");
      for (const rule of rules) {
        if (rule.found.test(code)) violations.push([rule.name, `${path}:${index + 1}: ${line.trim()}`]);
      }
    });
  }
  return violations;
}

function* filesUnder(folder, root) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) yield* filesUnder(path, root);
    else if (entry.isFile()) yield relative(root, path);
  }
}

const violationsIn = (root) => [...dependencyViolations(root), ...textViolations(root)];

function selfTest(root) {
  const copy = mkdtempSync(join(tmpdir(), "boundaries-"));
  try {
    cpSync(root, copy, { recursive: true, filter: (path) => path === root || !SKIPPED.has(basename(path)) });
    const edit = (path, from, to) => {
      const text = readFileSync(join(copy, path), "utf8");
      if (!from.test(text)) throw new Error(`${path} has no ${from}`);
      writeFileSync(join(copy, path), text.replace(from, to));
    };
    // In its own section, so that it stands beside whatever the manifest already says.
    appendFileSync(join(copy, "src-tauri/inbox/Cargo.toml"), '\n[target."cfg(unix)".dependencies]\ntauri = "2.12"\n');
    appendFileSync(join(copy, "src-tauri/store/Cargo.toml"), '\n[target."cfg(unix)".dependencies]\ncloud-api.workspace = true\n');
    edit("relay/Cargo.toml", /^cloud-api.*$/m, 'cloud-api = { workspace = true, features = ["client"] }');
    const planted = {
      "ui/src/planted.ts": 'import { invoke } from "@tauri-apps/api/core";\n',
      "ui/src/Planted.svelte": "<p>{@html text}</p>\n",
      "src-tauri/inbox/src/planted.rs": "fn now() -> i64 { Utc::now().timestamp_millis() }\n",
      "src-tauri/store/src/planted.rs": 'const PAGE: &str = "SELECT id FROM messages LIMIT ?1 OFFSET ?2";\n',
    };
    for (const [path, text] of Object.entries(planted)) writeFileSync(join(copy, path), text);

    const rules = new Set(violationsIn(copy).map(([rule, where]) => `${rule}: ${where}`));
    const expected = [
      "only the app has a window: inbox → tauri",
      "a part uses only those it may: store → cloud-api",
      "the relay has no HTTP client of Meta's: relay",
      "only ui/src/backend speaks to tauri: ui/src/planted.ts",
      "no HTML is made from text: ui/src/Planted.svelte",
      "one file reads the clock: src-tauri/inbox/src/planted.rs",
      "pages are found by key, never by OFFSET: src-tauri/store/src/planted.rs",
    ];
    const missed = expected.filter((start) => ![...rules].some((found) => found.startsWith(start)));
    for (const each of missed) console.error(`planted, not found: ${each}`);
    console.log(`boundaries, self-test: ${expected.length - missed.length} of ${expected.length} planted violations found`);
    return missed.length;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function check(root) {
  const violations = violationsIn(root);
  for (const [rule, where] of violations) console.error(`${rule}:\n    ${where}`);
  console.log(violations.length === 0 ? "boundaries: kept" : `boundaries: ${violations.length} violations`);
  return violations.length;
}

const root = resolve(import.meta.dirname, "../..");
process.exitCode = (process.argv.includes("--self-test") ? selfTest(root) : check(root)) === 0 ? 0 : 1;
