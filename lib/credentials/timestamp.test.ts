import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openC2pa } from './c2pa';
import { readCredentials } from './read-credentials';
import { signCredentials } from './sign-credentials';
import { manifestOf, noise, testKey } from './testing/fixtures';
import { timestampFrom } from './timestamp';

const isThere = spawnSync('openssl', ['version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'intaglio-tsa-'));
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
let server: Server;
let url = '';
let answer: (query: Buffer) => Buffer = () => Buffer.alloc(0);

/** A time-stamp authority: OpenSSL's own, under a root of this test. */
function makeAuthority(): void {
  writeFileSync(
    join(folder, 'tsa.cnf'),
    `[req]
distinguished_name = dn
prompt = no
[dn]
O = Test authority
CN = Test
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = one
[one]
serial = ${join(folder, 'serial')}
signer_cert = ${join(folder, 'tsa.pem')}
certs = ${join(folder, 'root.pem')}
signer_key = ${join(folder, 'tsa.key')}
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
`,
  );
  writeFileSync(join(folder, 'serial'), '01');
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', 'tsa.cnf'];
  openssl('req', '-x509', ...ec, '-subj', '/O=Test authority/CN=Root', '-days', '30', '-extensions', 'ca', '-keyout', 'root.key', '-out', 'root.pem');
  openssl('req', '-new', ...ec, '-keyout', 'tsa.key', '-out', 'tsa.csr');
  openssl(
    'x509',
    '-req',
    '-in',
    'tsa.csr',
    '-CA',
    'root.pem',
    '-CAkey',
    'root.key',
    '-days',
    '20',
    '-extfile',
    'tsa.cnf',
    '-extensions',
    'leaf',
    '-out',
    'tsa.pem',
  );
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer(Buffer.concat(parts))));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('a time stamp', () => {
  it.skipIf(!isThere)('of an authority (OpenSSL) is in the file, and the official reader believes it', async () => {
    makeAuthority();
    answer = (query) => {
      writeFileSync(join(folder, 'query'), query);
      openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query', '-out', 'reply');
      return readFileSync(join(folder, 'reply'));
    };
    const { key, rootPem } = await testKey();
    const signed = await signCredentials(await noise(16), manifestOf(), { ...key, timestamp: timestampFrom(url) });
    const found = await readCredentials((await openC2pa()).WasmReader, signed, {
      trustAnchorsPem: rootPem + readFileSync(join(folder, 'root.pem'), 'utf8'),
    });
    expect(found).toMatchObject({ state: 'trusted', problems: [] });
    expect(Math.abs(Date.parse(found.manifest?.signer.timestamp ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('that the authority refuses or spoils stops the sealing: it is tried again', async () => {
    const { key } = await testKey();
    for (const reply of [Buffer.from('<html>'), Buffer.from('3003020102', 'hex'), Buffer.from([0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02])]) {
      answer = () => reply;
      await expect(signCredentials(await noise(16), manifestOf(), { ...key, timestamp: timestampFrom(url) })).rejects.toMatchObject({
        code: 'internal',
      });
    }
  });
});
