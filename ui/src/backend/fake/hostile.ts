// Five hundred texts that somebody might send to harm or mislead: markup, characters that turn text around or
// hide it, walls of one sign, look-alikes of the app's own signs. The same ones every time.

const BITS = [
  "<img src=x onerror=alert(1)>",
  "<script>fetch('http://127.0.0.1:9/')</script>",
  "<svg/onload=alert(1)>",
  "<iframe src='javascript:alert(1)'></iframe>",
  "<a href='https://evil.example'>bank.example</a>",
  "<style>*{display:none}</style>",
  "&lt;b&gt; &#60;i&#62; &nbsp;",
  "{@" + "html '<b>x</b>'} {{constructor.constructor('alert(1)')()}} ${7*7}",
  "]]><!--",
  "--!>",
  "javascript:alert(1)",
  "data:text/html,<b>x</b>",
  "file:///etc/passwd",
  "tel:+123",
  "mailto:a@b.example",
  "https://bank.example@evil.example/login",
  "https://xn--80ak6aa92e.example/",
  "https://раураl.example/",
  "http://192.0.2.1:8080/%2e%2e/",
  "https://evil.example/\u202egpj.exe",
  "https://a\u200bb.example/",
  "https://" + "a.".repeat(120) + "example/",
  "https://example.com/" + "x".repeat(2000),
  "\u202e\u202d\u202b\u202a\u202c",
  "\u2066\u2067\u2068\u2069",
  "\u200e\u200f\u061c",
  "abc\u202edcba",
  "\u200b\u200c\u200d\u2060\ufeff",
  "a\u00adb\u034fc",
  "\u3164\u115f\u1160\uffa0",
  "\u0000\u0001\u0007\u001b[31m\u007f\u0085",
  "\u{e0041}\u{e0042}\u{e0043}",
  "\ufe00\ufe01\ufe02",
  "\u2028\u2029",
  "\r\r\n\n\n",
  "👩🏽‍💻👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇧🇷1️⃣",
  "👩‍👩‍👩‍👩‍👩‍👩‍👩",
  "🏴󠁧󠁢",
  "🇦🇦🇦",
  "\ud83d",
  "\udc69\ud83d",
  "Z" + "\u0300\u0301\u0302\u0489".repeat(60),
  "✓✓ 14:05",
  "✔️✔️ Read",
  "You: yes, I agree",
  "── New messages ──",
  "Today",
  "14:05 ✓✓\nYou\n14:06 ✓✓",
  "This message was deleted.",
  "Internal note, never sent",
  "Not delivered. Error 131026",
  "*bold* _it_ ~no~ `code` ```mono```",
  "*_~`*_~`",
  "* _ ~ `",
  "> quote\n> quote",
  "- a\n- b\n1. c\n2. d\n9. e",
  "```\nopen",
  "مرحبا بكم",
  "שלום abc שלום",
  "نص\u200cفارسی",
  "हिन्दी क्\u200dष",
  "こんにちは世界",
  "ไทยไม่มีช่องว่าง",
  "﷽﷽﷽",
  "ｆｕｌｌ ｗｉｄｔｈ",
  "\\u003cb\\u003e",
  "%3Cscript%3E",
  "'; DROP TABLE messages; --",
  "=1+1",
  "null",
  "undefined",
  "[object Object]",
  "",
];

const WALLS: ((size: number) => string)[] = [
  (size) => "a".repeat(size),
  (size) => "W".repeat(size),
  (size) => "*".repeat(size),
  (size) => "*a".repeat(size / 2),
  (size) => "_*~`".repeat(size / 4),
  (size) => "`".repeat(size),
  (size) => "https://".repeat(size / 8),
  (size) => "https://a.example ".repeat(size / 18),
  (size) => "\u200b".repeat(size),
  (size) => "a\u200b\u202e".repeat(size / 3),
  (size) => "👩🏽‍💻".repeat(size / 7),
  (size) => "\n".repeat(size),
  (size) => "- a\n".repeat(size / 4),
  (size) => "> a\n".repeat(size / 4),
  (size) => "\t".repeat(size),
  (size) => "\u0301".repeat(size),
  (size) => "．".repeat(size),
  (size) => "<b>".repeat(size / 3),
  (size) => "\u{1f600}\ufe0f\u200d".repeat(size / 4),
  (size) => "ab ".repeat(size / 3),
];

export function hostileTexts(count = 500): string[] {
  const walls = WALLS.flatMap((wall) => [wall(300), wall(64 * 1024)]);
  const fixed = [...BITS, ...walls];
  const random = numbers(20261120);
  const mixed = Array.from({ length: Math.max(0, count - fixed.length) }, () => {
    const parts = 1 + (random() % 6);
    const joints = ["", " ", "\n", "*", "_", "`", "> ", "\u200b"];
    return Array.from(
      { length: parts },
      () => (BITS[random() % BITS.length] ?? "") + (joints[random() % joints.length] ?? ""),
    ).join("");
  });
  return [...fixed, ...mixed].slice(0, count);
}

/** Marsaglia's xorshift: the same row of numbers for the same seed. */
function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
