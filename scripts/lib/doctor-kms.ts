import type { Finding } from './doctor-checks';
import type { Variables } from './environment';

const why = 'Keys that are in AWS KMS sign nothing without it: runs of their versions fail, and nothing is minted.';

/** Where keys are, or are to be, in AWS KMS: whether this machine has what a call of it needs. Calls nothing but whoever gives out the credentials. */
export async function keyService({ KEYS_IN_KMS, KMS_REGION: region, KMS_ENDPOINT: endpoint }: Variables): Promise<Finding[]> {
  if (!region) return KEYS_IN_KMS ? [{ level: 'missing', what: 'Key service: KEYS_IN_KMS is set, and KMS_REGION is not', why }] : [];
  const { KMS } = await import('@aws-sdk/client-kms');
  try {
    await new KMS({ region, endpoint }).config.credentials();
    return [{ level: 'ok', what: `Key service: AWS KMS in ${region}, credentials are here; new keys there: ${KEYS_IN_KMS || 'none'}`, why }];
  } catch {
    return [{ level: 'missing', what: 'Key service: KMS_REGION is set, and there are no AWS credentials', why }];
  }
}
