import { createServer } from 'node:http';
import { KMS } from '@aws-sdk/client-kms';
import { expect, it, vi } from 'vitest';
import { toKeyServiceError } from './to-key-service-error';

const region = 'eu-central-1';
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'a-secret-of-aws' };
const thrownBy = (kms: KMS) => kms.getPublicKey({ KeyId: 'one' }).then(() => null, toKeyServiceError);

it('nobody at the address is a failure that passes', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
  const kms = new KMS({ region, credentials, endpoint: `http://127.0.0.1:${port}`, maxAttempts: 1 });
  expect(await thrownBy(kms)).toMatchObject({ code: 'key_service_unavailable', cause: { message: expect.stringContaining('ECONNREFUSED') } });
});

it('no credentials are a fault of the set-up', async () => {
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nowhere');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_ACCESS_KEY_ID', '');
  expect(await thrownBy(new KMS({ region }))).toMatchObject({ code: 'misconfigured', message: 'No AWS credentials for the key service.' });
  vi.unstubAllEnvs();
});
