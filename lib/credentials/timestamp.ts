import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, PKIStatus, TimeStampReq, TimeStampResp } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import type { Timestamper } from './cose-sign1';

const SHA_256 = '2.16.840.1.101.3.4.2.1';
const TIMEOUT_MS = 10_000;
/** More does not fit beside the signature; authorities answer with 2 to 6 KB. */
const MAX_BYTES = 8000;

function query(bytes: Uint8Array): ArrayBuffer {
  const imprint = new MessageImprint();
  imprint.hashAlgorithm = new AlgorithmIdentifier({ algorithm: SHA_256, parameters: null });
  imprint.hashedMessage = new OctetString(createHash('sha256').update(bytes).digest());
  const request = new TimeStampReq();
  request.messageImprint = imprint;
  // Positive: an INTEGER with its first bit set would be read as a negative number by some.
  request.nonce = Uint8Array.from([0x40, ...randomBytes(8)]).buffer;
  request.certReq = true;
  return AsnConvert.serialize(request);
}

/** Asks a time-stamp authority (RFC 3161) over http. Whether its answer holds is checked by the library, which reads what it signed. */
export function timestampFrom(url: string): Timestamper {
  return async (bytes) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: query(bytes),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`the time-stamp authority answered ${response.status}`);
    const answer = AsnConvert.parse(await response.arrayBuffer(), TimeStampResp);
    if (answer.status.status !== PKIStatus.granted || !answer.timeStampToken) throw new Error('the time-stamp authority refused');
    const token = new Uint8Array(AsnConvert.serialize(answer.timeStampToken));
    if (token.length > MAX_BYTES) throw new Error(`the time-stamp token has ${token.length} bytes, ${MAX_BYTES} fit`);
    return token;
  };
}
