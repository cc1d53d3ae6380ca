import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** `host:port` pairs that may be private and plain http: the local demo's own endpoint, a creator's machine in a self-hosted house. */
export type PrivateHosts = ReadonlySet<string>;

/** All that is routed of IPv6. Outside it are old ways to write an IPv4 address (::127.0.0.1), which `range` takes for ordinary ones. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** A public address that answers only inside Azure, to every machine there, with its configuration. */
const AZURE_HOST = '168.63.129.16';

/** True for an address of the public internet. Everything else (private, loopback, link-local, NAT64, mapped, reserved) is ours or nobody's. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` turns a v4-mapped v6 address into the v4 address that a socket would open.
  const opened = ipaddr.process(address);
  if (opened.range() !== 'unicast') return false;
  return opened instanceof ipaddr.IPv6 ? opened.match(GLOBAL_V6) : opened.toString() !== AZURE_HOST;
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
const portOf = (url: URL) => url.port || (url.protocol === 'https:' ? '443' : '80');
export const isPrivateHost = (url: URL, hosts: PrivateHosts) => hosts.has(`${bare(url.hostname)}:${portOf(url)}`);

/**
 * What is wrong with an address a creator gave, in words; null when it may be called. Names are checked again when they are resolved, on
 * the connection itself: this sees literals and spelling only.
 */
export function addressProblem(text: string, hosts: PrivateHosts): string | null {
  if (!URL.canParse(text)) return 'is not an address';
  const url = new URL(text);
  if (url.username || url.password) return 'has a user name or password in it: put the secret in its own field';
  if (isPrivateHost(url, hosts)) return /^https?:$/.test(url.protocol) ? null : 'starts with https://';
  if (url.protocol !== 'https:') return 'starts with https://';
  // URL has normalised decimal, hex and short forms of IPv4 by now.
  const host = bare(url.hostname);
  if (isIP(host)) return isPublicAddress(host) ? null : 'is not on the public internet';
  return /\.(localhost|local|internal|home|lan|arpa)$/i.test(host) || !host.includes('.') ? 'is not on the public internet' : null;
}
