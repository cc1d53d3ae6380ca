import 'server-only';
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

// C2PA 2.2, 14.5: what a certificate that signs claims may look like. ES256; e-mail protection is the one usage that every reader takes.
const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';
const ORGANISATION = 'Intaglio';
const DAY_MS = 86_400_000;
/** Without a time stamp a reader asks whether the certificate is valid today: leafs live as long as the root, and their keys do not. */
const ROOT_DAYS = 20 * 365;

/** DER, PKCS #8, and the serial number as readers print it. */
export type MadeCertificate = { certificate: Uint8Array<ArrayBuffer>; privateKey: Uint8Array<ArrayBuffer>; serial: string };
type Issuer = Pick<MadeCertificate, 'certificate' | 'privateKey'>;

const { subtle } = webcrypto;
const importKey = (pkcs8: Uint8Array<ArrayBuffer>) => subtle.importKey('pkcs8', pkcs8, ES256, true, ['sign']);
/** Positive, and never with a zero byte in front: readers print it as a number. */
const newSerial = () => `4${randomBytes(16).toString('hex').slice(1)}`;

async function made(certificate: x509.X509Certificate, key: webcrypto.CryptoKey): Promise<MadeCertificate> {
  return {
    certificate: new Uint8Array(certificate.rawData),
    privateKey: new Uint8Array(await subtle.exportKey('pkcs8', key)),
    serial: BigInt(`0x${certificate.serialNumber}`).toString(),
  };
}

/** A root of this house's own. It vouches for nobody but this installation, and its name says so. */
export async function makeRoot(name: string, now = new Date()): Promise<MadeCertificate> {
  const keys = await subtle.generateKey(ES256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: newSerial(),
      name: [{ CN: [name] }, { O: [ORGANISATION] }],
      notBefore: new Date(now.getTime() - DAY_MS),
      notAfter: new Date(now.getTime() + ROOT_DAYS * DAY_MS),
      keys,
      signingAlgorithm: ES256,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto as Crypto),
      ],
    },
    webcrypto as Crypto,
  );
  return made(certificate, keys.privateKey);
}

/** A certificate that signs files, under that root and until the root's last day. */
export async function makeLeaf(issuer: Issuer, name: string, now = new Date()): Promise<MadeCertificate> {
  const root = new x509.X509Certificate(issuer.certificate);
  const keys = await subtle.generateKey(ES256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: newSerial(),
      subject: [{ CN: [name] }, { O: [ORGANISATION] }],
      issuer: root.subjectName,
      notBefore: new Date(now.getTime() - DAY_MS),
      notAfter: root.notAfter,
      publicKey: keys.publicKey,
      signingKey: await importKey(issuer.privateKey),
      signingAlgorithm: ES256,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([EMAIL_PROTECTION]),
        await x509.AuthorityKeyIdentifierExtension.create(root, false, webcrypto as Crypto),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto as Crypto),
      ],
    },
    webcrypto as Crypto,
  );
  return made(certificate, keys.privateKey);
}
