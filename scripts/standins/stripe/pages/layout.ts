const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Markup with every value escaped. */
export const html = (parts: TemplateStringsArray, ...values: (string | number | Raw)[]): Raw =>
  new Raw(parts.reduce((all, part, i) => all + (i > 0 ? show(values[i - 1] ?? '') : '') + part, ''));

export class Raw {
  constructor(readonly text: string) {}
}
const show = (value: string | number | Raw) => (value instanceof Raw ? value.text : escaped(String(value)));

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;display:grid;place-items:start center;min-height:100vh;background:Canvas;color:CanvasText}
main{width:min(26rem,100% - 2.5rem);padding:2.5rem 0}
.label{padding:.6rem .9rem;border:2px dashed;border-radius:.5rem;font-weight:600}
h1{font-size:1.15rem;font-weight:600;margin:1.6rem 0 .2rem}.amount{font-size:2rem;font-weight:600;margin:0 0 1.4rem}
form{display:grid;gap:.7rem}button,a.button{font:inherit;padding:.75rem;border-radius:.5rem;border:1px solid currentColor;background:none;color:inherit;cursor:pointer;text-align:center;text-decoration:none}
button.first{background:CanvasText;color:Canvas}p.quiet{opacity:.7;font-size:.9rem}li{margin:.3rem 0}`;

/** A page of the stand-in, always under its label. */
export const page = (title: string, content: Raw): string =>
  html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${new Raw(style)}</style><main><p class="label">Simulator: no money moves here</p>${content}</main></html>`
    .text;

export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
