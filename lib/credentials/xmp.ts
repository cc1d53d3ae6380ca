import { concatBytes, utf8ToBytes } from '@noble/hashes/utils';
import { makeChunk, PNG_SIGNATURE, type PngChunk, readChunks } from '@/lib/protocol/png-chunks';
import { type CredentialManifest, DIGITAL_SOURCE_TYPE } from './manifest';

const KEYWORD = 'XML:com.adobe.xmp';
// iTXt (W3C PNG, 11.3.3.4), not compressed: what the XMP specification asks for.
const prefix = utf8ToBytes(`${KEYWORD}\0\0\0\0\0`);
const keyword = utf8ToBytes(`${KEYWORD}\0`);
const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text for an XML 1.0 attribute. What XML cannot carry (control characters, lone surrogates, U+FFFE, U+FFFF) becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replace(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character] as string);
}

/** The IPTC 2025.1 fields about AI, as XMP. The prompt only where it was revealed. */
export function xmpPacket({ model, source, revealedPrompt }: CredentialManifest): string {
  const fields = {
    AISystemUsed: model.name,
    AISystemVersionUsed: String(model.number),
    DigitalSourceType: `${DIGITAL_SOURCE_TYPE}${source}`,
    ...(revealedPrompt === undefined ? {} : { AIPromptInformation: revealedPrompt }),
  };
  const attributes = Object.entries(fields).map(([name, value]) => `Iptc4xmpExt:${name}="${escapeXml(value)}"`);
  return [
    '<?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ${attributes.join(' ')}/>`,
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
  ].join('');
}

const isXmp = ({ type, data }: PngChunk) => ['iTXt', 'tEXt', 'zTXt'].includes(type) && keyword.every((byte, i) => data[i] === byte);

/** The PNG with this packet as its only XMP, and without credentials it had: both are written anew with each sealing. */
export function withXmp(png: Uint8Array, packet: string): Uint8Array {
  const [header, ...rest] = readChunks(png).filter((chunk) => chunk.type !== 'caBX' && !isXmp(chunk));
  const xmp = makeChunk('iTXt', concatBytes(prefix, utf8ToBytes(packet)));
  return concatBytes(PNG_SIGNATURE, ...[header as PngChunk, xmp, ...rest].map(({ bytes }) => bytes));
}
