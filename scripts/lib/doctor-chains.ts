import { settings } from '@/lib/env';
import type { Finding } from './doctor-checks';
import type { Variables } from './environment';
import { rpc } from './rpc';

/** What the nodes of HOLDING_CHAINS say they are. A setting that cannot be read is told with the others. */
export async function otherChains({ HOLDING_CHAINS }: Variables): Promise<Finding[]> {
  const { schema, why } = settings.HOLDING_CHAINS;
  const { data = [] } = schema.safeParse(HOLDING_CHAINS || undefined);
  return Promise.all(
    data.map(async ({ chainId, url }): Promise<Finding> => {
      const said = await rpc<string>(url, 'eth_chainId').then(Number, () => null);
      if (said === chainId) return { level: 'ok', what: `HOLDING_CHAINS: the node of chain ${chainId} answers`, why };
      // The address may hold a key, so it is not repeated.
      if (said === null) return { level: 'note', what: `HOLDING_CHAINS: the node of chain ${chainId} does not answer`, why };
      return { level: 'missing', what: `HOLDING_CHAINS: the node given for chain ${chainId} is of chain ${said}`, why };
    }),
  );
}
