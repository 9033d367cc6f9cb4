// A drawn cake, so that the made-up core has a photo to show.

const CAKE = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 640 480">
<rect width="640" height="480" fill="#f3e6d3"/><rect y="360" width="640" height="120" fill="#d9c3a4"/>
<ellipse cx="320" cy="392" rx="210" ry="26" fill="#b99b76"/><rect x="160" y="260" width="320" height="120" rx="14" fill="#fff6d8"/>
<path d="M160 290q40 40 80 0t80 0 80 0 80 0v-16a14 14 0 0 0-14-14H174a14 14 0 0 0-14 14z" fill="#f5c84c"/>
<rect x="220" y="160" width="200" height="104" rx="12" fill="#fffaf0"/><path d="M220 184q25 30 50 0t50 0 50 0 50 0v-12a12 12 0 0 0-12-12H232a12 12 0 0 0-12 12z" fill="#f2d675"/>
<g fill="#2f6f62"><circle cx="250" cy="330" r="7"/><circle cx="320" cy="340" r="7"/><circle cx="390" cy="330" r="7"/></g>
<rect x="314" y="104" width="12" height="58" fill="#e08a6d"/><path d="M320 72c14 18 12 30 0 32-12-2-14-14 0-32z" fill="#f0a73a"/></svg>`;

export function picture(): ArrayBuffer {
  return new TextEncoder().encode(CAKE).buffer as ArrayBuffer;
}
