import 'server-only';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { houseRootPem, houseSigningKey } from './house-credentials';
import { signerOver } from './local-key';
import type { SigningKey } from './sign-credentials';
import { timestampFrom } from './timestamp';

type Db = Pick<Database, 'pool'>;
const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

async function chainOf(file: string): Promise<X509Certificate[]> {
  const chain = ((await readFile(file, 'utf8')).match(PEM) ?? []).map((pem) => new X509Certificate(pem));
  const isRoot = (certificate: X509Certificate) => certificate.checkIssued(certificate);
  return chain.filter((certificate) => !isRoot(certificate));
}

/** A key and certificates from an authority: leaf first. */
async function givenKey(chainFile: string, keyFile: string): Promise<SigningKey> {
  try {
    const chain = await chainOf(chainFile);
    const key = createPrivateKey(await readFile(keyFile, 'utf8'));
    const [leaf] = chain;
    if (!leaf) throw new Error(`${chainFile} has no certificate of a signer`);
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error(`${keyFile} is not a P-256 key`);
    if (!leaf.checkPrivateKey(key)) throw new Error(`${keyFile} is not the key of the first certificate in ${chainFile}`);
    const certificates = chain.map(({ raw }) => raw);
    return { ...signerOver(key, certificates), leaf: null };
  } catch (cause) {
    throw new AppError('misconfigured', {
      cause,
      message: `CREDENTIALS_CHAIN_FILE and CREDENTIALS_KEY_FILE cannot be used: ${(cause as Error).message}`,
    });
  }
}

/** The key that signs files now: the one of the settings, or the house's own. With a time stamp where an authority is set. */
export async function signingKey(db: Db): Promise<SigningKey> {
  const { CREDENTIALS_CHAIN_FILE: chain, CREDENTIALS_KEY_FILE: key, CREDENTIALS_TSA_URL: tsa } = env;
  if ((chain === undefined) !== (key === undefined)) {
    throw new AppError('misconfigured', { message: 'CREDENTIALS_CHAIN_FILE and CREDENTIALS_KEY_FILE go together.' });
  }
  const signer = chain && key ? await givenKey(chain, key) : await houseSigningKey(db);
  return tsa ? { ...signer, timestamp: timestampFrom(tsa) } : signer;
}

/** Whom our own checks trust: the house's root, always, and the authorities of the settings. */
export async function trustAnchorsPem(db: Db): Promise<string> {
  const given = env.CREDENTIALS_ANCHORS_FILE ? await readFile(env.CREDENTIALS_ANCHORS_FILE, 'utf8') : '';
  return `${await houseRootPem(db)}${given}`;
}
