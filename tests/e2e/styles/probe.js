// Which declarations, selectors and at-rules of a style sheet this engine does not know. Its argument is the text.
const text = arguments[0].replace(/\/\*[^]*?\*\//g, "");
const unknown = new Set();

/** Splits at a sign, but not within brackets or quotes. */
function split(text, sign) {
  const parts = [""];
  let depth = 0;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (one === "\\") {
      parts[parts.length - 1] += one + (text[++at] ?? "");
      continue;
    }
    if (quote) quote = one === quote ? "" : quote;
    else if (one === '"' || one === "'") quote = one;
    else if ("([{".includes(one)) depth++;
    else if (")]}".includes(one)) depth--;
    else if (one === sign && depth === 0) {
      parts.push("");
      continue;
    }
    parts[parts.length - 1] += one;
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** Rules of a level: what stands before the braces, and what within. */
function blocks(text) {
  const found = [];
  let head = "";
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (one === ";" && head.trim().startsWith("@")) head = "";
    else if (one === "{") {
      let depth = 1;
      const from = at + 1;
      while (depth > 0 && ++at < text.length) depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
      found.push([head.trim(), text.slice(from, at)]);
      head = "";
    } else head += one;
  }
  return found;
}

const GROUPS = /^@(media|supports|layer|container)\b/;
const prefixed = (name) => [`-webkit-${name}`, name];

function declarations(body) {
  const all = split(body, ";").map((each) => {
    const colon = each.indexOf(":");
    return [each.slice(0, colon).trim(), each.slice(colon + 1).replace(/!important$/, "").trim()];
  });
  const known = all.filter(([name, value]) => !name.startsWith("--") && CSS.supports(name, value));
  for (const [name, value] of all) {
    if (name.startsWith("--")) {
      // What a colour of our own is made of; other values have no kind that could be asked for.
      if (/^(light-dark|oklch|color-mix)\(/.test(value) && !CSS.supports("color", value))
        unknown.add(`${name}: ${value}`);
    } else if (!CSS.supports(name, value)) {
      // Beside it stands the same under the engine's own name, or another value that it knows.
      const instead = known.some(([other]) => prefixed(name).includes(other));
      if (!instead && !/^-(moz|ms)-/.test(name)) unknown.add(`${name}: ${value}`);
    }
  }
}

function rules(text) {
  for (const [head, body] of blocks(text)) {
    // Forced colours are of another system, and so are the declarations for them.
    if (/^@media[^{]*forced-colors/.test(head)) continue;
    if (GROUPS.test(head)) {
      if (head.startsWith("@container") && !("CSSContainerRule" in window)) unknown.add(head);
      rules(body);
    } else if (head.startsWith("@keyframes")) {
      for (const [, frame] of blocks(body)) declarations(frame);
    } else if (head.startsWith("@")) {
      if (!/^@(font-face|property|page)/.test(head)) unknown.add(head);
    } else {
      for (const selector of split(head, ","))
        if (!selector.includes("::-moz-") && !CSS.supports(`selector(${selector})`)) unknown.add(selector);
      if (body.includes("{")) unknown.add(`nested: ${head}`);
      declarations(body);
    }
  }
}

rules(text);
return [...unknown];
