/** The headers of HTTP Message Signatures (RFC 9421, structured fields of RFC 9651), of the forms that signers write and no others. */

const MAX_COMPONENTS = 16;

/** One signature's part of `signature-input`: what it covers, and its parameters, parsed and as they were written. */
export type SignatureMember = { label: string; components: string[]; raw: string; params: Map<string, string | number> };

const LABEL = '[a-z*][a-z0-9_.*-]*';
const INPUT_MEMBER = new RegExp(`(${LABEL})=\\(((?:"[@a-z0-9-]+"(?: "[@a-z0-9-]+")*)?)\\)((?:;${LABEL}=(?:\\d{1,15}|"[ !#-\\[\\]-~]*"))*)`, 'y');
const PARAM = new RegExp(`;(${LABEL})=(?:(\\d{1,15})|"([ !#-\\[\\]-~]*)")`, 'g');
const SIGNATURE_MEMBER = new RegExp(`(${LABEL})=:([A-Za-z0-9+/]*={0,2}):`, 'y');

/** The members of a header that is a list of `label=…`; null where any of it is not in our form, or a label comes twice. */
function members<T>(header: string, form: RegExp, read: (match: RegExpExecArray) => T | null): Map<string, T> | null {
  const found = new Map<string, T>();
  form.lastIndex = 0;
  for (;;) {
    const match = form.exec(header);
    const value = match && read(match);
    if (!match || value === null || found.has(match[1] ?? '')) return null;
    found.set(match[1] ?? '', value);
    const end = match.index + match[0].length;
    if (end === header.length) return found;
    const comma = /^[ \t]*,[ \t]*/.exec(header.slice(end, end + 8))?.[0].length;
    if (!comma) return null;
    form.lastIndex = end + comma;
  }
}

function readInput([, label = '', list = '', raw = '']: RegExpExecArray): SignatureMember | null {
  const components = list ? list.slice(1, -1).split('" "') : [];
  const params = new Map<string, string | number>();
  for (const [, name = '', number, text] of raw.matchAll(PARAM)) {
    if (params.has(name)) return null;
    params.set(name, number === undefined ? (text ?? '') : Number(number));
  }
  return components.length > MAX_COMPONENTS || new Set(components).size < components.length ? null : { label, components, raw, params };
}

/** The signatures that `signature-input` describes, by their labels; null where any of it is not in our form. */
export const readSignatureInput = (header: string) => members(header, INPUT_MEMBER, readInput);

/** The bytes in `signature`, as hex, by their labels; null where any of it is not in our form. */
export const readSignatures = (header: string) => members(header, SIGNATURE_MEMBER, ([, , base64 = '']) => hexOf(base64));

function hexOf(base64: string): `0x${string}` | null {
  try {
    return `0x${Array.from(atob(base64), (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('')}`;
  } catch {
    return null;
  }
}
