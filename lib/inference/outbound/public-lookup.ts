import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './allowed-address';

export type Resolve = (hostname: string, options: LookupAllOptions, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

/** Resolves a name, and gives the socket public addresses only. What is checked is what is connected to, so a name that changes gains nothing. */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const open = addresses.filter(({ address }) => isPublicAddress(address));
      if (open.length > 0) return done(null, open);
      done(Object.assign(new Error('the name is not on the public internet'), { code: 'EPRIVATE' }), []);
    });
  };
}
