import { vi } from 'vitest';
import { type KmsStandIn, startKms } from '@/scripts/standins/kms/server';

/** The stand-in for AWS KMS, and settings that reach it. Before anything else asks for a setting: they are read once. */
export async function startTestKms(keysInKms: string): Promise<KmsStandIn> {
  const kms = await startKms();
  const settings = {
    ...{ KEYS_IN_KMS: keysInKms, KMS_REGION: 'eu-central-1', KMS_ENDPOINT: kms.url },
    ...{ AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'a-secret-of-aws', AWS_SESSION_TOKEN: 'a-token-of-aws' },
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  return kms;
}
