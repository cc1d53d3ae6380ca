import { raiseAlert } from '@/lib/alerts/raise-alert';
import type { Database } from '@/lib/db';
import type { LoadedVersion } from '@/lib/models/load-version';

/** Once a day for each version: its works cannot be made until it is mended. */
export const tellOfOurKey = ({ pool }: Database, { digest, signerAddress }: LoadedVersion) =>
  raiseAlert(pool, {
    key: `signed wrongly ${digest} ${new Date().toISOString().slice(0, 10)}`,
    kind: 'receipt_signed_wrongly',
    text: 'A receipt was not signed by its version’s key, which we keep. Look into the key service, or the row of that key; runs of this version fail until then.',
    details: { version: digest, signer: signerAddress },
  });
