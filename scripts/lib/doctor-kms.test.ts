import { afterEach, expect, it, vi } from 'vitest';
import { keyService } from './doctor-kms';

afterEach(() => vi.unstubAllEnvs());

it('says nothing of KMS where no key is there', async () => {
  expect(await keyService({})).toEqual([]);
});

it('says what is missing for keys in KMS', async () => {
  const levels = async (source: Record<string, string>) => (await keyService(source)).map(({ level }) => level);
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nowhere');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_ACCESS_KEY_ID', '');
  expect(await levels({ KEYS_IN_KMS: 'version' })).toEqual(['missing']);
  expect(await levels({ KEYS_IN_KMS: 'version', KMS_REGION: 'eu-central-1' })).toEqual(['missing']);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret-of-aws');
  expect(await levels({ KEYS_IN_KMS: 'version', KMS_REGION: 'eu-central-1' })).toEqual(['ok']);
});
